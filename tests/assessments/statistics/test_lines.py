"""The rows of a picture: grades, classes or cuts, always in their order and never ranked."""

from assessments.statistics.cuts import SCHOOL, Cut, Unit
from assessments.statistics.lines import By, Line, by_name, lines_of
from assessments.statistics.school import Statistics, statistics_of
from tests import factories
from tests.assessments.statistics.results import END_TERM_1, enter, pupil
from tests.cast import Cast


def counts_of(cast: Cast, *, shows_all: bool = True) -> Statistics:
    return statistics_of(cast.school_year, END_TERM_1, [], shows_all=shows_all)


def labels(lines: list[Line]) -> list[str]:
    return [line.label for line in lines]


def test_grades_stand_in_order_and_the_school_last(cast: Cast) -> None:
    pupil(factories.make_class(cast.school_year, "2A", (2,)))
    assert lines_of(counts_of(cast), By.GRADE, Cut.GIRLS) == [
        Line("Khối 2", Unit(2), Cut.GIRLS),
        Line("Khối 4", Unit(4), Cut.GIRLS),
        Line("Toàn trường", SCHOOL, Cut.GIRLS),
    ]


def test_classes_stand_by_grade_and_name_whatever_they_reached(cast: Cast) -> None:
    best, first = (factories.make_class(cast.school_year, name, (4,)) for name in ("4C", "4B"))
    enter(cast, pupil(best), "T")
    enter(cast, pupil(first), "C")
    enter(cast, pupil(factories.make_class(cast.school_year, "1A", (1,))), "H")
    found = labels(lines_of(counts_of(cast), By.CLASS, Cut.ALL))
    assert found == ["Lớp 1A", "Lớp 4A", "Lớp 4B", "Lớp 4C"]


def test_a_multigrade_class_has_a_line_in_each_of_its_grades(cast: Cast) -> None:
    mixed = factories.make_class(cast.school_year, "4+5", (4, 5))
    pupil(mixed, grade_level=5)
    found = lines_of(counts_of(cast), By.CLASS, Cut.ALL)
    assert labels(found) == ["Lớp 4A", "Lớp 4+5, khối 4", "Lớp 4+5, khối 5"]
    assert found[-1].unit == Unit(5, mixed.pk)


def test_cuts_are_lines_of_the_whole_school(cast: Cast) -> None:
    lines = lines_of(counts_of(cast), By.CUT, Cut.ALL)
    assert [line.cut for line in lines] == list(Cut)
    assert {line.unit for line in lines} == {SCHOOL}


def test_origin_and_disability_are_no_lines_for_others(cast: Cast) -> None:
    lines = lines_of(counts_of(cast, shows_all=False), By.CUT, Cut.ALL)
    assert labels(lines) == ["Tổng số", "Nữ"]


def test_every_kind_of_line_has_a_name() -> None:
    assert [by_name(by) for by in By] == ["Khối", "Lớp", "Đối tượng"]
