"""Writes workbooks in the layout of C1-HocSinh: sample files, and the rows that were refused."""

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from exchange.columns import COLUMNS
from students.ministry_codes import ETHNICITIES, STUDENT_STATUSES

SHEET_NAME = "C1-HocSinh"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
CATALOGUES = {
    "GIOI_TINH": {"01": "Nam", "02": "Nữ"},
    "TRANG_THAI": {code: status.name for code, status in STUDENT_STATUSES.items()},
    "DAN_TOC": ETHNICITIES,
}

Target = str | Path | IO[bytes]


def write_students_sheet(target: Target, rows: Iterable[Mapping[str, Any]]) -> None:
    """Each row maps keys of exchange.columns.COLUMNS to values; what is missing stays empty."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(SHEET_NAME)
    sheet.append(["DANH SÁCH HỌC SINH"])
    sheet.append([])
    sheet.append(_header_cells(sheet, "STT", *_wrapped_headers()))
    for number, row in enumerate(rows, 1):
        sheet.append([number, *_cells(row)])
    for name, catalogue in CATALOGUES.items():
        _append_catalogue(workbook.create_sheet(name), catalogue)
    workbook.save(target)


def write_refused_rows(target: Target, rows: Iterable[tuple[int, str, Mapping[str, Any]]]) -> None:
    """The rows with their number and the reason, to be put right and uploaded by themselves."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(SHEET_NAME)
    headers = [column.header for column in COLUMNS]
    sheet.append(_header_cells(sheet, _("Dòng trong tệp đã tải lên"), _("Lý do lỗi"), *headers))
    for number, reason, row in rows:
        sheet.append([number, harmless(reason), *_cells(row)])
    workbook.save(target)


def harmless(value: Any) -> Any:
    """Text that a spreadsheet program would calculate gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA):
        return f"'{value}"
    return value


def _cells(row: Mapping[str, Any]) -> list[Any]:
    return [_as_text(row.get(column.key)) for column in COLUMNS]


def _as_text(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    return harmless(value)


def _wrapped_headers() -> list[str]:
    return [column.header.replace(" (", "\n(") for column in COLUMNS]


def _header_cells(sheet: Any, *headers: str) -> list[WriteOnlyCell]:
    cells = [WriteOnlyCell(sheet, header) for header in headers]
    for cell in cells:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cells


def _append_catalogue(sheet: Any, catalogue: Mapping[str, str]) -> None:
    sheet.append(["Mã", "Tên"])
    for code, name in catalogue.items():
        sheet.append([code, name])
