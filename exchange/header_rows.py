"""Finds a table by its header in an uploaded workbook, whichever sheet and row it stands in."""

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from exchange.columns import Column, normalise_header
from exchange.errors import FileRefused
from exchange.workbook_guard import (
    MOST_ROWS,
    ROWS_BEFORE_DATA,
    check_workbook,
    corrupted,
    too_many_rows,
)

MOST_COLUMNS = 200

# What openpyxl lets through of a file whose archive and XML are sound but whose parts are not.
UNREADABLE = (
    AttributeError,
    BadZipFile,
    EOFError,
    IndexError,
    InvalidFileException,
    KeyError,
    OSError,
    ParseError,
    TypeError,
    ValueError,
    zlib.error,
)

Cells = Sequence[Any]


@dataclass(frozen=True)
class SheetRow:
    number: int
    cells: dict[str, Any]


@dataclass(frozen=True)
class HeaderRow:
    """Where the known columns stand in a row that may be the header."""

    sheet: ReadOnlyWorksheet
    number: int
    cells: Cells
    columns: Sequence[Column]

    @property
    def positions(self) -> dict[str, int]:
        by_header = self._positions_by_header()
        found = {
            column.key: [by_header[name][0] for name in column.names if name in by_header]
            for column in self.columns
        }
        return {key: positions[0] for key, positions in found.items() if positions}

    @property
    def missing(self) -> list[Column]:
        return [column for column in required(self.columns) if column.key not in self.positions]

    @property
    def repeated(self) -> list[Column]:
        by_header = self._positions_by_header()
        return [
            column
            for column in self.columns
            if any(len(by_header.get(name, [])) > 1 for name in column.names)
        ]

    def _positions_by_header(self) -> dict[str, list[int]]:
        by_header = defaultdict(list)
        for position, cell in enumerate(self.cells):
            if isinstance(cell, str):
                by_header[normalise_header(cell)].append(position)
        return by_header


@contextmanager
def opened_workbook(file: IO[bytes], file_name: str) -> Iterator[Workbook]:
    check_workbook(file, file_name)
    try:
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            yield workbook
        finally:
            workbook.close()
    except UNREADABLE as error:
        raise corrupted() from error
    finally:
        file.seek(0)


def find_header(workbook: Workbook, columns: Sequence[Column]) -> HeaderRow:
    """The row with the most known columns: catalogue sheets have next to none."""
    candidates = [row for sheet in workbook.worksheets for row in _first_rows(sheet, columns)]
    best = max(candidates, key=lambda row: len(row.positions), default=None)
    if best is None or not best.positions:
        raise FileRefused(
            _(
                "Không tìm thấy dòng tiêu đề trong %(rows)s dòng đầu của tệp. "
                "Cần có các cột: %(columns)s."
            )
            % {"rows": ROWS_BEFORE_DATA, "columns": _headers(required(columns))}
        )
    if best.missing:
        raise FileRefused(
            _("Trang tính «%(sheet)s» thiếu cột: %(columns)s.")
            % {"sheet": best.sheet.title, "columns": _headers(best.missing)}
        )
    if best.repeated:
        raise FileRefused(
            _("Trang tính «%(sheet)s» có hai cột cùng tên: %(columns)s. Hãy bỏ một cột.")
            % {"sheet": best.sheet.title, "columns": _headers(best.repeated)}
        )
    return best


def required(columns: Sequence[Column]) -> list[Column]:
    return [column for column in columns if column.is_required]


def _headers(columns: Sequence[Column]) -> str:
    return ", ".join(f"«{column.header}»" for column in columns)


def _first_rows(sheet: ReadOnlyWorksheet, columns: Sequence[Column]) -> list[HeaderRow]:
    sheet.reset_dimensions()  # what a file says of its own size is not to be relied on
    rows = sheet.iter_rows(max_row=ROWS_BEFORE_DATA, max_col=MOST_COLUMNS, values_only=True)
    return [HeaderRow(sheet, number, cells, columns) for number, cells in enumerate(rows, 1)]


def data_rows(header: HeaderRow, tidy: Callable[[Any], Any]) -> Iterator[SheetRow]:
    positions = header.positions
    first = header.number + 1
    rows = header.sheet.iter_rows(min_row=first, max_col=MOST_COLUMNS, values_only=True)
    for number, row in enumerate(rows, first):
        if number > MOST_ROWS + ROWS_BEFORE_DATA:
            raise too_many_rows()
        cells = {key: tidy(row[position]) for key, position in positions.items()}
        if any(cell not in {None, ""} for cell in cells.values()):
            yield SheetRow(number, cells)
