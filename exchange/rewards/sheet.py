"""The list of rewards as a workbook, in the words of the printed one."""

from typing import IO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from exchange.class_sheets.styles import TYPEFACE
from exchange.class_sheets.writer import A4, put_text
from reportcards.rewards.paper import RewardList, RewardRow

SHEET_NAME = "KHEN_THUONG"
WIDTHS = {"A": 6, "B": 28, "C": 13, "D": 8, "E": 60}
SCHOOL_ROW, TITLE_ROW, SUBTITLE_ROW, ATTACHMENT_ROW, HEADER_ROW = 1, 2, 3, 4, 6
LINE = Side(style="thin")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def write_reward_sheet(target: IO[bytes], reward_list: RewardList) -> None:
    workbook = Workbook()
    sheet: Worksheet = workbook.worksheets[0]
    sheet.title = SHEET_NAME
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    _write_head(sheet, reward_list)
    rows = reward_list.rows
    for row_number, row in enumerate(rows, HEADER_ROW + 1):
        _write_row(sheet, row_number, row)
    _write_foot(sheet, HEADER_ROW + len(rows) + 2, reward_list)
    _set_paper(sheet)
    workbook.properties.creator = "hocba"
    workbook.properties.title = reward_list.file_name
    workbook.save(target)


def _write_head(sheet: Worksheet, reward_list: RewardList) -> None:
    _write_line(sheet, SCHOOL_ROW, reward_list.school_name.upper(), bold=True)
    _write_line(sheet, TITLE_ROW, reward_list.title, bold=True, size=14, centred=True)
    _write_line(sheet, SUBTITLE_ROW, reward_list.subtitle, bold=True, centred=True)
    _write_line(sheet, ATTACHMENT_ROW, reward_list.attachment, italic=True, centred=True)
    for column, header in enumerate(reward_list.columns, 1):
        _boxed(sheet.cell(HEADER_ROW, column), header, bold=True, centred=True)


def _write_row(sheet: Worksheet, row_number: int, row: RewardRow) -> None:
    number = sheet.cell(row_number, 1)
    _boxed(number, "", centred=True)
    number.value = row.number
    _boxed(sheet.cell(row_number, 2), row.full_name)
    _boxed(sheet.cell(row_number, 3), row.date_of_birth.strftime("%d/%m/%Y"), centred=True)
    _boxed(sheet.cell(row_number, 4), row.class_name, centred=True)
    _boxed(sheet.cell(row_number, 5), row.wording)


def _write_foot(sheet: Worksheet, row_number: int, reward_list: RewardList) -> None:
    _write_line(sheet, row_number, reward_list.total)
    signature = [(reward_list.place_and_day, {"italic": True}), ("HIỆU TRƯỞNG", {"bold": True})]
    for offset, (text, look) in enumerate(signature, 2):
        cell = sheet.cell(row_number + offset, len(WIDTHS))
        put_text(cell, text)
        cell.font = Font(name=TYPEFACE, size=12, **look)
        cell.alignment = Alignment(horizontal="center")


def _write_line(
    sheet: Worksheet,
    row_number: int,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 12,
    centred: bool = False,
) -> None:
    cell = sheet.cell(row_number, 1)
    put_text(cell, text)
    cell.font = Font(name=TYPEFACE, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(horizontal="center" if centred else "left", wrap_text=True)
    sheet.merge_cells(
        start_row=row_number, end_row=row_number, start_column=1, end_column=len(WIDTHS)
    )


def _boxed(cell: Cell, text: str, *, bold: bool = False, centred: bool = False) -> None:
    put_text(cell, text)
    cell.font = Font(name=TYPEFACE, size=12, bold=bold)
    cell.border = BOX
    cell.alignment = Alignment(
        horizontal="center" if centred else "left", vertical="top", wrap_text=True
    )


def _set_paper(sheet: Worksheet) -> None:
    """One page wide, the headers on every sheet of paper."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
