from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import PeriodRecord

LONGEST_REASON = 1000


def reason_field(**texts: Any) -> forms.CharField:
    return forms.CharField(
        max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}), **texts
    )


class ReturnForm(forms.Form):
    reason = reason_field(
        label=_("Cần sửa gì"),
        help_text=_("Giáo viên đọc câu này đầu tiên trên bàn làm việc."),
        error_messages={"required": _("Hãy ghi cần sửa gì để giáo viên biết phải làm gì.")},
    )


class ClassReturnForm(ReturnForm):
    """For the class, and where only some pupils are concerned, for each of them."""

    def __init__(self, *args: Any, records: Iterable[PeriodRecord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record_of = {f"pupil_{record.pk}": record.pk for record in records}
        for record in records:
            self.fields[f"pupil_{record.pk}"] = forms.CharField(
                label=record.enrollment.student.full_name,
                max_length=LONGEST_REASON,
                required=False,
            )

    @property
    def pupil_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.record_of]

    @property
    def arguments(self) -> dict[str, Any]:
        reasons = {pk: self.cleaned_data[name] for name, pk in self.record_of.items()}
        return {"reason": self.cleaned_data["reason"], "pupil_reasons": reasons}


class ReopenForm(forms.Form):
    reason = reason_field(
        label=_("Lý do mở lại"),
        help_text=_("Lý do được ghi vào lịch sử của lớp và của học sinh."),
        error_messages={"required": _("Hãy ghi lý do mở lại.")},
    )


class AskReopeningForm(forms.Form):
    reason = reason_field(
        label=_("Lý do đề nghị"),
        help_text=_("Hiệu trưởng đọc lý do này khi trả lời."),
        error_messages={"required": _("Hãy ghi lý do đề nghị mở lại.")},
    )


class SignOffForm(forms.Form):
    """The page that is signed carries when its results were handed in."""

    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    is_granted = forms.TypedChoiceField(
        choices=[("yes", _("Mở lại")), ("no", _("Không mở lại"))],
        coerce=lambda answer: answer == "yes",
    )
