from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.models import SheetEdit

MINE, THEIRS = "mine", "theirs"


class ClassSheetForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp đã điền"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("Tệp Excel .xlsx đã tải về từ lớp này, ở thời điểm này; nhiều nhất 20 MB."),
        error_messages={
            "required": _("Hãy chọn tệp đã điền."),
            "empty": _("Tệp này trống; hãy chọn tệp đã điền."),
        },
    )


class ConfirmationForm(forms.Form):
    """Which conflicts are to be overwritten; whatever is not chosen stays as it is stored."""

    seen_at = forms.DateTimeField(required=False)

    def __init__(self, *args: Any, conflicts: Iterable[SheetEdit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts = {choice_name(edit): edit.pk for edit in conflicts}
        for name in self.conflicts:
            self.fields[name] = forms.ChoiceField(
                choices=[(THEIRS, THEIRS), (MINE, MINE)], required=False
            )

    @property
    def overwritten(self) -> list[int]:
        return [pk for name, pk in self.conflicts.items() if self.cleaned_data.get(name) == MINE]


def choice_name(edit: SheetEdit) -> str:
    return f"edit-{edit.pk}"
