from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.comment_drafts import (
    CommentDraft,
    draft_errors,
    level_codes,
    purpose_names,
    ruleset_of,
    with_one_mark,
)
from assessments.forms.text import plain_text
from assessments.models import CommentEntry
from assessments.models.comments import NAME_MARK
from assessments.permissions import user_can_write_bank
from rulesets import Ruleset
from schools.models import StaffMember

ANY = "any"  # asks for entries of no purpose; an empty choice asks for all


class Bank(TextChoices):
    OWN = "own", gettext_lazy("Của tôi")
    SCHOOL = "school", gettext_lazy("Của trường")


def owner_of(bank: str, staff: StaffMember) -> StaffMember | None:
    return staff if bank == Bank.OWN else None


def writable_banks(staff: StaffMember) -> list[Bank]:
    return [
        bank for bank in Bank if user_can_write_bank(staff, staff.school, owner_of(bank, staff))
    ]


class StaffForm(forms.Form):
    def __init__(self, *args: Any, staff: StaffMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff


class BankForm(StaffForm):
    """Asks for the bank where there is a choice."""

    bank = forms.ChoiceField(
        label=gettext_lazy("Bảng mã"), widget=forms.RadioSelect(attrs={"class": "segments"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        banks = writable_banks(self.staff)
        self.fields["bank"].choices = [(bank.value, bank.label) for bank in banks]  # type: ignore[attr-defined]
        self.fields["bank"].initial = self.initial.get("bank", banks[0].value)
        if len(banks) == 1:
            self.fields["bank"].widget = forms.HiddenInput()

    @property
    def owner(self) -> StaffMember | None:
        return owner_of(self.cleaned_data["bank"], self.staff)


class JudgedText(forms.CharField):
    """Required to look at; `draft_errors` says what is missing."""

    def validate(self, value: str) -> None:
        pass


class CodeInput(JudgedText):
    def to_python(self, value: Any) -> str:
        return plain_text(value or "").upper()


class CommentText(JudgedText):
    def to_python(self, value: Any) -> str:
        return with_one_mark(plain_text(value or ""))


class CommentEntryForm(StaffForm):
    """Every field is judged by `draft_errors`, as the rows of a spreadsheet are."""

    purpose = forms.ChoiceField(label=gettext_lazy("Dùng cho"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Mức"),
        required=False,
        help_text=gettext_lazy("Em đạt mức này thì mã được gợi ý trước."),
    )
    code = CodeInput(
        label=gettext_lazy("Mã"),
        help_text=gettext_lazy(
            "Ngắn và dễ nhớ, ví dụ T1. Gõ mã trong ô nhận xét để điền nội dung."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = CommentText(
        label=gettext_lazy("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _(
            "Chỗ ghi %(mark)s được thay bằng tên gọi của từng em."
        ) % {"mark": NAME_MARK}
        self.ruleset = ruleset_of(self.staff.school)
        self.fields["purpose"].choices = purpose_choices(self.ruleset)  # type: ignore[attr-defined]
        self.fields["level"].choices = level_choices(self.ruleset)  # type: ignore[attr-defined]

    @property
    def draft(self) -> CommentDraft:
        names = ("code", "purpose", "level", "text")
        return CommentDraft(**{name: self.cleaned_data.get(name, "") for name in names})

    def clean(self) -> dict[str, Any]:
        for name, sentence in draft_errors(self.draft, self.ruleset).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return self.cleaned_data


class NewCommentEntryForm(BankForm, CommentEntryForm):
    field_order = ("bank", "purpose", "level", "code", "text")


class CommentSearchForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Mã hoặc vài chữ trong nội dung"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    purpose = forms.ChoiceField(label=gettext_lazy("Dùng cho"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Mức"), required=False)
    bank = forms.ChoiceField(label=gettext_lazy("Bảng mã"), required=False)

    def __init__(self, *args: Any, ruleset: Ruleset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purposes = [(code or ANY, name) for code, name in purpose_choices(ruleset)]
        self.fields["purpose"].choices = [("", _("Tất cả")), *purposes]  # type: ignore[attr-defined]
        levels = [(code, code) for code in level_codes(ruleset, "")]
        self.fields["level"].choices = [("", _("Tất cả")), *levels]  # type: ignore[attr-defined]
        banks = [(bank.value, bank.label) for bank in Bank]
        self.fields["bank"].choices = [("", _("Tất cả")), *banks]  # type: ignore[attr-defined]


def purpose_choices(ruleset: Ruleset) -> list[tuple[str, str]]:
    return list(purpose_names(ruleset).items())


def level_choices(ruleset: Ruleset) -> list[tuple[str, str]]:
    return [("", _("Mọi mức")), *((code, code) for code in level_codes(ruleset, ""))]


def values_of(entry: CommentEntry) -> dict[str, str]:
    return {name: getattr(entry, name) for name in ("code", "purpose", "level", "text")}
