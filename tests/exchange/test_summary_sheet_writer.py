"""A summary sheet laid out as a workbook, of a sheet that no database knows."""

import datetime
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assessments.summary_sheets.columns import ColumnKind, Heading, SheetColumn
from assessments.summary_sheets.confirmations import Confirmation, Signatures
from assessments.summary_sheets.rows import SheetCell, SheetRow
from assessments.summary_sheets.sheet import GradeSheet, Legend, SheetState, SummarySheet
from exchange.summary_sheets.writer import STATES, worksheet_title, write_summary_sheet
from rulesets import Period

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


AT = datetime.datetime(2027, 1, 5, 13, 30, tzinfo=datetime.UTC)
COLUMNS = (
    SheetColumn(ColumnKind.NUMBER, (Heading("STT"),)),
    SheetColumn(ColumnKind.NAME, (Heading("Họ và tên"),)),
    SheetColumn(ColumnKind.SCORE, (Heading("Môn học"), Heading("Toán")), "toan"),
    SheetColumn(ColumnKind.LEVEL, (Heading("Môn học"), Heading("Đạo đức")), "dao_duc"),
    SheetColumn(ColumnKind.REMARKS, (Heading("Ghi chú"),)),
)
FIRST = 7  # below a title of four rows and a header of two


def row(number: int = 1, name: str = "Lê Minh Anh", score: int | str = 10) -> SheetRow:
    texts = (number, name, score, "T", "")
    kinds = (column.kind for column in COLUMNS)
    return SheetRow(tuple(SheetCell(kind, text) for kind, text in zip(kinds, texts, strict=True)))


def sheet_of(*rows: SheetRow, **facts: object) -> SummarySheet:
    sheet = SummarySheet(
        school_name="Trường Tiểu học Kim Đồng",
        class_name="4A",
        school_year="2026-2027",
        period=Period.END_TERM_1,
        period_name="Cuối học kỳ I",
        is_multigrade=False,
        state=SheetState.DRAFT,
        grades=(GradeSheet(8, 4, COLUMNS, rows),),
        legends=(Legend("Môn học", (("T", "Hoàn thành tốt"), ("H", "Hoàn thành"))),),
        signatures=Signatures("Buôn Hồ", None, "Trần Thị Ngọc", "Nguyễn Thị Hạnh", "Hiệu trưởng"),
        confirmations=(),
    )
    return replace(sheet, **facts)  # type: ignore[arg-type]


def workbook_of(sheet: SummarySheet) -> Workbook:
    file = io.BytesIO()
    write_summary_sheet(file, sheet)
    return load_workbook(file)


def written(*rows: SheetRow, **facts: object) -> Worksheet:
    [worksheet] = workbook_of(sheet_of(*rows, **facts)).worksheets
    return worksheet


def first_column(worksheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in worksheet["A"] if cell.value is not None]


def test_every_state_has_its_words() -> None:
    assert len({words() for words in STATES.values()}) == len(SheetState)


def test_worksheets_of_a_class_of_several_grades_have_titles_of_their_own() -> None:
    grades = tuple(GradeSheet(8, grade, COLUMNS, ()) for grade in (3, 4, 5))
    workbook = workbook_of(sheet_of(grades=grades, is_multigrade=True))
    assert workbook.sheetnames == [worksheet_title(grade) for grade in grades]
    assert workbook.worksheets[1]["A3"].value == "Lớp 4A, khối 4, Cuối học kỳ I, Năm học 2026-2027"


def test_pupils_begin_below_the_header_and_scroll_under_it() -> None:
    worksheet = written(row(), row(2, "Võ Trí Đức"))
    names = [worksheet.cell(number, 2).value for number in (FIRST, FIRST + 1)]
    assert names == ["Lê Minh Anh", "Võ Trí Đức"]
    assert worksheet.freeze_panes == f"C{FIRST}"
    assert worksheet.print_title_rows == "$5:$6"


@pytest.mark.parametrize(("score", "cell"), [(10, 10), (0, 0), ("", None)])
def test_a_score_of_zero_is_a_score_and_none_is_an_empty_cell(score, cell) -> None:
    assert written(row(score=score)).cell(FIRST, 3).value == cell


def test_shared_headings_are_merged_and_lonely_ones_reach_down() -> None:
    merged = {str(area) for area in written(row()).merged_cells.ranges}
    assert merged == {"A5:A6", "B5:B6", "C5:D5", "E5:E6"}


def test_names_and_remarks_are_wide_and_letters_narrow() -> None:
    widths = written(row()).column_dimensions
    assert widths["B"].width == widths["E"].width > 5 * widths["C"].width
    assert widths["C"].width == widths["D"].width


def test_the_legend_stands_below_the_last_pupil() -> None:
    worksheet = written(row(), row(2))
    assert worksheet.cell(FIRST + 2, 1).value is None
    assert worksheet.cell(FIRST + 3, 1).value == "Môn học: T = Hoàn thành tốt, H = Hoàn thành"


def test_whoever_answers_for_it_stands_below_with_the_time_of_the_school() -> None:
    worksheet = written(row(), confirmations=(Confirmation("Ký duyệt", "Nguyễn Thị Hạnh", AT),))
    [line] = [text for text in first_column(worksheet) if text.startswith("Ký duyệt")]
    assert line.startswith("Ký duyệt: Nguyễn Thị Hạnh, 20:30")


@pytest.mark.parametrize(
    ("signed_on", "day"), [(None, "…/…/……"), (datetime.date(2027, 1, 5), "05/01/2027")]
)
def test_before_the_signature_the_day_is_left_open(signed_on, day) -> None:
    signatures = replace(sheet_of().signatures, signed_on=signed_on)
    worksheet = written(row(), signatures=signatures)
    assert f"Buôn Hồ, {day}" in [cell.value for cell in worksheet["C"]]


def test_the_print_area_holds_the_signatures() -> None:
    worksheet = written(row())
    assert str(worksheet.print_area).endswith(f"$E${worksheet.max_row}")
    last = [cell.value for cell in worksheet[worksheet.max_row]]
    assert {"Nguyễn Thị Hạnh", "Trần Thị Ngọc"} <= {*last}


@given(name=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_a_name_is_text_whatever_it_is(name: str) -> None:
    cell = written(row(name=name)).cell(FIRST, 2)
    assert cell.data_type == "s"
    assert cell.quotePrefix
