"""What whoever may not see the pupils is shown: no few pupils, and nothing to find them by."""

import pytest
from hypothesis import given, settings

from assessments.statistics.cuts import SCHOOL, Cut, Unit
from assessments.statistics.measures import Absent
from assessments.statistics.suppression import (
    SHOWN_CUTS,
    SMALLEST_SHOWN,
    coarsened,
    is_small,
    without_small_cells,
)
from tests.assessments.statistics.populations import (
    MATHS,
    SCORES,
    Pupil,
    boys,
    counted,
    girls,
    grades_of_pupils,
    pupils_of,
)
from tests.assessments.statistics.solving import Attacker


def grades_in(pupils: list[Pupil]) -> list[int]:
    return sorted({pupil.alike.grade_level for pupil in pupils})


def places(pupils: list[Pupil]) -> list[tuple[Unit, str]]:
    units = [SCHOOL, *(Unit(grade) for grade in grades_in(pupils))]
    codes = [value.code for value in coarsened(counted(pupils)).measure.values]
    return [(unit, code) for unit in units for code in codes]


@given(grades_of_pupils())
def test_no_small_number_is_shown(pupils: list[Pupil]) -> None:
    shown = without_small_cells(counted(pupils))
    for n in [*shown.counts.values(), *shown.totals.values()]:
        assert n is None or n == 0 or n >= SMALLEST_SHOWN


@given(grades_of_pupils())
def test_no_number_that_is_shown_is_changed(pupils: list[Pupil]) -> None:
    """Hiding is not lying."""
    true, shown = coarsened(counted(pupils)), without_small_cells(counted(pupils))
    for cell, n in shown.counts.items():
        assert n is None or n == true.counts[cell]
    for key, n in shown.totals.items():
        assert n is None or n == true.totals[key]


@settings(max_examples=400)
@given(grades_of_pupils())
def test_no_hidden_number_can_be_solved_for(pupils: list[Pupil]) -> None:
    """Neither along rows and columns nor by any combination of them."""
    shown = without_small_cells(counted(pupils))
    attacker = Attacker(shown, grades_in(pupils))
    for unit, code in places(pupils):
        for cut in SHOWN_CUTS:
            if shown.count(unit, code, cut) is None:
                assert not attacker.knows(unit, code, cut)


@given(grades_of_pupils())
def test_a_few_boys_cannot_be_found_as_pupils_less_girls(pupils: list[Pupil]) -> None:
    true, shown = coarsened(counted(pupils)), without_small_cells(counted(pupils))
    attacker = Attacker(shown, grades_in(pupils))
    for unit, code in places(pupils):
        n = (true.count(unit, code) or 0) - (true.count(unit, code, Cut.GIRLS) or 0)
        if is_small(n):
            assert not attacker.knows_boys(unit, code)


@given(grades_of_pupils())
def test_where_everything_is_large_everything_is_shown(pupils: list[Pupil]) -> None:
    many = [pupil for pupil in pupils for _ in range(SMALLEST_SHOWN)]
    shown = without_small_cells(counted(many))
    assert None not in shown.counts.values()
    assert shown.counts == coarsened(counted(many)).counts


@given(pupils_of(MATHS))
def test_neither_class_nor_origin_nor_disability_is_shown(pupils: list[Pupil]) -> None:
    shown = without_small_cells(counted(pupils))
    keys = [*((unit, cut) for unit, _code, cut in shown.counts), *shown.totals]
    assert not [unit for unit, _cut in keys if unit.class_id]
    assert {cut for _unit, cut in keys} <= {Cut.ALL, Cut.GIRLS}


def two_grades(*, worst: int) -> list[Pupil]:
    return [
        *girls(1, T=20, H=10, C=worst),
        *boys(1, T=20, H=10, C=0),
        *girls(2, T=20, H=10, C=9),
        *boys(2, T=20, H=10, C=9),
    ]


def test_the_value_that_is_small_in_one_grade_is_hidden_in_all_and_another_with_it() -> None:
    shown = without_small_cells(counted(two_grades(worst=2)))
    for grade in (Unit(1), Unit(2)):
        assert shown.count(grade, "C") is None
        assert shown.count(grade, "H") is None
        assert shown.count(grade, "T") == 40


def test_the_school_is_shown_when_its_own_numbers_are_large() -> None:
    shown = without_small_cells(counted(two_grades(worst=2)))
    assert [shown.count(SCHOOL, code) for code in "THC"] == [80, 40, 20]


def test_the_school_is_hidden_where_it_has_few_itself() -> None:
    pupils = [*girls(1, T=20, H=10, C=2), *boys(1, T=20, H=10), *girls(2, T=9), *boys(2, T=9)]
    shown = without_small_cells(counted(pupils))
    assert [shown.count(SCHOOL, code) for code in "THC"] == [58, None, None]


