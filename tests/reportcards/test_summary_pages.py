"""The pages of a summary sheet on paper, and that the stylesheet knows how they are set."""

import datetime
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from assessments.summary_sheets.columns import ColumnKind, Heading, SheetColumn
from assessments.summary_sheets.confirmations import Confirmation, Signatures
from assessments.summary_sheets.rows import SheetCell, SheetRow
from assessments.summary_sheets.sheet import GradeSheet, SheetState, SummarySheet
from reportcards.summary_sheets.paper import (
    COMFORTABLE,
    DENSITIES,
    HEADERS,
    HEIGHT,
    LEGEND,
    MARKS,
    NARROW_COLUMNS,
    SIGNATURES,
    TITLE,
    GradePage,
    Room,
    sheet_paper,
)
from rulesets import Period, get_ruleset

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


CSS = Path(settings.BASE_DIR, "static/css/documents/summary_sheet.css").read_text()
TT27 = get_ruleset("tt27")
AT = datetime.datetime(2027, 1, 5, 20, tzinfo=datetime.UTC)
UNSIGNED = Signatures("Buôn Hồ", None, "Trần Thị Ngọc", "Nguyễn Thị Hạnh", "Hiệu trưởng")


def grade_of(grade_level: int = 4, *, pupils: int = 1) -> GradeSheet:
    """With a name, a letter and remarks."""
    columns = (
        SheetColumn(ColumnKind.NUMBER, (Heading("STT"),)),
        SheetColumn(ColumnKind.NAME, (Heading("Họ và tên"),)),
        SheetColumn(ColumnKind.LEVEL, (Heading("Môn", rows=2), Heading("Toán")), "toan"),
        SheetColumn(ColumnKind.REMARKS, (Heading("Ghi chú"),)),
    )
    row = SheetRow(
        (
            SheetCell(ColumnKind.NUMBER, 1),
            SheetCell(ColumnKind.NAME, "Lê Minh Anh"),
            SheetCell(ColumnKind.LEVEL, "T"),
            SheetCell(ColumnKind.REMARKS, ""),
        )
    )
    return GradeSheet(8, grade_level, columns, (row,) * pupils)


def sheet_of(*grades: GradeSheet, **facts: object) -> SummarySheet:
    sheet = SummarySheet(
        school_name="Trường Tiểu học Kim Đồng",
        class_name="4A",
        school_year="2026-2027",
        period=Period.END_TERM_1,
        period_name="Cuối học kỳ I",
        is_multigrade=len(grades) > 1,
        state=SheetState.SIGNED_OFF,
        grades=grades,
        legends=(),
        signatures=UNSIGNED,
        confirmations=(),
    )
    return replace(sheet, **facts)  # type: ignore[arg-type]


def height_in_css(selector: str) -> float:
    [found] = re.findall(rf"^\.{selector} td {{ height: ([\d.]+)mm; }}", CSS, re.MULTILINE)
    return float(found)


# The stylesheet


@pytest.mark.parametrize("density", DENSITIES, ids=lambda density: density.name)
def test_each_density_is_set_in_the_stylesheet(density) -> None:
    assert f".{density.name} {{ " in CSS
    assert f"line-height: {density.line}mm" in CSS


@pytest.mark.parametrize("density", DENSITIES, ids=lambda density: density.name)
def test_a_row_is_reckoned_with_its_rule(density) -> None:
    """Its height in the stylesheet is that between its rules."""
    assert density.row - height_in_css(density.name) == pytest.approx(0.18)


@pytest.mark.parametrize("width", NARROW_COLUMNS)
def test_each_width_of_a_narrow_column_is_set_in_the_stylesheet(width: float) -> None:
    page = GradePage(grade_of(), COMFORTABLE, width)
    assert f".{page.narrow_class} {{ width: {width:g}mm; }}" in CSS


