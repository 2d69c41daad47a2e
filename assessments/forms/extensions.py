import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.steps import reason_field
from assessments.policies import check_extension_ends_in_time
from audit.errors import DomainError
from schools.models import PeriodWindow, SchoolClass, StaffMember

EVERYBODY = "class"


class AskExtensionForm(forms.Form):
    reason = reason_field(
        label=_("Lý do đề nghị"),
        help_text=_("Hiệu trưởng đọc lý do này khi trả lời. Ghi cả ngày thầy/cô cần đến."),
        error_messages={"required": _("Hãy ghi lý do đề nghị gia hạn.")},
    )


class ExtendForm(forms.Form):
    """For whom, until when, and why; the teachers are those of the class."""

    teacher = forms.TypedChoiceField(
        label=_("Gia hạn cho"),
        coerce=lambda key: None if key == EVERYBODY else int(key),
        error_messages={"required": _("Hãy chọn cả lớp hoặc một giáo viên.")},
    )
    in_all_classes = forms.BooleanField(
        label=_("Ở mọi lớp giáo viên này dạy hoặc chủ nhiệm"), required=False
    )
    ends_on = forms.DateField(
        label=_("Đến hết ngày"),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"}),
        help_text=_("Ghi theo dạng ngày/tháng/năm, ví dụ 05/01/2027."),
        error_messages={
            "required": _("Hãy ghi ngày cuối cùng được nhập."),
            "invalid": _("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/01/2027."),
        },
    )
    reason = reason_field(
        label=_("Lý do gia hạn"),
        help_text=_("Lý do được ghi vào lịch sử của lớp."),
        error_messages={"required": _("Hãy ghi lý do gia hạn.")},
    )

    def __init__(
        self,
        *args: Any,
        school_class: SchoolClass,
        window: PeriodWindow,
        teachers: list[StaffMember],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.window = window
        self.teachers = {teacher.pk: teacher for teacher in teachers}
        everybody = _("Cả lớp %(name)s, mọi giáo viên") % {"name": school_class.name}
        self.fields["teacher"].choices = [  # type: ignore[attr-defined]
            (EVERYBODY, everybody),
            *((teacher.pk, teacher.full_name) for teacher in teachers),
        ]

    def clean_ends_on(self) -> datetime.date:
        ends_on: datetime.date = self.cleaned_data["ends_on"]
        try:
            check_extension_ends_in_time(self.window, ends_on)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal
        return ends_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("in_all_classes") and cleaned.get("teacher", EVERYBODY) is None:
            self.add_error("in_all_classes", _("Hãy chọn giáo viên, hoặc bỏ dấu ở ô này."))
        return cleaned

    @property
    def chosen_teacher(self) -> StaffMember | None:
        return self.teachers.get(self.cleaned_data["teacher"])
