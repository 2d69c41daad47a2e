"""Single cells of a grid: what was typed into each, and what became of it.

The page's autosave, the preview of a pasted block and the sheet's upload speak in cells; a
grid's forms and actions speak in rows. One wrong cell never keeps another from being saved.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.cell_events import Place, last_writings
from assessments.errors import NotOnRoster
from assessments.forms.grid import Grid, Save
from assessments.forms.typed_rows import TypedCell, TypedRow
from assessments.merge import Value
from audit.errors import DomainError, NotPermitted

__all__ = ["CellOutcome", "Fate", "TypedCell", "preview_cells", "save_cells"]


class Fate(StrEnum):
    CHANGES = "changes"
    SAVED = "saved"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class CellOutcome:
    """`value` is the text that the cell's control would hold for what is stored now."""

    cell: TypedCell
    fate: Fate
    value: str
    sentence: str = ""
    warning: str = ""
    saved_by: str = ""
    saved_at: datetime.datetime | None = None


@dataclass(frozen=True)
class Writing:
    """Who wrote what is stored in a cell, and when."""

    value: Value
    by: str
    at: datetime.datetime | None


@dataclass
class Report:
    """What the rows met that were to be saved."""

    conflicts: dict[Place, Writing] = field(default_factory=dict)
    refusals: dict[int, str] = field(default_factory=dict)

    def add(self, other: "Report") -> None:
        self.conflicts |= other.conflicts
        self.refusals |= other.refusals


def preview_cells(grid: Grid, cells: Sequence[TypedCell]) -> list[CellOutcome]:
    """What saving would do to each cell, as things stand now."""
    return _outcomes(grid, cells, _compared, Fate.CHANGES)


def save_cells(grid: Grid, cells: Sequence[TypedCell], save: Save) -> list[CellOutcome]:
    """Saves what is right: in one transaction, unless a row is closed at this very moment."""
    return _outcomes(grid, cells, lambda rows: _saved(rows, save), Fate.SAVED)


def _outcomes(
    grid: Grid,
    cells: Sequence[TypedCell],
    settle: Callable[[Sequence[TypedRow]], Report],
    fate: Fate,
) -> list[CellOutcome]:
    rows = _typed_rows(grid, cells)
    changing = [row for row in rows.values() if row.edit.edits]
    report = settle(changing) if changing else Report()
    _name_writers(grid, report)
    return [_outcome(cell, rows.get(cell.enrollment_id), report, fate) for cell in cells]


def _typed_rows(grid: Grid, cells: Iterable[TypedCell]) -> dict[int, TypedRow]:
    by_pupil: dict[int, dict[str, TypedCell]] = {}
    for cell in cells:
        by_pupil.setdefault(cell.enrollment_id, {}).setdefault(cell.field, cell)
    return {
        pupil.enrollment.pk: TypedRow(grid, pupil, by_pupil[pupil.enrollment.pk].values())
        for pupil in grid.pupils
        if pupil.enrollment.pk in by_pupil
    }


def _compared(rows: Sequence[TypedRow]) -> Report:
    return Report(
        {
            (row.enrollment_id, name): _writing(row, name, stored)
            for row in rows
            for name, (stored, _typed) in row.merged.conflicts.items()
        }
    )


def _writing(row: TypedRow, name: str, stored: Value) -> Writing:
    cell = row.grid.stored_of(row.pupil).get(name)
    return Writing(stored, cell.saved_by, cell.saved_at) if cell else Writing(stored, "", None)


def _saved(rows: Sequence[TypedRow], save: Save) -> Report:
    try:
        saved = save(rows=[row.edit for row in rows])
    except NotPermitted:
        raise
    except DomainError as refusal:
        if len(rows) == 1:
            return Report(refusals={rows[0].enrollment_id: str(refusal.message)})
        return _saved_one_by_one(rows, save)
    return Report(
        {
            (conflict.enrollment_id, conflict.field): Writing(
                conflict.stored, conflict.saved_by, conflict.saved_at
            )
            for conflict in saved.conflicts
        }
    )


def _saved_one_by_one(rows: Sequence[TypedRow], save: Save) -> Report:
    """The action takes all or nothing; what refuses one pupil must not refuse the others."""
    whole = Report()
    for row in rows:
        whole.add(_saved([row], save))
    return whole


def _name_writers(grid: Grid, report: Report) -> None:
    """Rows know who wrote last in them; the audit knows who wrote into the very cell."""
    if not report.conflicts:
        return
    known = last_writings(grid.sheet, grid.trail, report.conflicts)
    for place, (by, at) in known.items():
        report.conflicts[place] = Writing(report.conflicts[place].value, by, at)


def _outcome(cell: TypedCell, row: TypedRow | None, report: Report, fate: Fate) -> CellOutcome:
    if row is None:
        return CellOutcome(cell, Fate.REFUSED, "", str(NotOnRoster.message))
    stored = row.stored_texts.get(cell.field, "")
    refusal = _refusal(cell, row, report)
    if refusal:
        return CellOutcome(cell, Fate.REFUSED, stored, refusal)
    conflict = report.conflicts.get((cell.enrollment_id, cell.field))
    if conflict:
        return _contested(cell, row, conflict)
    if not row.changes(cell.field):
        return CellOutcome(cell, Fate.UNCHANGED, stored)
    typed = row.edit.edits[cell.field].typed
    warning = row.grid.warning_on(row.pupil, cell.field, typed)
    return CellOutcome(cell, fate, row.text_of(cell.field, typed), warning=warning)


def _refusal(cell: TypedCell, row: TypedRow, report: Report) -> str:
    if row.cells[cell.field] is not cell:
        return _("Ô này có hai giá trị trong cùng một lần gửi; chỉ giá trị đầu được xét.")
    if cell.field in row.edit.edits and cell.enrollment_id in report.refusals:
        return report.refusals[cell.enrollment_id]
    return row.refusals.get(cell.field, "")


def _contested(cell: TypedCell, row: TypedRow, stored: Writing) -> CellOutcome:
    return CellOutcome(
        cell,
        Fate.CONFLICT,
        row.text_of(cell.field, stored.value),
        sentence=_question(stored),
        saved_by=stored.by,
        saved_at=stored.at,
    )


def _question(stored: Writing) -> str:
    if not stored.by or stored.at is None:
        return _("Ô này đã được người khác sửa sau khi thầy/cô mở trang. Giữ bản nào?")
    words = {
        "name": stored.by,
        "at": date_format(localtime(stored.at), "DATETIME_FORMAT"),
    }
    return _("%(name)s đã sửa ô này lúc %(at)s, sau khi thầy/cô mở trang. Giữ bản nào?") % words
