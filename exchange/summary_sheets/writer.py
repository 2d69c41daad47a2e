"""Writes a class's summary sheet as a workbook: a worksheet for each grade, set for A4."""

from typing import IO

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assessments.summary_sheets.columns import ColumnKind
from assessments.summary_sheets.header import HeaderCell
from assessments.summary_sheets.rows import CellText
from assessments.summary_sheets.sheet import GradeSheet, SheetState, SummarySheet
from exchange.class_sheets.writer import A4, put_text

TYPEFACE = "Times New Roman"
RULE = Side(style="thin", color="000000")
BOX = Border(left=RULE, right=RULE, top=RULE, bottom=RULE)
TITLE, PLAIN, HEADER, TURNED, LETTER, WORDS = (
    "hb sheet title",
    "hb sheet plain",
    "hb sheet header",
    "hb sheet turned",
    "hb sheet letter",
    "hb sheet words",
)
HEADER_ROW = 5
HEADER_HEIGHTS = {3: (18, 22, 110), 4: (18, 32, 60, 70)}
ROW_HEIGHT = 18
WIDTHS = {ColumnKind.NUMBER: 5, ColumnKind.NAME: 30, ColumnKind.REMARKS: 30}
NARROW = 5
SIGNED = 6  # rows below the captions for the signatures


