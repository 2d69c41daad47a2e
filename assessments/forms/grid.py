"""A grid: its columns, its rows as forms, and what a save left to do."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from django.utils.translation import gettext as _

from assessments.cell_events import CellTrail
from assessments.comment_bank import CommentBank
from assessments.comment_drafts import level_codes
from assessments.errors import RecordLocked
from assessments.forms.fields import CodesOfCell, GridCell
from assessments.forms.rows import Posted, RowForm
from assessments.grids import Cells, PeriodSheet, PupilRow, StoredCell
from assessments.mentions import Classmates
from assessments.merge import RowEdit, SaveReport
from assessments.models import PeriodRecord, TraitNote
from assessments.policies import check_record_is_editable
from assessments.wording import shortened, translated
from audit.errors import DomainError, NotPermitted
from rulesets import Level


class Save(Protocol):
    def __call__(self, *, rows: Sequence[RowEdit]) -> SaveReport: ...


@dataclass(frozen=True)
class Remark:
    """What stands small beside a cell, and where more of it is."""

    text: str
    url: str


@dataclass(frozen=True)
class Column:
    name: str
    label: str
    kind: str
    short_label: str = ""
    group: str = ""


class Grid:
    """One row for each pupil of the roster; a kind of grid says what its cells are."""

    shows_health = False
    printed_comments: frozenset[str] = frozenset()  # what stands on the pupil's card

    def __init__(
        self,
        sheet: PeriodSheet,
        stored: Cells,
        *,
        may_write: bool,
        bank: CommentBank | None = None,
    ) -> None:
        self.sheet = sheet
        self.stored = stored
        self.may_write = may_write
        self.bank = bank

    @cached_property
    def columns(self) -> list[Column]:
        raise NotImplementedError

    @property
    def levels(self) -> Sequence[Level]:
        """The levels that keys can set."""
        return ()

    @property
    def level_names(self) -> list[dict[str, str]]:
        return [{"code": level.code, "name": translated(level.name)} for level in self.levels]

    @property
    def pupils(self) -> Iterable[PupilRow]:
        return self.sheet.pupils

    def fields_of(self, pupil: PupilRow) -> dict[str, GridCell]:
        raise NotImplementedError

    @property
    def owed_names(self) -> Collection[str]:
        """The columns that may not stay empty where a pupil has a cell in them."""
        return ()

    @property
    def comment_levels(self) -> list[str]:
        """The levels that its comments can be for."""
        purposes = self.bank.purposes if self.bank else ()
        codes = [code for name in purposes for code in level_codes(self.sheet.ruleset, name)]
        return [code for code in level_codes(self.sheet.ruleset, "") if code in codes]

    def codes_of(self, pupil: PupilRow, purpose: str) -> CodesOfCell | None:
        """What codes mean in a comment cell, for whoever has a comment bank."""
        return CodesOfCell(self.bank, purpose, pupil.enrollment.student) if self.bank else None

    def lacks_something(self, pupil: PupilRow) -> bool:
        raise NotImplementedError

    def notes_on(self, pupil: PupilRow) -> list[TraitNote]:
        """What colleagues say about the pupil, shown beside the name."""
        return []

    def column_under(self, pupil: PupilRow, form: RowForm) -> Column | None:
        """A field that few rows have: it stands under theirs, not in a column of its own."""
        return None

    def remark_on(self, pupil: PupilRow, name: str) -> Remark | None:
        return None

    def make_form(self, pupil: PupilRow, posted: Posted | None) -> RowForm:
        return RowForm(pupil, self.fields_of(pupil), self.stored_of(pupil), posted)

    def stored_of(self, pupil: PupilRow) -> Mapping[str, StoredCell]:
        return self.stored.get(pupil.enrollment.pk, {})

    def value_of(self, pupil: PupilRow, name: str) -> Any:
        cell = self.stored_of(pupil).get(name)
        return cell.value if cell else None

    def is_writable(self, pupil: PupilRow) -> bool:
        return not self.why_closed(pupil)

    def why_closed(self, pupil: PupilRow) -> str:
        """Why nothing can be written into a pupil's row now; empty where something can."""
        if not self.may_write:
            return _("Thầy/cô xem được bảng này; người được phân công mới nhập được.")
        if self.sheet.refusal:
            return self.sheet.refusal
        try:
            check_record_is_editable(pupil.record or PeriodRecord(status=pupil.status))
        except RecordLocked as refusal:
            return str(refusal.message)
        return ""

    def why_not_asked(self, pupil: PupilRow, name: str) -> str:
        """Of a cell that the pupil's row does not have."""
        return _("Bảng này không có ô “%(name)s” cho em này; hãy tải lại trang.") % {
            "name": shortened(name)
        }

    @property
    def trail(self) -> CellTrail:
        """Where the audit tells of this grid's cells."""
        raise NotImplementedError

    @cached_property
    def classmates(self) -> Classmates:
        return Classmates(self.sheet.names)

    def warning_on(self, pupil: PupilRow, name: str, value: Any) -> str:
        """What the writer of a comment should look at twice, though it may be saved."""
        if name not in self.printed_comments or not value:
            return ""
        own_name = pupil.enrollment.student.full_name
        named = self.classmates.named_in(value, own_name=own_name)
        if not named:
            return ""
        return _("Nhận xét này nhắc đến %(names)s; thầy/cô xem lại có nhầm em không.") % {
            "names": ", ".join(named)
        }

    def posted_forms(self, posted: Posted) -> Iterator[RowForm]:
        """The rows that were on the sender's page, whether or not they may be written now."""
        for pupil in self.pupils:
            form = self.make_form(pupil, posted)
            if form.data:
                yield form

    def text_of(self, name: str, value: Any) -> str:
        """A value as it stands in a locked row."""
        return "" if value is None else str(value)


@dataclass
class Outcome:
    """What became of a posted page, by enrolment."""

    saved: int = 0
    refusal: str = ""
    wrong: dict[int, RowForm] = field(default_factory=dict)
    late: dict[int, RowForm] = field(default_factory=dict)
    conflicts: dict[int, list[str]] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        return not (self.refusal or self.wrong or self.late)


def save_posted(grid: Grid, posted: Posted, save: Save) -> Outcome:
    """Saves the rows that are right; what is wrong, late or contested is kept as it was typed."""
    outcome = Outcome()
    right: dict[int, RowForm] = {}
    for form in grid.posted_forms(posted):
        pk = form.pupil.enrollment.pk
        if not grid.is_writable(form.pupil):
            outcome.late |= {pk: form} if form.has_changed() else {}
        elif form.is_valid():
            right |= {pk: form} if form.has_changed() else {}
        else:
            outcome.wrong[pk] = form
    if right:
        _save_right(right, outcome, save)
    return outcome


def _save_right(right: dict[int, RowForm], outcome: Outcome, save: Save) -> None:
    try:
        report = save(rows=[form.row_edit() for form in right.values()])
    except NotPermitted:
        raise
    except DomainError as refusal:
        outcome.refusal = str(refusal.message)
        outcome.wrong |= right
        return
    outcome.saved = len(report.saved)
    for conflict in report.conflicts:
        outcome.conflicts.setdefault(conflict.enrollment_id, []).append(conflict.field)
    outcome.wrong |= {pk: right[pk] for pk in outcome.conflicts}
