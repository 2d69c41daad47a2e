"""Writes a file for the sector database's results import: three header rows, then the pupils."""

from collections.abc import Iterable
from typing import IO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exchange.class_sheets.writer import put_text
from exchange.ministry_results.columns import ResultColumn, ResultsTemplate, Source
from exchange.ministry_results.rows import PupilResults, value_in

HEADER_ROWS = 3
WORKSHEET = "KQHT"
WIDTHS = {Source.MINISTRY_CODE: 16, Source.FULL_NAME: 28, Source.DATE_OF_BIRTH: 12}
WIDTH = 8
BOLD = Font(bold=True)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)


def write_ministry_results(
    target: IO[bytes], template: ResultsTemplate, pupils: Iterable[PupilResults]
) -> None:
    workbook = Workbook()
    worksheet = workbook.worksheets[0]
    worksheet.title = WORKSHEET
    _write_headers(worksheet, template.columns)
    for row, pupil in enumerate(pupils, HEADER_ROWS + 1):
        for position, column in enumerate(template.columns, 1):
            value = value_in(column, pupil)
            cell = worksheet.cell(row, position)
            if isinstance(value, str):
                put_text(cell, value)
            else:
                cell.value = value
    worksheet.freeze_panes = worksheet.cell(HEADER_ROWS + 1, len(WIDTHS) + 3)
    workbook.save(target)


def _write_headers(worksheet: Worksheet, columns: tuple[ResultColumn, ...]) -> None:
    for position, column in enumerate(columns, 1):
        letter = get_column_letter(position)
        worksheet.column_dimensions[letter].width = WIDTHS.get(column.source, WIDTH)
        for row, header in enumerate(column.headers, 1):
            cell = worksheet.cell(row, position)
            cell.font, cell.alignment = BOLD, CENTRED
            put_text(cell, header)
    for row in range(1, HEADER_ROWS + 1):
        _merge_row(worksheet, columns, row)
    for position, column in enumerate(columns, 1):
        depth = len(column.headers)
        if 0 < depth < HEADER_ROWS:
            _merge(worksheet, rows=(depth, HEADER_ROWS), positions=(position, position))


def _merge_row(worksheet: Worksheet, columns: tuple[ResultColumn, ...], row: int) -> None:
    """Neighbours under the same headers, but for the last of each column."""
    first = 1
    for position in range(2, len(columns) + 2):
        above = [column.headers[:row] for column in columns[first - 1 : position]]
        is_shared = (
            position <= len(columns)
            and above[0] == above[-1]
            and row < min(len(columns[first - 1].headers), len(columns[position - 1].headers))
        )
        if not is_shared:
            if position - 1 > first:
                _merge(worksheet, rows=(row, row), positions=(first, position - 1))
            first = position


def _merge(worksheet: Worksheet, *, rows: tuple[int, int], positions: tuple[int, int]) -> None:
    worksheet.merge_cells(
        start_row=rows[0], end_row=rows[1], start_column=positions[0], end_column=positions[1]
    )
