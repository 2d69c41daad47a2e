"""Statistics as a workbook, laid out as the mid-year and year-end reports (EQMS) ask: a worksheet
for each table, a row for each grade and one for the school, the cuts under each value."""

from collections.abc import Iterator, Sequence
from typing import IO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assessments.statistics.cube import Cube
from assessments.statistics.cuts import Cut, cut_name
from assessments.statistics.lines import By, Line, by_name, lines_of
from assessments.statistics.measures import Topic
from assessments.statistics.page import moment_name
from assessments.statistics.school import Statistics
from exchange.class_sheets import styles
from exchange.class_sheets.layout import distinct_titles
from exchange.class_sheets.writer import A4, put_text

TITLE_ROW, NOTE_ROW, VALUE_ROW, CUT_ROW = 1, 2, 3, 4
LABEL_WIDTH, COUNT_WIDTH, HEADER_HEIGHT = 16, 9, 48
TOTAL = ""

Column = tuple[str, Cut]
"""A value's code, or TOTAL, and a cut."""


def write_statistics(target: IO[bytes], statistics: Statistics) -> None:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    styles.add_styles(workbook)
    tables = [(_("Học sinh"), statistics.pupils), *_tables(statistics)]
    titles = distinct_titles(name for name, _cube in tables)
    for title, (_name, cube) in zip(titles, tables, strict=True):
        _write_table(workbook.create_sheet(title), cube, statistics)
    workbook.properties.creator = "hocba"
    workbook.save(target)


def _tables(statistics: Statistics) -> Iterator[tuple[str, Cube]]:
    kinds = {
        Topic.SUBJECTS: _("Mức %(title)s"),
        Topic.SCORES: _("Điểm %(title)s"),
        Topic.TRAITS: _("PC-NL %(title)s"),
        Topic.YEAR: "%(title)s",
    }
    for topic, cubes in statistics.cubes.items():
        for cube in cubes:
            yield kinds[topic] % {"title": _short(cube.measure.title)}, cube


def _short(title: str) -> str:
    """ "Nghệ thuật (Âm nhạc)" fits on a tab as "Âm nhạc"."""
    return title.partition("(")[2].rstrip(")") or title


def _write_table(worksheet: Worksheet, cube: Cube, statistics: Statistics) -> None:
    columns = [(value, cut) for value in _values(cube, statistics) for cut in statistics.cuts]
    _write_head(worksheet, cube, statistics, columns)
    lines = lines_of(statistics, By.GRADE, Cut.ALL)
    shown = [line for line in lines if cube.has_any(line.unit)]
    for row, line in enumerate(shown, CUT_ROW + 1):
        _put(worksheet.cell(row, 1), line.label, styles.NAME)
        for position, column in enumerate(columns, 2):
            _put(worksheet.cell(row, position), _counted(cube, line, column), styles.COUNT)
    _set_view(worksheet)


def _values(cube: Cube, statistics: Statistics) -> list[str]:
    """The pupils alone have no values."""
    if cube is statistics.pupils:
        return [TOTAL]
    return [TOTAL, *(value.code for value in cube.measure.values)]


def _counted(cube: Cube, line: Line, column: Column) -> int | str:
    value, cut = column
    n = cube.count(line.unit, value, cut) if value else cube.total(line.unit, cut)
    return _("ẩn") if n is None else n


def _write_head(
    worksheet: Worksheet, cube: Cube, statistics: Statistics, columns: Sequence[Column]
) -> None:
    school = statistics.school_year.school.name
    moment = moment_name(statistics.school_year, statistics.period)
    _put(worksheet.cell(TITLE_ROW, 1), f"{cube.measure.title} – {moment}", styles.TITLE)
    _put(worksheet.cell(NOTE_ROW, 1), f"{school}. {_note(statistics)}", styles.TITLE)
    _put(worksheet.cell(VALUE_ROW, 1), by_name(By.GRADE), styles.HEADER)
    worksheet.merge_cells(start_row=VALUE_ROW, end_row=CUT_ROW, start_column=1, end_column=1)
    worksheet.column_dimensions["A"].width = LABEL_WIDTH
    names = {value.code: value.label for value in cube.measure.values} | {TOTAL: _("Cộng")}
    span = len(statistics.cuts)
    for position, (value, cut) in enumerate(columns, 2):
        _put(worksheet.cell(VALUE_ROW, position), names[value], styles.HEADER)
        _put(worksheet.cell(CUT_ROW, position), cut_name(cut), styles.HEADER)
        worksheet.column_dimensions[get_column_letter(position)].width = COUNT_WIDTH
    for first in range(2, len(columns) + 2, span):
        worksheet.merge_cells(
            start_row=VALUE_ROW, end_row=VALUE_ROW, start_column=first, end_column=first + span - 1
        )
    worksheet.row_dimensions[CUT_ROW].height = HEADER_HEIGHT


def _note(statistics: Statistics) -> str:
    words = {"signed": statistics.signed_off, "classes": len(statistics.classes)}
    sentences = [_("Đã ký duyệt %(signed)s/%(classes)s lớp.") % words]
    if not statistics.shows_all:
        sentences.append(_("Số dưới 5 em được ẩn."))
    elif statistics.roll.without_ethnicity:
        words = {"n": statistics.roll.without_ethnicity}
        sentences.append(_("%(n)s em chưa ghi dân tộc, không tính là dân tộc thiểu số.") % words)
    return " ".join(sentences)


def _put(cell: Cell, content: int | str, look: str) -> None:
    cell.style = look
    if isinstance(content, str):
        put_text(cell, content)
    else:
        cell.value = content


def _set_view(worksheet: Worksheet) -> None:
    worksheet.freeze_panes = worksheet.cell(CUT_ROW + 1, 2)
    worksheet.sheet_view.showGridLines = False
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = A4
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
