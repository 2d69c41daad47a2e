"""The preview of a file of comment entries: errors first, then what would be written."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.comment_bank_page import bank_crumbs
from assessments.comment_drafts import CommentDraft, purpose_names, ruleset_of
from assessments.forms.comment_bank import Bank, owner_of
from exchange.comments.forms import signed_preview
from exchange.comments.plan import Plan, PlannedRow, make_plan
from exchange.comments.sheet import DraftRow
from exchange.models import Outcome
from schools.models import StaffMember

Cells = list[dict[str, Any]]


@dataclass(frozen=True)
class Section:
    title: str
    columns: Cells
    rows: list[Cells]


class CommentPreview:
    def __init__(self, rows: list[DraftRow], bank: str, staff: StaffMember) -> None:
        self.draft_rows = rows
        self.bank = bank
        self.staff = staff

    @cached_property
    def plan(self) -> Plan:
        return make_plan(self.draft_rows, self.staff.school, owner_of(self.bank, self.staff))

    @property
    def signed(self) -> str:
        return signed_preview(self.draft_rows, self.plan, self.bank, self.staff)

    @property
    def crumbs(self) -> list[dict[str, str]]:
        return bank_crumbs(_("Xem trước tệp"))

    @property
    def lead(self) -> str:
        return _("Bảng mã: %(bank)s. Chưa có gì thay đổi.") % {"bank": str(Bank(self.bank).label)}

    @property
    def confirm_label(self) -> str:
        count, refused = len(self.plan.to_write), len(self.plan.of(Outcome.REFUSED))
        label = ngettext("Nhập %(count)s mã nhận xét", "Nhập %(count)s mã nhận xét", count)
        if refused:
            label = ngettext(
                "Nhập %(count)s mã nhận xét, bỏ qua %(refused)s dòng lỗi",
                "Nhập %(count)s mã nhận xét, bỏ qua %(refused)s dòng lỗi",
                count,
            )
        return label % {"count": count, "refused": refused}

    @property
    def unchanged_count(self) -> int:
        return len(self.plan.of(Outcome.UNCHANGED))

    @property
    def sections(self) -> list[Section]:
        named = [
            (Outcome.REFUSED, _("Dòng lỗi, không nhập"), [_("Cần sửa")]),
            (Outcome.CREATED, _("Thêm mới"), [_("Dùng cho"), _("Mức"), _("Nội dung")]),
            (Outcome.CHANGED, _("Thay đổi"), [_("Dùng cho"), _("Đang có"), _("Sẽ là")]),
        ]
        return [
            Section(
                f"{title} ({len(rows)})",
                [{"label": _("Dòng"), "kind": "number"}, {"label": _("Mã")}]
                + [{"label": label} for label in labels],
                [self._cells(row) for row in rows],
            )
            for outcome, title, labels in named
            if (rows := self.plan.of(outcome))
        ]

    def _cells(self, row: PlannedRow) -> Cells:
        texts = {
            Outcome.REFUSED: lambda: [" ".join(row.remarks)],
            Outcome.CREATED: lambda: [self._purpose(row), row.draft.level, row.draft.text],
            Outcome.CHANGED: lambda: [self._purpose(row), *map(_in_words, (row.stored, row.draft))],
        }[row.outcome]()
        return [
            {"text": row.number, "kind": "number"},
            {"text": row.draft.code},
            *({"text": text} for text in texts),
        ]

    def _purpose(self, row: PlannedRow) -> str:
        return self._purposes[row.draft.purpose]

    @cached_property
    def _purposes(self) -> dict[str, str]:
        return purpose_names(ruleset_of(self.staff.school))


def _in_words(draft: CommentDraft | None) -> str:
    if draft is None:
        return ""
    return f"{draft.level}: {draft.text}" if draft.level else draft.text