def write_summary_sheet(target: IO[bytes], sheet: SummarySheet) -> None:
    """In the language that is active, of a sheet that was read in it."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    _add_styles(workbook)
    for grade in sheet.grades:
        _write_grade(workbook.create_sheet(worksheet_title(grade)), sheet, grade)
    workbook.properties.creator = "hocba"
    workbook.properties.title = sheet.name
    workbook.save(target)


def worksheet_title(grade: GradeSheet) -> str:
    words = {"grade": grade.grade_level, "number": grade.form_number}
    return _("Khối %(grade)s - mẫu %(number)s") % words


def _add_styles(workbook: Workbook) -> None:
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    turned = Alignment(horizontal="center", vertical="center", wrap_text=True, text_rotation=90)
    written = Alignment(vertical="center", wrap_text=True)
    plain = Font(name=TYPEFACE, size=11)
    bold = Font(name=TYPEFACE, size=10, bold=True)
    for style in (
        NamedStyle(TITLE, font=Font(name=TYPEFACE, size=14, bold=True)),
        NamedStyle(PLAIN, font=plain),
        NamedStyle(HEADER, font=bold, border=BOX, alignment=centred),
        NamedStyle(TURNED, font=bold, border=BOX, alignment=turned),
        NamedStyle(LETTER, font=plain, border=BOX, alignment=centred),
        NamedStyle(WORDS, font=plain, border=BOX, alignment=written),
    ):
        workbook.add_named_style(style)


def _write_grade(worksheet: Worksheet, sheet: SummarySheet, grade: GradeSheet) -> None:
    _write_title(worksheet, sheet, grade)
    depth = len(grade.header)
    for number, headings in enumerate(grade.header):
        worksheet.row_dimensions[HEADER_ROW + number].height = _header_height(depth, number)
        for heading in headings:
            _write_heading(worksheet, HEADER_ROW + number, heading)
    first = HEADER_ROW + depth
    for number, row in enumerate(grade.rows, first):
        worksheet.row_dimensions[number].height = ROW_HEIGHT
        for position, cell in enumerate(row.cells, 1):
            _put(worksheet, number, position, cell.text, WORDS if cell.is_wide else LETTER)
    last = _write_foot(worksheet, sheet, first + len(grade.rows) + 1, len(grade.columns))
    _set_view(worksheet, grade, first=first, last=last)


def _write_title(worksheet: Worksheet, sheet: SummarySheet, grade: GradeSheet) -> None:
    school_class = _("Lớp %(name)s") % {"name": sheet.class_name}
    if sheet.is_multigrade:
        school_class += ", " + _("khối %(grade)s") % {"grade": grade.grade_level}
    facts = [school_class, sheet.period_name, _("Năm học %(year)s") % {"year": sheet.school_year}]
    _put(worksheet, 1, 1, sheet.school_name, PLAIN)
    _put(worksheet, 2, 1, sheet.title.upper(), TITLE)
    _put(worksheet, 3, 1, ", ".join(facts), PLAIN)
    state = STATES[sheet.state]()
    form = _("Mẫu %(number)s") % {"number": grade.form_number}
    _put(worksheet, 4, 1, f"{form}. {state}", PLAIN)


STATES = {
    SheetState.DRAFT: lambda: _("BẢN NHÁP"),
    SheetState.SUBMITTED: lambda: _("Chờ ký duyệt"),
    SheetState.UNDER_REVIEW: lambda: _("Đang được xem lại"),
    SheetState.SIGNED_OFF: lambda: _("Đã ký duyệt"),
}


def _header_height(depth: int, number: int) -> int:
    heights = HEADER_HEIGHTS.get(depth, ())
    return heights[number] if number < len(heights) else HEADER_HEIGHTS[4][-1]


def _write_heading(worksheet: Worksheet, row: int, cell: HeaderCell) -> None:
    """Every cell that it covers has the border, which some programs draw cell by cell."""
    first = cell.column + 1
    last_row, last = row + cell.rows - 1, first + cell.columns - 1
    for each_row in range(row, last_row + 1):
        for position in range(first, last + 1):
            worksheet.cell(each_row, position).style = TURNED if cell.is_turned else HEADER
    put_text(worksheet.cell(row, first), cell.label)
    if (last_row, last) != (row, first):
        worksheet.merge_cells(start_row=row, end_row=last_row, start_column=first, end_column=last)


def _put(worksheet: Worksheet, row: int, position: int, value: CellText, look: str) -> None:
    cell = worksheet.cell(row, position)
    cell.style = look
    if isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value


def _write_foot(worksheet: Worksheet, sheet: SummarySheet, row: int, columns: int) -> int:
    for legend in sheet.legends:
        meanings = ", ".join(f"{code} = {meaning}" for code, meaning in legend.meanings)
        _put(worksheet, row, 1, f"{legend.about}: {meanings}", PLAIN)
        row += 1
    for confirmation in sheet.confirmations:
        at = date_format(localtime(confirmation.at), "DATETIME_FORMAT")
        _put(worksheet, row, 1, f"{confirmation.what}: {confirmation.who}, {at}", PLAIN)
        row += 1
    return _write_signatures(worksheet, sheet, row + 1, columns)


def _write_signatures(worksheet: Worksheet, sheet: SummarySheet, row: int, columns: int) -> int:
    signatures = sheet.signatures
    day = date_format(signatures.signed_on) if signatures.signed_on else "…/…/……"
    right = max(3, columns - 8)
    _put(worksheet, row, right, f"{signatures.place}, {day}", PLAIN)
    _put(worksheet, row + 1, 2, _("Hiệu trưởng"), PLAIN)
    _put(worksheet, row + 1, right, _("Giáo viên chủ nhiệm"), PLAIN)
    _put(worksheet, row + SIGNED, 2, signatures.leader, PLAIN)
    _put(worksheet, row + SIGNED, right, signatures.homeroom_teacher, PLAIN)
    return row + SIGNED


def _set_view(worksheet: Worksheet, grade: GradeSheet, *, first: int, last: int) -> None:
    for position, column in enumerate(grade.columns, 1):
        letter = get_column_letter(position)
        worksheet.column_dimensions[letter].width = WIDTHS.get(column.kind, NARROW)
    worksheet.freeze_panes = worksheet.cell(first, 3)
    worksheet.print_title_rows = f"{HEADER_ROW}:{first - 1}"
    worksheet.print_area = f"A1:{get_column_letter(len(grade.columns))}{last}"
    setup = worksheet.page_setup
    setup.orientation, setup.paperSize = "landscape", A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = worksheet.page_margins
    margins.left = margins.right = 0.3
    margins.top = margins.bottom = 0.5
    margins.header = margins.footer = 0.2
    worksheet.oddFooter.right.text = "&P/&N"
