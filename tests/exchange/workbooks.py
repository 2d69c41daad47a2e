"""Workbooks for the tests of the import, made in memory."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook

from exchange.students_sheet_writer import write_students_sheet

HEADERS = ["Mã lớp", "Họ tên", "Ngày sinh", "Giới tính"]
ROW = ["4A", "Lê Minh Anh", "14/03/2017", "Nữ"]


def workbook_of(rows: Iterable[Sequence[Any]], title: str = "C1-HocSinh") -> io.BytesIO:
    workbook = Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(list(row))
    return saved(workbook)


def saved(workbook: Workbook) -> io.BytesIO:
    file = io.BytesIO()
    workbook.save(file)
    file.seek(0)
    return file


def students_file(*rows: Mapping[str, Any]) -> io.BytesIO:
    """In the ministry's layout, with catalogue sheets."""
    file = io.BytesIO()
    write_students_sheet(file, rows)
    file.seek(0)
    return file


def repacked(
    file: io.BytesIO, changes: Mapping[str, bytes], without: Iterable[str] = ()
) -> io.BytesIO:
    """The same archive with some parts replaced, added or left out."""
    result = io.BytesIO()
    with ZipFile(file) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in {*changes, *without}:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    result.seek(0)
    return result


def cells_of(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]
