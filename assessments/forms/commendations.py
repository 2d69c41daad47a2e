from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.commendation_workflow import DECIDED_KINDS
from assessments.forms.plain_fields import PlainTextField, PrintedTextField, day_field
from assessments.forms.steps import reason_field
from assessments.models.commendations import LONGEST_ACHIEVEMENT, LONGEST_WORDING
from students.models import Enrollment
from students.models.enrollment import EnrollmentQuerySet


class PupilField(forms.ModelChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Học sinh"),
            queryset=Enrollment.objects.none(),
            empty_label=_("Chọn học sinh"),
            error_messages={
                "required": _("Hãy chọn học sinh."),
                "invalid_choice": _("Em không còn học ở lớp này; hãy chọn lại."),
            },
        )

    def label_from_instance(self, obj: Enrollment) -> str:
        return obj.student.full_name


class CommendationForm(forms.Form):
    """What a proposal and a letter share: whom, and what for."""

    enrollment = PupilField()

    def __init__(self, *args: Any, pupils: EnrollmentQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enrollment"].queryset = pupils  # type: ignore[attr-defined]


class CommendationProposalForm(CommendationForm):
    kind = forms.ChoiceField(
        label=_("Hình thức"),
        choices=[(kind.value, kind.label) for kind in DECIDED_KINDS],
        initial=DECIDED_KINDS[0].value,
        widget=forms.RadioSelect(attrs={"class": "segments"}),
        error_messages={"required": _("Hãy chọn hình thức khen thưởng.")},
    )
    achievement = PlainTextField(
        label=_("Thành tích"),
        max_length=LONGEST_ACHIEVEMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Em đã làm được gì, ở đâu, hôm nào. Hiệu trưởng đọc khi quyết định."),
        error_messages={"required": _("Hãy ghi thành tích của em.")},
    )
    wording = PrintedTextField(
        label=_("Nội dung ghi học bạ"),
        max_length=LONGEST_WORDING,
        help_text=_("Ví dụ: Đạt giải Nhì hội giao lưu An toàn giao thông cấp huyện."),
        error_messages={"required": _("Hãy ghi nội dung sẽ ghi vào học bạ.")},
    )


class PraiseLetterForm(CommendationForm):
    achievement = PlainTextField(
        label=_("Lời khen"),
        max_length=LONGEST_ACHIEVEMENT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Gia đình em đọc nguyên văn. Thư khen không ghi vào học bạ."),
        error_messages={"required": _("Hãy ghi lời khen.")},
    )
    given_on = day_field(
        label=_("Ngày viết"), initial=timezone.localdate, required_sentence=_("Hãy ghi ngày viết.")
    )


class AwardForm(forms.Form):
    """`awarding_body` only of what a higher level awards."""

    awarding_body = PrintedTextField(
        label=_("Cấp khen thưởng"),
        max_length=150,
        help_text=_("Ví dụ: Ủy ban nhân dân phường Buôn Hồ."),
        error_messages={"required": _("Hãy ghi cấp nào khen thưởng.")},
    )
    number = PrintedTextField(
        label=_("Số quyết định"),
        max_length=50,
        help_text=_("Ví dụ: 15/QĐ-THKĐ. Giải thưởng thì ghi số giấy chứng nhận."),
        error_messages={"required": _("Hãy ghi số quyết định.")},
    )
    decided_on = day_field(
        label=_("Ngày quyết định"), required_sentence=_("Hãy ghi ngày quyết định.")
    )
    given_on = day_field(
        label=_("Ngày trao"),
        required=False,
        help_text=_("Để trống nếu trao cùng ngày quyết định."),
    )

    def __init__(self, *args: Any, is_of_higher_level: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_of_higher_level:
            del self.fields["awarding_body"]


class DeclineCommendationForm(forms.Form):
    reason = reason_field(
        label=_("Lý do không khen thưởng"),
        help_text=_("Giáo viên đề nghị đọc câu này; gia đình không đọc."),
        error_messages={"required": _("Hãy ghi lý do để giáo viên biết.")},
    )


class WithdrawCommendationForm(forms.Form):
    reason = reason_field(
        label=_("Lý do rút lại"),
        help_text=_("Ghi vào lịch sử của học sinh; gia đình không còn thấy nữa."),
        error_messages={"required": _("Hãy ghi lý do rút lại.")},
    )
