from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from assessments.comment_drafts import CommentDraft
from assessments.forms.comment_bank import BankForm, owner_of
from exchange.comments.plan import Plan
from exchange.comments.sheet import DraftRow
from schools.models import StaffMember

SALT = "hocba.comment-import"
HOURS_A_PREVIEW_LASTS = 24


class CommentImportForm(BankForm):
    file = forms.FileField(
        label=_("Tệp bảng mã nhận xét"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_(
            "Tệp Excel .xlsx có các cột Mã, Môn học, Mức, Nội dung; để trống Môn học hoặc Mức "
            "là dùng cho mọi ô, mọi mức. Tải bảng mã đang có về để làm mẫu."
        ),
    )


class ConfirmForm(forms.Form):
    """The preview carries what it has shown, signed: nothing of it is kept meanwhile."""

    preview = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, staff: StaffMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff

    def clean_preview(self) -> dict[str, Any]:
        hours = HOURS_A_PREVIEW_LASTS
        try:
            shown = signing.loads(self.cleaned_data["preview"], salt=SALT, max_age=hours * 3600)
        except signing.BadSignature as error:
            raise _outdated() from error
        if shown["staff"] != self.staff.pk:
            raise _outdated()
        return shown

    @property
    def bank(self) -> str:
        return self.cleaned_data["preview"]["bank"]

    @property
    def owner(self) -> StaffMember | None:
        return owner_of(self.bank, self.staff)

    @property
    def rows(self) -> list[DraftRow]:
        return [
            DraftRow(row["number"], CommentDraft(**row["draft"]), row["remarks"])
            for row in self.cleaned_data["preview"]["rows"]
        ]

    @property
    def shown(self) -> str:
        return self.cleaned_data["preview"]["digest"]


def _outdated() -> forms.ValidationError:
    return forms.ValidationError(_("Trang xem trước đã cũ; hãy tải tệp lên lại."))


def signed_preview(rows: list[DraftRow], plan: Plan, bank: str, staff: StaffMember) -> str:
    shown = {
        "staff": staff.pk,
        "bank": bank,
        "rows": [asdict(row) for row in rows],
        "digest": plan.digest,
    }
    return signing.dumps(shown, salt=SALT, compress=True)
