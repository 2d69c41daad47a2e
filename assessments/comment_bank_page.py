"""The comment bank as a list: what is asked for, in the order of the form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.comment_bank import readable_entries
from assessments.comment_drafts import level_codes, purpose_names, ruleset_of
from assessments.forms.comment_bank import ANY, Bank, CommentSearchForm, owner_of, writable_banks
from assessments.models import CommentEntry
from assessments.models.comments import NAME_MARK, CommentEntryQuerySet
from rulesets import Ruleset
from schools.models import StaffMember

ENTRIES_A_PAGE = 50


@dataclass(frozen=True)
class ListedEntry:
    entry: CommentEntry
    purpose_name: str
    can_change: bool
    can_copy: bool

    @property
    def whose(self) -> str:
        return str((Bank.OWN if self.entry.owner_id else Bank.SCHOOL).label)


class CommentBankPage:
    def __init__(self, staff: StaffMember, query: QueryDict) -> None:
        self.staff = staff
        self.query = query

    @cached_property
    def ruleset(self) -> Ruleset:
        return ruleset_of(self.staff.school)

    @cached_property
    def form(self) -> CommentSearchForm:
        return CommentSearchForm(self.query, ruleset=self.ruleset)

    @cached_property
    def writable(self) -> list[Bank]:
        return writable_banks(self.staff)

    @property
    def is_searched(self) -> bool:
        return any(self.form.data.get(name) for name in self.form.fields)

    @property
    def lead(self) -> str:
        return _(
            "Gõ mã trong ô nhận xét của bảng nhập kết quả là có nội dung; "
            "%(mark)s thành tên của em."
        ) % {"mark": NAME_MARK}

    @cached_property
    def page(self) -> Page:
        return Paginator(self._found(), ENTRIES_A_PAGE).get_page(self.query.get("page"))

    @property
    def rows(self) -> Iterator[ListedEntry]:
        names = purpose_names(self.ruleset)
        for entry in self.page.object_list:
            bank = Bank.OWN if entry.owner_id else Bank.SCHOOL
            yield ListedEntry(
                entry,
                names.get(entry.purpose, entry.purpose),
                can_change=bank in self.writable,
                can_copy=bank == Bank.SCHOOL and Bank.OWN in self.writable,
            )

    @property
    def files(self) -> list[dict[str, str]]:
        """A bank each, to be kept, changed in a spreadsheet and read back."""
        labels = {
            Bank.OWN: _("Tải bảng mã của tôi về (.xlsx)"),
            Bank.SCHOOL: _("Tải bảng mã của trường về (.xlsx)"),
        }
        offered = [bank for bank in Bank if bank == Bank.SCHOOL or bank in self.writable]
        return [
            {"label": labels[bank], "url": reverse("comment_bank_file", args=[bank.value])}
            for bank in offered
        ]

    def _found(self) -> CommentEntryQuerySet:
        entries = readable_entries(self.staff)
        if not self.form.is_valid():
            return entries.none()
        asked = self.form.cleaned_data
        if asked["q"]:
            entries = entries.matching(asked["q"])
        if asked["purpose"]:
            entries = entries.filter(purpose=asked["purpose"].replace(ANY, ""))
        if asked["level"]:
            entries = entries.filter(level=asked["level"])
        if asked["bank"]:
            entries = entries.in_bank_of(owner_of(asked["bank"], self.staff))
        return in_form_order(entries, self.ruleset)


def bank_crumbs(last: str) -> list[dict[str, str]]:
    return [
        {"label": _("Bảng mã nhận xét"), "url": reverse("comment_bank")},
        {"label": last, "url": ""},
    ]


def in_form_order(entries: CommentEntryQuerySet, ruleset: Ruleset) -> CommentEntryQuerySet:
    return entries.order_by(
        place_in("purpose", list(purpose_names(ruleset))),
        place_in("level", level_codes(ruleset, "")),
        "code",
        "pk",
    )


def place_in(name: str, values: Sequence[str]) -> Case:
    return Case(
        *(When(**{name: value}, then=Value(place)) for place, value in enumerate(values)),
        default=Value(len(values)),
        output_field=IntegerField(),
    )
