"""Reads the sheet C1-HocSinh of an uploaded workbook."""

import datetime
from dataclasses import dataclass
from typing import IO, Any

from openpyxl.utils.datetime import WINDOWS_EPOCH

from assessments.forms.text import plain_text
from exchange.columns import COLUMNS
from exchange.header_rows import SheetRow, data_rows, find_header, opened_workbook

LONGEST_CELL = 255


@dataclass(frozen=True)
class StudentsSheet:
    rows: list[SheetRow]
    epoch: datetime.datetime = WINDOWS_EPOCH


def read_students_sheet(file: IO[bytes], file_name: str) -> StudentsSheet:
    with opened_workbook(file, file_name) as workbook:
        header = find_header(workbook, COLUMNS)
        return StudentsSheet(list(data_rows(header, _tidy)), workbook.epoch)


def _tidy(cell: Any) -> Any:
    """Text in one Unicode form without stray spaces and invisible characters, which come along
    from other programs; cut where no field is that long."""
    if not isinstance(cell, str):
        return cell
    return " ".join(plain_text(cell[: 2 * LONGEST_CELL]).split())[: LONGEST_CELL + 1]
