"""What the tests of class sheets do again and again: download, fill in, upload."""

import io
from collections.abc import Callable, Mapping
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exchange.class_sheets.actions import (
    confirm_sheet_upload,
    download_class_sheet,
    upload_class_sheet,
)
from exchange.class_sheets.layout import pupil_code
from exchange.models import EditFate, SheetEdit, SheetUpload
from schools.models import StaffMember
from students.models import Enrollment
from tests.cast import Cast
from tests.exchange.workbooks import saved

PERIOD = "end_term_1"
MATHS, VIETNAMESE, ENGLISH = "Toán", "Tiếng Việt", "Ngoại ngữ 1"
TRAITS, RECORDS = "Phẩm chất, năng lực", "Nghỉ học, sức khỏe, nhận xét"
NOTES = "Ghi chú phẩm chất, năng lực"
LEVEL, SCORE, COMMENT = "Mức đạt được", "Điểm KTĐK", "Nhận xét"

Fill = Callable[[Workbook], None]


def downloaded(cast: Cast, *, by: StaffMember | None = None, period: str = PERIOD) -> Workbook:
    content = download_class_sheet(
        school_class=cast.school_class, period=period, by=by or cast.ngoc
    )
    return load_workbook(io.BytesIO(content))


def header_row(worksheet: Worksheet) -> int:
    return next(row for row in range(1, 13) if worksheet.cell(row, 2).value == "Mã học sinh")


def column_of(worksheet: Worksheet, header: str) -> int:
    cells = worksheet[header_row(worksheet)]
    return next(cell.column for cell in cells if cell.value == header)


def row_of(worksheet: Worksheet, enrollment: Enrollment) -> int:
    code = pupil_code(enrollment.student)
    return next(cell.row for cell in worksheet["B"] if cell.value == code)


def cell_of(workbook: Workbook, title: str, enrollment: Enrollment, header: str) -> Any:
    worksheet = workbook[title]
    return worksheet.cell(row_of(worksheet, enrollment), column_of(worksheet, header))


def put(
    workbook: Workbook, title: str, enrollment: Enrollment, values: Mapping[str, Any]
) -> Workbook:
    for header, value in values.items():
        cell_of(workbook, title, enrollment, header).value = value
    return workbook


def filled(cast: Cast, title: str = MATHS, **values: Any) -> Workbook:
    """Ngọc's sheet with cells of Anh's typed in: level="T", score=9, comment="…"."""
    headers = {"level": LEVEL, "score": SCORE, "comment": COMMENT}
    typed = {headers[name]: value for name, value in values.items()}
    return put(downloaded(cast), title, cast.anh, typed)


def upload_workbook(cast: Cast, workbook: Workbook, **fields: Any) -> SheetUpload:
    return upload_file(cast, saved(workbook), **fields)


def upload_file(cast: Cast, file: io.BytesIO, **fields: Any) -> SheetUpload:
    return upload_class_sheet(
        **{
            "school_class": cast.school_class,
            "period": PERIOD,
            "file": file,
            "file_name": "lop-4a.xlsx",
            "by": cast.ngoc,
            **fields,
        }
    )


def confirmed(cast: Cast, workbook: Workbook, **fields: Any) -> SheetUpload:
    return confirm_sheet_upload(upload=upload_workbook(cast, workbook, **fields), by=cast.ngoc)


def rows_of(upload: SheetUpload, fate: EditFate) -> list[SheetEdit]:
    return list(upload.edits.of_fate(fate))


def changes_of(upload: SheetUpload) -> list[tuple[str, str, str]]:
    """What is to be changed, as (field, old, new)."""
    return [(row.field, row.stored, row.typed) for row in rows_of(upload, EditFate.CHANGES)]


def refusal_of(upload: SheetUpload) -> str:
    [row] = rows_of(upload, EditFate.REFUSED)
    return row.sentence
