from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assessments.forms.plain_fields import PlainTextField
from reportcards.actions.copies import Recipient
from reportcards.models import CopyKind


class CopySearchForm(forms.Form):
    q = forms.CharField(
        label=_("Tên, mã học sinh hoặc số định danh"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class CopyForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Cấp gì"),
        choices=[(kind.value, capfirst(kind.label)) for kind in CopyKind],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn cấp gì.")},
    )
    name = PlainTextField(
        label=_("Người nhận"),
        max_length=100,
        error_messages={"required": _("Hãy ghi họ tên người nhận.")},
    )
    identity = PlainTextField(
        label=_("Giấy tờ của người nhận"),
        max_length=100,
        help_text=_("Loại giấy tờ và số, ví dụ: căn cước 066085001234; hoặc giấy giới thiệu số…"),
        error_messages={"required": _("Hãy ghi giấy tờ mà người nhận xuất trình.")},
    )
    purpose = PlainTextField(
        label=_("Mục đích"),
        max_length=250,
        help_text=_("Ví dụ: nộp hồ sơ tuyển sinh lớp 6."),
        error_messages={"required": _("Hãy ghi mục đích.")},
    )

    @property
    def arguments(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        kind = CopyKind(typed.pop("kind"))
        return {"kind": kind, "recipient": Recipient(**typed)}
