"""The rows of a summary sheet: each pupil's cells, in the order of the columns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.grids import Cells, PupilRow, StoredCell
from assessments.models import SupplementaryAssessment, YearDecision
from assessments.summary_sheets.columns import WIDE, ColumnKind, SheetColumn
from assessments.summary_sheets.remarks import remarks_of
from schools.models import SchoolYear

CROSS = "X"

CellText = str | int


class SheetCell(NamedTuple):
    kind: ColumnKind
    text: CellText

    @property
    def is_wide(self) -> bool:
        return self.kind in WIDE

    @property
    def is_name(self) -> bool:
        return self.kind == ColumnKind.NAME


@dataclass(frozen=True)
class SheetRow:
    """One pupil; a cell for each column."""

    cells: tuple[SheetCell, ...]

    @property
    def texts(self) -> tuple[CellText, ...]:
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True)
class StoredResults:
    """All that was entered of a class at a period, and how its year was decided, by enrolment."""

    subjects: Mapping[str, Cells]
    traits: Cells
    decisions: Mapping[int, YearDecision]
    summers: Mapping[int, SupplementaryAssessment]  # those that were decided
    commended: Collection[int]  # by an award during the year
    shows_disability: bool


@dataclass(frozen=True)
class _Pupil:
    """One pupil's share of the results."""

    number: int
    row: PupilRow
    subjects: Mapping[str, Mapping[str, StoredCell]]
    traits: Mapping[str, StoredCell]
    decision: YearDecision | None
    summer: SupplementaryAssessment | None
    is_commended: bool
    remarks: str


def sheet_rows(
    pupils: Sequence[PupilRow],
    columns: Sequence[SheetColumn],
    stored: StoredResults,
    school_year: SchoolYear,
) -> tuple[SheetRow, ...]:
    """Numbered from 1: each grade of a multi-grade class has a sheet of its own."""
    return tuple(
        SheetRow(tuple(SheetCell(column.kind, _text(column, pupil)) for column in columns))
        for pupil in (
            _pupil(number, row, stored, school_year) for number, row in enumerate(pupils, start=1)
        )
    )


def _pupil(number: int, row: PupilRow, stored: StoredResults, school_year: SchoolYear) -> _Pupil:
    key = row.enrollment.pk
    subjects = {code: cells.get(key, {}) for code, cells in stored.subjects.items()}
    return _Pupil(
        number=number,
        row=row,
        subjects=subjects,
        traits=stored.traits.get(key, {}),
        decision=stored.decisions.get(key),
        summer=stored.summers.get(key),
        is_commended=key in stored.commended,
        remarks=remarks_of(
            row.enrollment, subjects, school_year, shows_disability=stored.shows_disability
        ),
    )


def _text(column: SheetColumn, pupil: _Pupil) -> CellText:
    match column.kind:
        case ColumnKind.NUMBER:
            return pupil.number
        case ColumnKind.NAME:
            return pupil.row.enrollment.student.full_name
        case ColumnKind.REMARKS:
            return pupil.remarks
        case ColumnKind.LEVEL | ColumnKind.SCORE:
            return _stored(pupil.subjects[column.code], column.kind)
        case ColumnKind.TRAIT:
            return _stored(pupil.traits, column.code)
        case _:
            return CROSS if pupil.decision and _is_crossed(column, pupil, pupil.decision) else ""


def _stored(cells: Mapping[str, StoredCell], name: str) -> CellText:
    """Nothing entered is an empty cell; a score of 0 is a score."""
    cell = cells.get(name)
    return "" if cell is None or cell.value is None else cell.value


def _is_crossed(column: SheetColumn, pupil: _Pupil, decision: YearDecision) -> bool:
    match column.kind:
        case ColumnKind.OUTCOME:
            return decision.confirmed_result == column.code
        case ColumnKind.REWARD:
            return bool(decision.reward) or pupil.is_commended
        case _:
            return is_not_promoted(pupil.summer or decision)


def is_not_promoted(decision: YearDecision | SupplementaryAssessment) -> bool:
    """ "Chưa được lên lớp": the principal decided so, or the programme is not completed and
    nobody has decided yet; in the last grade, where nobody is promoted, that it is not completed.
    """
    if decision.is_promoted is None:
        return not decision.has_completed
    return not decision.is_promoted
