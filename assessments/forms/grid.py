"""A grid: its columns, its rows as forms, and what a save left to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from assessments.forms.fields import GridCell
from assessments.forms.rows import Posted, RowForm
from assessments.grids import Cells, PeriodSheet, PupilRow, StoredCell
from assessments.merge import RowEdit, SaveReport
from assessments.models import TraitNote
from assessments.wording import translated
from audit.errors import DomainError, NotPermitted
from rulesets import Level


class Save(Protocol):
    def __call__(self, *, rows: Sequence[RowEdit]) -> SaveReport: ...


@dataclass(frozen=True)
class Column:
    name: str
    label: str
    kind: str
    short_label: str = ""
    group: str = ""


class Grid:
    """One row for each pupil of the roster; a kind of grid says what its cells are."""

    def __init__(self, sheet: PeriodSheet, stored: Cells, *, may_write: bool) -> None:
        self.sheet = sheet
        self.stored = stored
        self.may_write = may_write

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

    def lacks_something(self, pupil: PupilRow) -> bool:
        raise NotImplementedError

    def notes_on(self, pupil: PupilRow) -> list[TraitNote]:
        """What colleagues say about the pupil, shown beside the name."""
        return []

    def make_form(self, pupil: PupilRow, posted: Posted | None) -> RowForm:
        return RowForm(pupil, self.fields_of(pupil), self.stored_of(pupil), posted)

    def stored_of(self, pupil: PupilRow) -> Mapping[str, StoredCell]:
        return self.stored.get(pupil.enrollment.pk, {})

    def value_of(self, pupil: PupilRow, name: str) -> Any:
        cell = self.stored_of(pupil).get(name)
        return cell.value if cell else None

    def is_writable(self, pupil: PupilRow) -> bool:
        return self.may_write and self.sheet.time.has_opened and pupil.is_editable

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
