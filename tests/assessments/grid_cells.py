"""The grids of class 4A as their teachers hold them, and typed cells for them."""

from functools import partial

from assessments import actions
from assessments.cells import CellOutcome, TypedCell, preview_cells, save_cells
from assessments.forms.grid import Grid, Save
from assessments.forms.note_grid import NoteGrid
from assessments.forms.record_grid import RecordGrid
from assessments.forms.subject_grid import SubjectGrid
from assessments.forms.trait_grid import TraitGrid
from assessments.grids import (
    PeriodSheet,
    classes_at,
    note_cells,
    period_sheet,
    record_cells,
    subject_cells,
    trait_cells,
)
from assessments.permissions import offered_grades
from rulesets import Period
from schools.models import StaffMember
from students.models import Enrollment
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


def sheet_of(cast: Cast, period: str = END_TERM_1, *, only: set[int] | None = None) -> PeriodSheet:
    school_class = classes_at(cast.school, period).get(pk=cast.school_class.pk)
    return period_sheet(school_class, period, only=only)


def subject_grid(
    cast: Cast,
    subject_code: str = "toan",
    period: str = END_TERM_1,
    *,
    only: set[int] | None = None,
) -> SubjectGrid:
    sheet = sheet_of(cast, period, only=only)
    grades = offered_grades(cast.ngoc, sheet.school_class, subject_code)
    stored = subject_cells(sheet.class_period, subject_code, only=only)
    return SubjectGrid(sheet, stored, subject_code, grades)


def trait_grid(cast: Cast) -> TraitGrid:
    sheet = sheet_of(cast)
    return TraitGrid(sheet, trait_cells(sheet.class_period), may_write=True, notes={})


def record_grid(cast: Cast, *, shows_health: bool = True) -> RecordGrid:
    sheet = sheet_of(cast)
    return RecordGrid(sheet, record_cells(sheet), may_write=True, shows_health=shows_health)


def note_grid(cast: Cast, author: StaffMember) -> NoteGrid:
    sheet = sheet_of(cast)
    stored = note_cells(sheet.class_period, author)
    return NoteGrid(sheet, stored, may_write=True, author=author)


def saving(cast: Cast, grid: Grid, by: StaffMember | None = None) -> Save:
    """The grid's own action."""
    at = {
        "school_class": cast.school_class,
        "period": grid.sheet.period,
        "by": by or cast.ngoc,
    }
    if isinstance(grid, SubjectGrid):
        return partial(actions.save_subject_results, subject_code=grid.subject_code, **at)
    if isinstance(grid, TraitGrid):
        return partial(actions.save_trait_results, **at)
    if isinstance(grid, RecordGrid):
        return partial(actions.save_period_records, **at)
    return partial(actions.save_trait_notes, **at)


def typed(pupil: Enrollment, field: str, text: str, base: str | None = "") -> TypedCell:
    return TypedCell(pupil.pk, field, text, base)


def save(
    cast: Cast, grid: Grid, *cells: TypedCell, by: StaffMember | None = None
) -> list[CellOutcome]:
    return save_cells(grid, cells, saving(cast, grid, by))


def save_one(cast: Cast, grid: Grid, cell: TypedCell, by: StaffMember | None = None) -> CellOutcome:
    [outcome] = save(cast, grid, cell, by=by)
    return outcome


def preview_one(grid: Grid, cell: TypedCell) -> CellOutcome:
    [outcome] = preview_cells(grid, [cell])
    return outcome


def fates(outcomes: list[CellOutcome]) -> list[str]:
    return [outcome.fate.value for outcome in outcomes]
