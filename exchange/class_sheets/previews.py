"""What an uploaded class sheet would do, cell by cell, as things stand now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.cells import CellOutcome, Fate, TypedCell, preview_cells
from exchange.class_sheets.edits import CellEdit, Refusal, WorksheetEdits, worksheet_edits
from exchange.class_sheets.grids import ClassSheet, SheetGrid
from exchange.class_sheets.layout import base_texts
from exchange.class_sheets.reader import SheetReading
from exchange.models import EditFate, SheetEdit

FATES = {
    Fate.CHANGES: EditFate.CHANGES,
    Fate.CONFLICT: EditFate.CONFLICT,
    Fate.REFUSED: EditFate.REFUSED,
}


@dataclass
class Preview:
    """The rows to show; what the file leaves as it is, is only counted."""

    rows: list[SheetEdit] = field(default_factory=list)
    unchanged: int = 0
    left_empty: int = 0

    def count(self, fate: EditFate) -> int:
        return sum(row.fate == fate for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "refused": self.count(EditFate.REFUSED),
            "conflicting": self.count(EditFate.CONFLICT),
            "changed": self.count(EditFate.CHANGES),
            "unchanged": self.unchanged,
            "left_empty": self.left_empty,
        }


def preview_of(class_sheet: ClassSheet, reading: SheetReading) -> Preview:
    read = worksheet_edits(class_sheet, reading)
    rows = [row for worksheet in read for row in _rows(worksheet)]
    preview = preview_again(class_sheet, rows)
    preview.unchanged += sum(worksheet.unchanged for worksheet in read)
    preview.left_empty = sum(worksheet.left_empty for worksheet in read)
    return preview


def _rows(worksheet: WorksheetEdits) -> Iterator[SheetEdit]:
    for refusal in worksheet.refusals:
        yield _refused(worksheet, refusal)
    for edit in worksheet.edits:
        yield _waiting(worksheet, edit)


def _refused(worksheet: WorksheetEdits, refusal: Refusal) -> SheetEdit:
    return SheetEdit(
        grid_key=worksheet.key,
        worksheet=worksheet.title,
        reference=refusal.reference,
        pupil_name=refusal.pupil_name[:256],
        column=refusal.column,
        typed=refusal.typed,
        fate=EditFate.REFUSED,
        sentence=refusal.sentence,
    )


def _waiting(worksheet: WorksheetEdits, edit: CellEdit) -> SheetEdit:
    return SheetEdit(
        grid_key=worksheet.key,
        worksheet=worksheet.title,
        reference=edit.reference,
        enrollment=edit.pupil.enrollment,
        pupil_name=edit.pupil.enrollment.student.full_name,
        field=edit.field,
        typed=edit.typed,
        base=edit.base,
    )


def preview_again(class_sheet: ClassSheet, rows: Sequence[SheetEdit]) -> Preview:
    """Each cell held against what is stored now; what was not understood stays so."""
    preview = Preview()
    settled = {id(row): row for row in rows if row.enrollment_id is None}
    for key in dict.fromkeys(row.grid_key for row in rows):
        waiting = [row for row in rows if row.grid_key == key and row.enrollment_id]
        found = class_sheet.grid(key)
        kept = _settle(found, waiting) if found else map(_refuse, waiting)
        settled |= {id(row): row for row in kept}
    preview.rows = [row for row in rows if id(row) in settled]
    preview.unchanged = len(rows) - len(preview.rows)
    for number, row in enumerate(preview.rows, 1):
        row.number = number
    return preview


def _refuse(row: SheetEdit) -> SheetEdit:
    row.fate = EditFate.REFUSED
    row.sentence = _("Thầy/cô không được phân công nhập phần này nữa.")
    return row


def _settle(found: SheetGrid, rows: Sequence[SheetEdit]) -> Iterator[SheetEdit]:
    cells = [TypedCell(row.enrollment_id or 0, row.field, row.typed, row.base) for row in rows]
    stored = _StoredTexts(found)
    for row, outcome in zip(rows, preview_cells(found.grid, cells), strict=True):
        if outcome.fate != Fate.UNCHANGED:
            yield _told(row, outcome, stored)


def _told(row: SheetEdit, outcome: CellOutcome, stored: "_StoredTexts") -> SheetEdit:
    row.fate = FATES[outcome.fate]
    row.column = stored.labels.get(row.field, row.field)
    row.stored = stored.text_of(row)
    if row.base is None:  # not in the file: what is shown now is what she decides upon
        row.base = row.stored
    if row.fate == EditFate.CHANGES:
        row.typed = outcome.value
    row.sentence, row.warning = outcome.sentence, outcome.warning
    row.writer_name, row.written_at = outcome.saved_by, outcome.saved_at
    return row


class _StoredTexts:
    """What a grid's controls would hold now."""

    def __init__(self, found: SheetGrid) -> None:
        self.found = found
        self.labels = {column.name: column.label for column in found.grid.columns}
        self.pupils = {pupil.enrollment.pk: pupil for pupil in found.grid.pupils}
        self.texts: dict[int, dict[str, str]] = {}

    def text_of(self, row: SheetEdit) -> str:
        pk = row.enrollment_id or 0
        if pk in self.pupils and pk not in self.texts:
            self.texts[pk] = base_texts(self.found, self.pupils[pk])
        return self.texts.get(pk, {}).get(row.field, "")