def test_of_a_single_grade_the_school_says_no_more_than_the_grade() -> None:
    pupils = [*girls(1, T=20, H=8, C=2), *boys(1, T=20, H=8, C=8)]
    shown = without_small_cells(counted(pupils))
    assert [shown.count(SCHOOL, code) for code in "THC"] == [40, None, None]


def test_the_school_is_hidden_where_the_girls_share_one_value_only() -> None:
    """Her grade's total and the others would say how many girls it is."""
    pupils = [
        *girls(1, T=20, C=3),
        *boys(1, T=20, H=9, C=5),
        *girls(2, T=20, C=3),
        *boys(2, T=20, H=9, C=5),
    ]
    shown = without_small_cells(counted(pupils))
    assert [shown.count(SCHOOL, code) for code in "THC"] == [80, None, None]


def test_the_school_is_hidden_where_the_girls_are_of_one_grade_only() -> None:
    pupils = [
        *girls(1, T=20, H=9, C=9),
        *boys(1, T=20, H=9, C=4),
        *girls(2, T=20),
        *boys(2, T=20, H=9, C=4),
    ]
    shown = without_small_cells(counted(pupils))
    assert [shown.count(SCHOOL, code) for code in "THC"] == [80, None, None]


def test_the_other_value_that_is_hidden_has_the_fewest_pupils() -> None:
    pupils = [*girls(1, T=10, H=30, C=2), *boys(1, T=10, H=30), *girls(2, T=9), *boys(2, T=9)]
    shown = without_small_cells(counted(pupils))
    assert shown.count(SCHOOL, "T") is None
    assert shown.count(SCHOOL, "H") == 60


def test_without_pupils_of_another_level_who_have_none_is_hidden_with_it() -> None:
    one_level = [*girls(1, C=2, not_entered=20), *boys(1, not_entered=20)]
    shown = without_small_cells(counted(one_level))
    assert shown.count(SCHOOL, "C") is None
    assert sum(n is None for (unit, _v, cut), n in shown.counts.items() if cut == Cut.ALL) >= 2


def test_a_grade_of_a_few_girls_takes_the_grades_away() -> None:
    pupils = [*girls(1, T=3), *boys(1, T=20), *girls(2, T=20), *boys(2, T=20)]
    shown = without_small_cells(counted(pupils))
    assert not shown.has_any(Unit(1))
    assert not shown.has_any(Unit(2))
    assert shown.total(SCHOOL) == 63


def test_a_school_of_a_few_pupils_shows_nothing() -> None:
    shown = without_small_cells(counted([*girls(1, T=3), *boys(2, T=20)]))
    assert set(shown.counts.values()) == {None}
    assert set(shown.totals.values()) == {None}


def test_nobody_at_all_is_no_secret() -> None:
    assert without_small_cells(counted([])).total(SCHOOL) == 0


def test_zeros_are_shown() -> None:
    shown = without_small_cells(counted([*girls(1, T=9, H=9), *boys(1, T=9, H=9)]))
    assert shown.count(Unit(1), "C") == 0


def test_scores_are_shown_by_bands() -> None:
    pupils = [*girls(1, **{"10": 1, "9": 9, "8": 9}), *boys(1, **{"10": 1, "9": 9, "8": 9})]
    shown = without_small_cells(counted(pupils, SCORES))
    assert [value.code for value in shown.measure.values] == ["from_9", "to_8", Absent.OTHERS]
    assert shown.count(SCHOOL, "from_9") == 20


def test_whoever_has_no_value_is_one_number() -> None:
    pupils = [*girls(1, T=9, exempt=3, not_entered=3), *boys(1, T=9, not_assessed=5)]
    coarse = coarsened(counted(pupils))
    assert coarse.count(SCHOOL, Absent.OTHERS) == 11
    assert coarse.count(SCHOOL, Absent.OTHERS, Cut.GIRLS) == 6


@pytest.mark.parametrize(("n", "small"), [(0, False), (1, True), (4, True), (5, False)])
def test_one_to_four_are_few(n: int, small: bool) -> None:
    assert is_small(n) is small


def test_the_attacker_of_these_tests_solves_what_can_be_solved() -> None:
    """A table with one hole in it is no secret."""
    cube = coarsened(counted([*girls(1, T=9, C=2), *boys(1, T=9)]))
    holed = type(cube)(cube.measure, {**cube.counts, (Unit(1), "C", Cut.ALL): None}, cube.totals)
    assert Attacker(holed, [1]).knows(Unit(1), "C", Cut.ALL)
