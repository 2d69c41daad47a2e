"""Counting, against counting again one pupil at a time."""

from collections import Counter

from hypothesis import given

from assessments.statistics.cube import added, cube_of
from assessments.statistics.cuts import SCHOOL, Cut, Unit
from assessments.statistics.measures import Absent
from tests.assessments.statistics.populations import (
    MATHS,
    SCORES,
    Pupil,
    alike,
    belongs,
    boys,
    counted,
    girls,
    pupils_of,
)


@given(pupils_of(MATHS))
def test_every_cell_is_what_a_naive_recount_finds(pupils: list[Pupil]) -> None:
    cube = counted(pupils)
    units = {SCHOOL} | {Unit(p.alike.grade_level) for p in pupils}
    units |= {Unit(p.alike.grade_level, p.alike.class_id) for p in pupils}
    for unit in units:
        for cut in Cut:
            here = [p for p in pupils if is_in(p, unit) and belongs(p, cut)]
            codes = Counter(pupil.code for pupil in here)
            for value in MATHS.values:
                assert cube.count(unit, value.code, cut) == codes[value.code]
            assert cube.total(unit, cut) == len(here)


def is_in(pupil: Pupil, unit: Unit) -> bool:
    kind = pupil.alike
    return (not unit.grade_level or kind.grade_level == unit.grade_level) and (
        not unit.class_id or kind.class_id == unit.class_id
    )


@given(pupils_of(SCORES))
def test_bands_and_absences_add_up_to_the_total(pupils: list[Pupil]) -> None:
    cube = counted(pupils, SCORES)
    for cut in Cut:
        absent = cube.count_in("", SCHOOL, cut) or 0
        assert (cube.entered(SCHOOL, cut) or 0) + absent == cube.total(SCHOOL, cut)


@given(pupils_of(MATHS))
def test_the_grades_add_up_to_the_school(pupils: list[Pupil]) -> None:
    cube = counted(pupils)
    for value in MATHS.values:
        for cut in Cut:
            grades = [cube.count(Unit(level), value.code, cut) or 0 for level in (1, 2, 3)]
            assert sum(grades) == cube.count(SCHOOL, value.code, cut)


def test_whoever_has_no_value_has_not_been_entered() -> None:
    expected = {alike(girl=True): 5}
    cube = cube_of(MATHS, {"T": {alike(girl=True): 3}}, expected)
    assert cube.count(SCHOOL, "T") == 3
    assert cube.count(SCHOOL, Absent.NOT_ENTERED) == 2
    assert cube.total(SCHOOL) == 5


def test_who_owes_nothing_is_not_counted() -> None:
    """A result that was entered before the subject was taken off the class."""
    cube = cube_of(MATHS, {"T": {alike(1): 3, alike(2): 2}}, {alike(1): 3})
    assert cube.count(SCHOOL, "T") == 3
    assert cube.has_any(Unit(2)) is False


def test_a_value_that_the_measure_does_not_know_is_as_good_as_none() -> None:
    cube = cube_of(MATHS, {"?": {alike(): 3}}, {alike(): 3})
    assert cube.count(SCHOOL, Absent.NOT_ENTERED) == 3


def test_a_band_holds_its_values() -> None:
    cube = counted([*girls(4, **{"10": 2, "9": 3, "8": 4})], SCORES)
    assert cube.count_in("from_9", SCHOOL) == 5
    assert cube.count_in("to_8", SCHOOL) == 4
    assert cube.entered(SCHOOL) == 9


def test_nobody_is_nothing() -> None:
    cube = counted([])
    assert cube.total(SCHOOL) == 0
    assert cube.has_any(SCHOOL) is False
    assert cube.entered(SCHOOL) == 0


def test_boys_are_in_no_count_of_girls() -> None:
    cube = counted([*girls(4, T=2), *boys(4, T=7)])
    assert (cube.count(SCHOOL, "T"), cube.count(SCHOOL, "T", Cut.GIRLS)) == (9, 2)


def test_what_is_hidden_makes_every_sum_unknown() -> None:
    assert added([1, None, 2]) is None
    assert added([1, 2]) == 3
    assert added([]) == 0
