"""The result of a run, as the rows that are shown, confirmed and undone."""

import hashlib
import json
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from import_export.results import Result, RowResult

from exchange.cell_values import EXCEL_ERRORS, read_text
from exchange.columns import COLUMN_BY_KEY
from exchange.header_rows import SheetRow
from exchange.models import ImportRow, Outcome
from exchange.student_entries import StudentEntry
from exchange.student_resource import StudentResource
from exchange.students_sheet import StudentsSheet

OUTCOMES = {
    RowResult.IMPORT_TYPE_INVALID: Outcome.REFUSED,
    RowResult.IMPORT_TYPE_NEW: Outcome.CREATED,
    RowResult.IMPORT_TYPE_UPDATE: Outcome.CHANGED,
    RowResult.IMPORT_TYPE_SKIP: Outcome.UNCHANGED,
}


def import_rows(sheet: StudentsSheet, result: Result) -> list[ImportRow]:
    return [
        _import_row(sheet_row, row_result)
        for sheet_row, row_result in zip(sheet.rows, result.rows, strict=True)
    ]


def _import_row(sheet_row: SheetRow, result: RowResult) -> ImportRow:
    row = ImportRow(
        number=sheet_row.number,
        outcome=OUTCOMES[result.import_type],
        full_name=_text(sheet_row.cells.get("full_name")),
        class_name=_text(sheet_row.cells.get("class_name")),
    )
    if row.outcome == Outcome.REFUSED:
        row.remarks = refusal_sentences(result.validation_error)
        row.cells = {key: _text(cell) for key, cell in sheet_row.cells.items() if cell}
        return row
    entry: StudentEntry = result.instance
    row.remarks = [entry.remark] if entry.remark else []
    row.student = entry.student
    if row.outcome != Outcome.UNCHANGED:
        row.changes = entry.changes_from(result.original or StudentEntry())
        row.started_enrollment = entry.started_enrollment
        row.ended_enrollment = entry.enrollment if entry.end else None
    return row


def refusal_sentences(refusal: ValidationError) -> list[str]:
    """Each with the header of the column that it is about."""
    if not hasattr(refusal, "error_dict"):
        return refusal.messages
    headers = {
        name: COLUMN_BY_KEY[field.column_name].header
        for name, field in StudentResource.fields.items()
    }
    return [
        f"{headers[name]}: {sentence}" if name in headers else sentence
        for name, sentences in refusal.message_dict.items()
        for sentence in sentences
    ]


def digest_of(rows: Iterable[ImportRow]) -> str:
    """Of what would be done; the words of a refusal depend on the reader's language."""
    facts = [[row.number, row.outcome, row.changes] for row in rows]
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _text(cell: object) -> str:
    return str(cell) if cell in EXCEL_ERRORS else read_text(cell)
