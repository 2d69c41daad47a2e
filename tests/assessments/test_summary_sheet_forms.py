"""Each of the nine forms, cell by cell, against the grid that the circular's guide gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.summary_sheets.columns import ColumnKind, Heading, SheetColumn
from assessments.summary_sheets.header import HeaderRow, header_rows
from assessments.summary_sheets.sheet import GradeSheet
from rulesets import Period
from tests import factories
from tests.assessments.summaries import (
    class_of_grade,
    columns_and_cells,
    enter_everything,
    only_grade,
    sheet_of,
)
from tests.assessments.summary_grids import form
from tests.cast import Cast
from tests.reportcards.year_ends import decide_year

MID, TERM, YEAR = Period.MID_TERM_1, Period.END_TERM_1, Period.END_YEAR


def grade_sheet(cast: Cast, grade_level: int, period: str) -> GradeSheet:
    """One pupil with everything, who is well through her year and rewarded."""
    school_class = class_of_grade(cast, grade_level)
    pupil = factories.enroll(factories.make_student("Nông Thị Mây"), school_class)
    enter_everything(pupil, period, cast.ngoc.user)
    decide_year(pupil, by=cast.ngoc.user, reward="Giấy khen", reward_title="excellent_pupil")
    return only_grade(sheet_of(school_class, period))


@pytest.mark.parametrize(
    ("number", "grade_level", "period"),
    [
        (1, 1, MID),
        (1, 2, Period.MID_TERM_2),
        (2, 1, TERM),
        (2, 2, TERM),
        (3, 1, YEAR),
        (3, 2, YEAR),
        (4, 3, MID),
        (4, 3, Period.MID_TERM_2),
        (5, 3, TERM),
        (6, 3, YEAR),
        (7, 4, MID),
        (7, 5, Period.MID_TERM_2),
        (8, 4, TERM),
        (8, 5, TERM),
        (9, 4, YEAR),
        (9, 5, YEAR),
    ],
)
def test_a_form_has_its_columns_and_the_pupil_her_cells(cast, number, grade_level, period):
    """[U] in the details that tests/assessments/summary_grids.py names."""
    grade = grade_sheet(cast, grade_level, period)
    assert grade.form_number == number
    assert columns_and_cells(grade) == form(number)


def spans(row: HeaderRow) -> list[tuple[str, int, int]]:
    return [(cell.label, cell.columns, cell.rows) for cell in row]


def test_the_header_of_a_form_with_levels_alone_has_three_rows(cast):
    first, second, third = grade_sheet(cast, 1, MID).header
    assert spans(first) == [
        ("STT", 1, 3),
        ("Họ và tên", 1, 3),
        ("Môn học và hoạt động giáo dục", 8, 1),
        ("Phẩm chất chủ yếu", 5, 1),
        ("Năng lực cốt lõi", 8, 1),
        ("Ghi chú", 1, 3),
    ]
    assert spans(second)[:2] == [("Tiếng Việt", 1, 2), ("Toán", 1, 2)]
    assert spans(second)[8] == ("Yêu nước", 1, 2)
    assert spans(second)[-2:] == [("Năng lực chung", 3, 1), ("Năng lực đặc thù", 5, 1)]
    assert [cell.label for cell in third][:3] == [
        "Tự chủ và tự học",
        "Giao tiếp và hợp tác",
        "Giải quyết vấn đề và sáng tạo",
    ]


def test_a_tested_subject_stands_over_level_and_score(cast):
    first, second, third, fourth = grade_sheet(cast, 4, YEAR).header
    assert spans(first) == [
        ("STT", 1, 4),
        ("Họ và tên", 1, 4),
        ("Môn học và hoạt động giáo dục", 19, 1),
        ("Phẩm chất chủ yếu", 5, 1),
        ("Năng lực cốt lõi", 10, 1),
        ("Đánh giá kết quả giáo dục", 4, 1),
        ("Khen thưởng", 1, 4),
        ("Chưa được lên lớp", 1, 4),
        ("Ghi chú", 1, 4),
    ]
    assert spans(second)[0] == ("Tiếng Việt", 2, 2)
    assert spans(second)[7] == ("Đạo đức", 1, 2)
    assert spans(second)[-4:] == [(name, 1, 3) for name in ("HTXS", "HTT", "HT", "CHT")]
    assert spans(third)[:2] == [("Tự chủ và tự học", 1, 2), ("Giao tiếp và hợp tác", 1, 2)]
    assert spans(fourth)[:3] == [
        ("Mức đạt được", 1, 1),
        ("Điểm KTĐK", 1, 1),
        ("Mức đạt được", 1, 1),
    ]


def test_headings_of_narrow_columns_are_turned(cast):
    cells = [cell for row in grade_sheet(cast, 4, TERM).header for cell in row]
    straight = {cell.label for cell in cells if not cell.is_turned}
    assert {"Họ và tên", "Ghi chú", "Tiếng Việt", "Năng lực chung"} <= straight
    assert not {"Đạo đức", "Mức đạt được", "Yêu nước", "STT"} & straight


headings = st.lists(
    st.builds(Heading, st.sampled_from("ABC"), st.integers(1, 2)), min_size=1, max_size=4
)


@given(st.lists(headings, min_size=1, max_size=8))
def test_a_header_covers_every_place_once(paths):
    columns = [SheetColumn(ColumnKind.LEVEL, tuple(path)) for path in paths]
    rows = header_rows(columns)
    covered = [
        (row_number + down, cell.column + right)
        for row_number, row in enumerate(rows)
        for cell in row
        for down in range(cell.rows)
        for right in range(cell.columns)
    ]
    assert sorted(covered) == [
        (row, place) for row in range(len(rows)) for place in range(len(columns))
    ]


def test_a_sheet_without_columns_has_no_header():
    assert header_rows([]) == ()
