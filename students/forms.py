import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.models import SchoolClass
from schools.models.classes import SchoolClassQuerySet
from students.models.plan import LONGEST_PLAN


def day_field(**texts: Any) -> forms.DateField:
    texts["error_messages"] = {
        "invalid": _("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 15/01/2027."),
        **texts.get("error_messages", {}),
    }
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **texts)


class ComposedText(forms.CharField):
    """In Unicode NFC, as everything that is kept."""

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", super().to_python(value) or "")


class AssessmentForm(forms.Form):
    decided_on = day_field(
        label=_("Ngày của quyết định"),
        error_messages={"required": _("Hãy ghi ngày của quyết định.")},
    )
    decision = ComposedText(
        label=_("Quyết định"),
        max_length=250,
        help_text=_("Số, cơ quan ban hành và nội dung ngắn gọn."),
        error_messages={"required": _("Hãy ghi quyết định.")},
    )


class PlanForm(forms.Form):
    adjustments = ComposedText(
        label=_("Yêu cầu được điều chỉnh"),
        max_length=LONGEST_PLAN,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Môn nào, điều chỉnh thế nào. Giáo viên dạy em đọc được."),
        error_messages={"required": _("Hãy ghi yêu cầu được điều chỉnh.")},
    )
    valid_from = day_field(
        label=_("Từ ngày"),
        error_messages={"required": _("Hãy ghi ngày bắt đầu.")},
    )
    valid_until = day_field(label=_("Đến hết ngày (nếu đã định)"), required=False)
    read = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Ngày hết hiệu lực phải sau ngày bắt đầu."))
        return cleaned


class StudentSearchForm(forms.Form):
    q = forms.CharField(
        label=_("Tên, mã học sinh hoặc số định danh"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    school_class = forms.ModelChoiceField(
        label=_("Lớp"),
        queryset=SchoolClass.objects.none(),
        required=False,
        empty_label=_("Tất cả các lớp"),
    )

    def __init__(self, *args: object, classes: SchoolClassQuerySet, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["school_class"].queryset = classes  # type: ignore[attr-defined]