def test_the_densities_stand_from_the_widest_to_the_narrowest() -> None:
    rows = [density.row for density in DENSITIES]
    lines = [density.line for density in DENSITIES]
    assert rows == sorted(rows, reverse=True)
    assert lines == sorted(lines, reverse=True)


# Columns


def test_each_column_has_the_class_of_its_kind() -> None:
    page = GradePage(grade_of(), COMFORTABLE, 5.5)
    assert page.col_classes == ["w-number", "w-name", "narrow-55", "w-remarks"]


def test_the_depth_of_a_page_is_that_of_its_header() -> None:
    assert GradePage(grade_of(), COMFORTABLE, 5.5).depth == 3


@pytest.mark.parametrize("depth", [3, 4])
def test_every_depth_of_the_regulations_forms_is_reckoned_with(depth: int) -> None:
    assert HEADERS[depth] + TITLE + LEGEND + SIGNATURES < HEIGHT


# Pages


@pytest.mark.parametrize("state", SheetState)
def test_everything_that_is_not_final_has_a_mark_across_it(state: SheetState) -> None:
    assert bool(sheet_paper(sheet_of(grade_of(), state=state)).words_across) is (
        state != SheetState.SIGNED_OFF
    )


def test_no_two_states_have_the_same_mark() -> None:
    assert len(set(MARKS.values())) == len(SheetState)


def test_each_grade_with_pupils_has_a_page() -> None:
    paper = sheet_paper(sheet_of(grade_of(3), grade_of(4, pupils=0), grade_of(5)))
    assert [page.grade.grade_level for page in paper.pages] == [3, 5]


def test_without_any_pupil_the_first_grades_form_is_printed() -> None:
    paper = sheet_paper(sheet_of(grade_of(3, pupils=0), grade_of(4, pupils=0)))
    assert [page.grade.grade_level for page in paper.pages] == [3]


def test_a_class_without_a_form_has_no_page() -> None:
    assert sheet_paper(sheet_of()).pages == ()


def test_the_forms_label_says_already_that_it_is_a_school() -> None:
    assert sheet_paper(sheet_of(grade_of())).school_name == "Tiểu học Kim Đồng"


@pytest.mark.parametrize(
    ("position", "capacity"),
    [
        ("Hiệu trưởng", ()),
        ("", ()),
        ("Phó hiệu trưởng", ("KT. Hiệu trưởng", "Phó hiệu trưởng")),
        ("Quyền hiệu trưởng", ("Quyền hiệu trưởng",)),
    ],
)
def test_whoever_signs_in_the_principals_place_says_so(position, capacity) -> None:
    signatures = replace(UNSIGNED, leader_position=position)
    assert sheet_paper(sheet_of(grade_of(), signatures=signatures)).capacity == capacity


def test_many_confirmations_may_set_the_rows_closer() -> None:
    confirmations = (Confirmation("Xác nhận", "Trần Thị Ngọc", AT),) * 20
    [few] = sheet_paper(sheet_of(grade_of(pupils=15))).pages
    [many] = sheet_paper(sheet_of(grade_of(pupils=15), confirmations=confirmations)).pages
    assert many.density.row < few.density.row


def test_confirmations_that_fit_beside_the_signatures_take_no_room() -> None:
    confirmations = (Confirmation("Ký duyệt", "Nguyễn Thị Hạnh", AT),) * 7
    [without] = sheet_paper(sheet_of(grade_of(pupils=15))).pages
    [with_them] = sheet_paper(sheet_of(grade_of(pupils=15), confirmations=confirmations)).pages
    assert with_them.density is without.density


@given(rows=st.floats(0, 500), page=st.floats(60, 200), foot=st.floats(10, 60))
def test_what_a_sheet_holds_fits_on_its_pages_and_not_on_one_less(
    rows: float, page: float, foot: float
) -> None:
    needed = rows + TITLE + foot
    pages = Room(page, foot).pages_for(rows)
    assert (pages - 1) * page < needed <= pages * page + 1e-9
