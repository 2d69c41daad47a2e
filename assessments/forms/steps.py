from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 1000


def reason_field(*, label: str, help_text: str, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": required},
    )


class ReturnForm(forms.Form):
    reason = reason_field(
        label=_("Cần sửa gì"),
        help_text=_("Giáo viên đọc câu này đầu tiên trên bàn làm việc."),
        required=_("Hãy ghi cần sửa gì để giáo viên biết phải làm gì."),
    )


class ReopenForm(forms.Form):
    reason = reason_field(
        label=_("Lý do mở lại"),
        help_text=_("Lý do được ghi vào lịch sử của lớp và của học sinh."),
        required=_("Hãy ghi lý do mở lại."),
    )


class AskReopeningForm(forms.Form):
    reason = reason_field(
        label=_("Lý do đề nghị"),
        help_text=_("Hiệu trưởng đọc lý do này khi trả lời."),
        required=_("Hãy ghi lý do đề nghị mở lại."),
    )


class DecisionForm(forms.Form):
    is_granted = forms.TypedChoiceField(
        choices=[("yes", _("Mở lại")), ("no", _("Không mở lại"))],
        coerce=lambda answer: answer == "yes",
    )
