"""The readiness of a class and of a school where it is not the plain end of a term."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from assessments import actions
from assessments.class_readiness import ClassReadiness, class_readiness
from assessments.links import class_period_url
from assessments.merge import Edit, RowEdit
from assessments.progress import progress_of
from assessments.reading import classes_in_order
from assessments.school_readiness import GradePicture, finding, school_pictures
from rulesets import Period
from schools.models import SchoolClass
from tests import factories
from tests.assessments import states
from tests.assessments.pages import save_cells
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1
MAY = datetime.datetime(2027, 5, 20, 13, tzinfo=datetime.UTC)


@pytest.fixture
def may(cast: Cast) -> Iterator[Cast]:
    with time_machine.travel(MAY, tick=False):
        yield cast


def readiness(cast: Cast, period: str = END_TERM_1) -> ClassReadiness:
    return class_readiness(cast.school_class, period, cast.ngoc)


def progress(cast: Cast, period: str = END_TERM_1):
    classes = classes_in_order(cast.school_year)
    return progress_of(classes, school_year=cast.school_year, period=period)


def pictures(cast: Cast, period: str = END_TERM_1) -> list[GradePicture]:
    return school_pictures(progress(cast, period), period)


def second_class(cast: Cast, name: str = "4B", grades: tuple[int, ...] = (4,)) -> SchoolClass:
    second = factories.make_class(cast.school_year, name, grades)
    for grade_level in grades:
        pupil = factories.make_student(f"Phan Gia Bảo {grade_level}")
        factories.enroll(pupil, second, grade_level=grade_level)
    return second


# One class


def test_a_year_without_results_is_one_link(may: Cast) -> None:
    labels = [column.label for column in readiness(may, Period.END_YEAR).untouched]
    assert labels[-1] == "Kết quả năm học"


def test_a_year_confirmed_before_a_correction_is_lacking_again(may: Cast) -> None:
    states.filled(may, Period.END_YEAR)
    save_cells(may, may.anh, period=Period.END_YEAR, score=(9, 4))
    [column] = readiness(may, Period.END_YEAR).columns
    assert (column.label, column.pupils) == ("Kết quả năm học", 1)


def test_a_lacking_year_leads_to_the_pupils_row(may: Cast) -> None:
    states.filled(may, Period.END_YEAR)
    save_cells(may, may.anh, period=Period.END_YEAR, score=(9, 4))
    [row] = readiness(may, Period.END_YEAR).rows
    assert row.cells[0].url.endswith(f"#row-{may.anh.pk}")


def test_a_middle_of_term_asks_for_no_attendance(cast: Cast) -> None:
    labels = [column.label for column in readiness(cast, Period.MID_TERM_1).untouched]
    assert labels[-1] == "Phẩm chất, năng lực"


def test_the_only_pupil_of_a_class_is_a_row(cast: Cast) -> None:
    page = class_readiness(second_class(cast), END_TERM_1, cast.hanh)
    assert [row.name for row in page.rows] == ["Phan Gia Bảo 4"]


def test_the_only_pupil_of_a_class_has_a_cell_for_each_gap(cast: Cast) -> None:
    page = class_readiness(second_class(cast), END_TERM_1, cast.hanh)
    assert page.gaps == len([cell for cell in page.rows[0].cells if cell])


def test_what_one_grade_alone_owes_is_a_row_of_its_pupil(cast: Cast) -> None:
    page = class_readiness(second_class(cast, "Ghép 2-3", (2, 3)), END_TERM_1, cast.hanh)
    assert [row.name for row in page.rows] == ["Phan Gia Bảo 3"]


def test_what_both_grades_owe_is_one_link(cast: Cast) -> None:
    page = class_readiness(second_class(cast, "Ghép 2-3", (2, 3)), END_TERM_1, cast.hanh)
    assert "Tiếng Việt" in [column.label for column in page.untouched]


def test_pupils_who_lack_something_stand_in_roll_order(cast: Cast) -> None:
    save_cells(cast, cast.duc, level=("", "T"), score=(None, 9))
    assert [row.name for row in readiness(cast).rows] == ["Lê Minh Anh", "H'Hen Niê"]


def test_while_a_whole_column_is_missing_nobody_is_complete(cast: Cast) -> None:
    assert readiness(cast).lead == "Cuối học kỳ I · 0 trong 3 em đã đủ"


def test_those_who_lack_nothing_are_counted_as_complete(cast: Cast) -> None:
    states.filled(cast)
    save_cells(cast, cast.anh, level=("T", ""))
    assert readiness(cast).lead == "Cuối học kỳ I · 2 trong 3 em đã đủ"


def test_a_missing_trait_has_the_traits_name(cast: Cast) -> None:
    states.filled(cast)
    clear_trait(cast)
    assert [column.label for column in readiness(cast).columns] == ["Nhân ái"]


def test_a_missing_field_has_its_name_with_a_capital(cast: Cast) -> None:
    states.filled(cast)
    edits = {"homeroom_comment": Edit("Em chăm học và lễ phép.", "")}
    actions.save_period_records(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[RowEdit(cast.anh.pk, edits)],
        by=cast.ngoc,
    )
    [column] = readiness(cast).columns
    assert column.label[0].isupper()


def test_the_page_knows_its_class_page(cast: Cast) -> None:
    assert readiness(cast).url == class_period_url(cast.school_class, END_TERM_1)


# The school


def clear_trait(cast: Cast) -> None:
    actions.save_trait_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[RowEdit(cast.anh.pk, {"nhan_ai": Edit("T", "")})],
        by=cast.ngoc,
    )


def test_the_finding_names_the_traits(cast: Cast) -> None:
    states.filled(cast)
    clear_trait(cast)
    assert finding(progress(cast)) == "Còn 1 lớp chưa đủ: Phẩm chất, năng lực"


def test_the_finding_waits_for_a_retest(cast: Cast) -> None:
    states.agreed_retest(cast)
    assert finding(progress(cast)) == "Còn 1 lớp chưa đủ: Toán"


def test_what_two_classes_lack_comes_before_what_one_lacks(cast: Cast) -> None:
    states.filled(cast)
    save_cells(cast, cast.anh, level=("T", ""))
    second_class(cast)
    assert finding(progress(cast)) == "Còn 2 lớp chưa đủ mức đạt được môn Toán"


def test_a_grade_says_how_many_of_its_classes_lack_something(cast: Cast) -> None:
    states.filled(cast)
    second_class(cast)
    [picture] = pictures(cast)
    assert picture.finding == "Khối 4: còn 1 lớp chưa đủ"


def test_the_parts_stand_in_form_order_with_the_year_last(may: Cast) -> None:
    [picture] = pictures(may, Period.END_YEAR)
    labels = [row.label for row in picture.rows]
    assert labels[:2] + labels[-3:] == [
        "Tiếng Việt",
        "Toán",
        "Phẩm chất, năng lực",
        "Phần chủ nhiệm",
        "Kết quả năm học",
    ]


def test_a_subject_that_one_class_does_not_take_leaves_its_place_empty(cast: Cast) -> None:
    actions.set_class_subjects(
        school_class=second_class(cast),
        optional=frozenset({(4, "tieng_dan_toc")}),
        language_names={},
        by=cast.tam,
    )
    [picture] = pictures(cast)
    drawn = [[cell is not None for cell in row.cells] for row in picture.rows]
    assert drawn.count([False, True]) == 1


def test_a_class_without_pupils_is_a_head_over_nothing(cast: Cast) -> None:
    factories.make_class(cast.school_year, "1A", (1,))
    picture = pictures(cast)[0]
    assert ([head.school_class.name for head in picture.heads], picture.rows) == (["1A"], [])


def test_each_head_leads_to_its_class(cast: Cast) -> None:
    [head] = pictures(cast)[0].heads
    assert head.url == class_period_url(cast.school_class, END_TERM_1)


def test_a_class_of_several_grades_stands_with_its_lowest(cast: Cast) -> None:
    second_class(cast, "Ghép 2-3", (2, 3))
    assert [picture.label for picture in pictures(cast)] == ["Khối 2", "Khối 4"]
