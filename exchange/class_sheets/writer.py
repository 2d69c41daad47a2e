"""Writes a class sheet: one worksheet for each grid, and the stamp that nobody sees."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assessments.forms.fields import CommentCell, GridCell
from assessments.forms.grid import Column
from assessments.grids import PupilRow
from assessments.wording import translated
from exchange.class_sheets import styles
from exchange.class_sheets.grids import ClassSheet, SheetGrid
from exchange.class_sheets.layout import (
    STAMP_TITLE,
    Stamp,
    pupil_code,
    stamp_lines,
)
from exchange.class_sheets.validations import clearing_sentence, validation_of

IDENTITY_WIDTHS = (6, 15, 27)  # number, code, name
WIDTHS = {"level": 10, "score": 10, "trait": 10, "count": 11, "remark": 24, "comment": 34}
WIDTH_OF_THE_ONLY_TEXT = 70
TITLE_ROW, NOTE_ROW, GROUP_ROW, HEADER_ROW = 1, 2, 3, 4
NOTE_HEIGHT, HEADER_HEIGHT = 52, 50
A4 = 9
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_class_sheet(target: IO[bytes], class_sheet: ClassSheet, stamp: Stamp) -> None:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    styles.add_styles(workbook)
    for found in class_sheet.grids:
        worksheet = workbook.create_sheet(stamp.layouts[found.key].title)
        _write_grid(worksheet, found, stamp)
    _write_stamp(workbook.create_sheet(STAMP_TITLE), stamp)
    workbook.properties.creator = "hocba"
    workbook.properties.title = ", ".join(stamp.labels)
    workbook.save(target)


def _write_grid(worksheet: Worksheet, found: SheetGrid, stamp: Stamp) -> None:
    _write_head(worksheet, found, stamp)
    pupils = list(found.grid.pupils)
    for row, pupil in enumerate(pupils, HEADER_ROW + 1):
        _write_pupil(worksheet, row, pupil, found)
    _validate(worksheet, found, pupils)
    _set_view(worksheet, last_row=HEADER_ROW + len(pupils))


def _write_head(worksheet: Worksheet, found: SheetGrid, stamp: Stamp) -> None:
    columns = found.grid.columns
    last = len(IDENTITY_WIDTHS) + len(columns)
    school, *rest = stamp.labels
    _put(worksheet, TITLE_ROW, 1, f"{found.title} – {', '.join(rest)} – {school}", styles.TITLE)
    _put(worksheet, NOTE_ROW, 1, _note(found, stamp), styles.NOTE)
    worksheet.merge_cells(start_row=NOTE_ROW, end_row=NOTE_ROW, start_column=1, end_column=last)
    worksheet.row_dimensions[NOTE_ROW].height = NOTE_HEIGHT
    worksheet.row_dimensions[HEADER_ROW].height = HEADER_HEIGHT
    headers = [_("STT"), stamp.code_header, stamp.name_header]
    headers += [stamp.layouts[found.key].headers[column.name] for column in columns]
    for position, (header, width) in enumerate(zip(headers, _widths(columns), strict=True), 1):
        _put(worksheet, HEADER_ROW, position, header, styles.HEADER)
        worksheet.column_dimensions[get_column_letter(position)].width = width
    for label, first, end in _groups(found):
        _put(worksheet, GROUP_ROW, first, label, styles.HEADER)
        worksheet.merge_cells(
            start_row=GROUP_ROW, end_row=GROUP_ROW, start_column=first, end_column=end
        )


def _widths(columns: Sequence[Column]) -> list[int]:
    widths = [WIDTHS.get(column.kind, 20) for column in columns]
    texts = [place for place, column in enumerate(columns) if column.kind in {"comment", "remark"}]
    if len(texts) == 1:
        widths[texts[0]] = WIDTH_OF_THE_ONLY_TEXT
    return [*IDENTITY_WIDTHS, *widths]


def _note(found: SheetGrid, stamp: Stamp) -> str:
    made = date_format(localtime(stamp.made_at), "DATETIME_FORMAT")
    levels = ", ".join(f"{level.code} = {translated(level.name)}" for level in found.grid.levels)
    sentences = [
        _("Chỉ gõ vào các ô trắng. Ô để trống là không đổi gì."),
        clearing_sentence(),
        _("Mức: %(levels)s.") % {"levels": levels} if levels else "",
        _("Giá trị lúc %(made)s; điền xong thì tải tệp lên ở trang của lớp.") % {"made": made},
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _groups(found: SheetGrid) -> Iterator[tuple[str, int, int]]:
    """The headings over neighbouring columns, with the first and the last that each spans."""
    columns = found.grid.columns
    first = 0
    for place, column in enumerate(columns, 1):
        is_last = place == len(columns) or columns[place].group != column.group
        if is_last and column.group:
            yield column.group, len(IDENTITY_WIDTHS) + first + 1, len(IDENTITY_WIDTHS) + place
        first = place if is_last else first


def _write_pupil(worksheet: Worksheet, row: int, pupil: PupilRow, found: SheetGrid) -> None:
    student = pupil.enrollment.student
    _put(worksheet, row, 1, pupil.number, styles.IDENTITY)
    _put(worksheet, row, 2, pupil_code(student), styles.IDENTITY)
    _put(worksheet, row, 3, student.full_name, styles.NAME)
    cells = found.grid.fields_of(pupil)
    is_writable = found.grid.is_writable(pupil)
    for position, column in enumerate(found.grid.columns, len(IDENTITY_WIDTHS) + 1):
        value = found.grid.value_of(pupil, column.name)
        look = _look(cells.get(column.name), is_writable=is_writable)
        _put(worksheet, row, position, _as_cell(value), look)


def _look(cell: GridCell | None, *, is_writable: bool) -> str:
    if cell is None:
        return styles.NOT_ASKED
    if isinstance(cell, CommentCell):
        return styles.INPUT_TEXT if is_writable else styles.LOCKED_TEXT
    return styles.INPUT if is_writable else styles.LOCKED


def _as_cell(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _put(worksheet: Worksheet, row: int, position: int, value: Any, look: str) -> None:
    cell: Cell = worksheet.cell(row, position)
    cell.style = look
    if isinstance(value, str):
        put_text(cell, value)
    elif value is not None:
        cell.value = value


def put_text(cell: Cell, text: str) -> None:
    """As text, whatever it begins with: no program calculates it, and it is read back as it was.

    The quote prefix keeps it text even when somebody edits it.
    """
    if not text:
        return
    cell.value = LOOKS_ESCAPED.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.quotePrefix = True


def _validate(worksheet: Worksheet, found: SheetGrid, pupils: Iterable[PupilRow]) -> None:
    """Each column's rule over those of its cells that can be typed into."""
    asked = [
        (row, found.grid.fields_of(pupil))
        for row, pupil in enumerate(pupils, HEADER_ROW + 1)
        if found.grid.is_writable(pupil)
    ]
    for position, column in enumerate(found.grid.columns, len(IDENTITY_WIDTHS) + 1):
        cells = {row: fields[column.name] for row, fields in asked if column.name in fields}
        letter = get_column_letter(position)
        first = min(cells, default=0)
        rule = validation_of(cells[first], f"{letter}{first}") if cells else None
        if rule:
            for start, end in _runs(cells):
                rule.add(f"{letter}{start}:{letter}{end}")
            worksheet.add_data_validation(rule)


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring rows as (first, last)."""
    start = end = 0
    for row in rows:
        if start and row != end + 1:
            yield start, end
            start = 0
        start, end = start or row, row
    if start:
        yield start, end


def _set_view(worksheet: Worksheet, *, last_row: int) -> None:
    protection = worksheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False  # widths may be changed
    worksheet.freeze_panes = worksheet.cell(HEADER_ROW + 1, len(IDENTITY_WIDTHS) + 1)
    worksheet.sheet_view.showGridLines = False
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = A4
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.print_title_rows = f"{GROUP_ROW}:{HEADER_ROW}"
    last_column = get_column_letter(worksheet.max_column)
    worksheet.print_area = f"A1:{last_column}{last_row}"
    margins = worksheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.7
    margins.header = margins.footer = 0.3
    worksheet.oddFooter.left.text = worksheet.title
    worksheet.oddFooter.right.text = "&P/&N"


def _write_stamp(worksheet: Worksheet, stamp: Stamp) -> None:
    worksheet.sheet_state = "veryHidden"
    worksheet.protection.sheet = True
    for row, line in enumerate(stamp_lines(stamp), 1):
        for position, value in enumerate(line, 1):
            if isinstance(value, str):
                put_text(worksheet.cell(row, position), value)
            else:
                worksheet.cell(row, position, value)
