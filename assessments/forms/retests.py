import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.forms.steps import reason_field
from assessments.forms.text import plain_text
from assessments.models import PeriodRecord
from assessments.models.periods import PeriodRecordQuerySet
from assessments.sentences import score_error_sentence
from rulesets import ScoreError, ScoreScale


class PupilChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: PeriodRecord) -> str:
        return obj.enrollment.student.full_name


class ProposalForm(forms.Form):
    """`records` are those of the pupils who may be proposed."""

    record = PupilChoice(
        label=_("Học sinh"),
        queryset=PeriodRecord.objects.none(),
        empty_label=_("Chọn học sinh"),
        help_text=_("Các em đã có điểm và chưa có đề nghị nào đang chờ."),
        error_messages={
            "required": _("Hãy chọn học sinh."),
            "invalid_choice": _("Em này chưa có điểm hoặc đang có đề nghị; hãy chọn lại."),
        },
    )
    reason = reason_field(
        label=_("Lý do đề nghị"),
        help_text=_(
            "Điểm bất thường thế nào so với đánh giá thường xuyên. Hiệu trưởng đọc câu này."
        ),
        error_messages={"required": _("Hãy ghi lý do để hiệu trưởng quyết định.")},
    )

    def __init__(self, *args: Any, records: PeriodRecordQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].queryset = records  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    reason = reason_field(
        label=_("Lý do không đồng ý"),
        help_text=_("Giáo viên đọc câu này trên bàn làm việc."),
        error_messages={"required": _("Hãy ghi lý do để giáo viên biết.")},
    )


class WithdrawalForm(forms.Form):
    reason = reason_field(
        label=_("Lý do rút đề nghị"),
        help_text=_("Ghi vào lịch sử của học sinh; điểm đang có vẫn là điểm được tính."),
        error_messages={"required": _("Hãy ghi lý do rút đề nghị.")},
    )


class RetestScoreForm(forms.Form):
    score = forms.CharField(
        label=_("Điểm kiểm tra lại"),
        help_text=_("Điểm này được tính và in vào học bạ; điểm trước vẫn được giữ."),
        error_messages={"required": _("Hãy ghi điểm của bài kiểm tra lại.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    taken_on = forms.DateField(
        label=_("Ngày kiểm tra lại"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Hãy ghi ngày kiểm tra lại."),
            "invalid": _("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 15/01/2027."),
        },
    )

    def __init__(self, *args: Any, scale: ScoreScale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scale = scale

    def clean_score(self) -> int:
        try:
            return self.scale.parse(plain_text(self.cleaned_data["score"]))
        except ScoreError as error:
            raise ValidationError(score_error_sentence(error), code=error.code) from error

    @property
    def entry(self) -> tuple[int, datetime.date]:
        return self.cleaned_data["score"], self.cleaned_data["taken_on"]
