import datetime
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocba.demo.names import HHEN, MOTHER_OF_TWO, TEACHER_AND_MOTHER
from hocba.demo.pupils import (
    personal_id,
    plan_classes,
    plan_leavers,
    plan_pupils,
    sheet_rows,
)

FIRST_YEAR = 2026
SEPTEMBER = datetime.date(2026, 9, 5)

streams = st.integers(1, 5)
sizes = st.integers(2, 12)


def planned(streams=5, size=35):
    return plan_pupils(plan_classes(streams), size, FIRST_YEAR)


def left(streams=5, size=35):
    return plan_leavers(plan_classes(streams), size, FIRST_YEAR, after=streams * 5 * size)


def rows(pupils, *, is_past_year=False):
    return list(sheet_rows(pupils, enrolled_on=SEPTEMBER, is_past_year=is_past_year))


def test_the_whole_school_has_25_classes():
    assert len(plan_classes(5)) == 25


def test_the_whole_school_has_875_pupils():
    assert len(rows(planned())) == 875


def test_every_class_has_35_pupils():
    assert set(Counter(pupil.class_name for pupil in planned()).values()) == {35}


@given(streams)
def test_each_grade_has_as_many_classes_as_streams(streams):
    grades = Counter(plan.grade_levels[0] for plan in plan_classes(streams))
    assert grades == dict.fromkeys(range(1, 6), streams)


@given(streams)
def test_one_class_is_multi_grade(streams):
    several = [plan for plan in plan_classes(streams) if len(plan.grade_levels) > 1]
    assert [plan.grade_levels for plan in several] == [(4, 5)]


def test_the_multi_grade_class_has_pupils_of_both_grades():
    grades = Counter(pupil.grade_level for pupil in planned() if pupil.class_name == "4E")
    assert grades == {4: 21, 5: 14}


@given(streams, sizes)
def test_every_pupil_sits_in_a_class_of_her_grade(streams, size):
    grades = {plan.name: plan.grade_levels for plan in plan_classes(streams)}
    for pupil in planned(streams, size):
        assert pupil.grade_level in grades[pupil.class_name]


@given(streams, sizes)
def test_last_year_everybody_sat_one_grade_below(streams, size):
    names = {plan.name for plan in plan_classes(streams)}
    for pupil in planned(streams, size):
        if pupil.grade_level == 1:
            assert pupil.past_class_name is None
        else:
            assert pupil.past_class_name in names
            assert pupil.past_class_name[0] == str(pupil.grade_level - 1)


@given(streams, sizes)
def test_hhen_nie_is_a_pupil_of_every_school(streams, size):
    [hhen] = [pupil for pupil in planned(streams, size) if pupil.person == HHEN]
    assert hhen.person.full_name == "H'Hen Niê"
    assert hhen.mother == TEACHER_AND_MOTHER


@given(streams, sizes)
def test_two_pupils_are_children_of_one_couple(streams, size):
    children = [pupil for pupil in planned(streams, size) if pupil.mother == MOTHER_OF_TWO]
    assert [pupil.grade_level for pupil in children] == [1, 5]
    assert len({pupil.father for pupil in children}) == 1


def test_the_plan_is_the_same_every_time():
    assert planned() == planned()


def test_a_smaller_school_keeps_last_years_highest_grade():
    leavers = left(streams=2, size=3)
    assert Counter(pupil.past_class_name for pupil in leavers) == {"5A": 3, "5B": 3}


def test_who_left_stands_in_the_past_years_list_only():
    leavers = left(streams=2, size=3)
    assert rows(leavers) == []
    assert {row["grade_level"] for row in rows(leavers, is_past_year=True)} == {"5"}


def test_who_is_new_stands_in_the_running_years_list_only():
    new = [pupil for pupil in planned(streams=1, size=4) if pupil.grade_level == 1]
    assert rows(new, is_past_year=True) == []
    assert len(rows(new)) == 4


@given(streams, sizes)
def test_nobody_shares_a_code_with_another(streams, size):
    pupils = planned(streams, size) + left(streams, size)
    listed = rows(pupils, is_past_year=True)
    for name in ("personal_id", "ministry_code"):
        codes = [row[name] for row in listed if row[name]]
        assert len(codes) == len(set(codes))


def test_personal_ids_are_twelve_digits_of_no_real_province():
    for pupil in planned():
        assert personal_id(pupil).isdigit()
        assert len(personal_id(pupil)) == 12
        assert personal_id(pupil).startswith("097")


def test_a_personal_id_says_sex_and_year_of_birth_as_real_ones_do():
    for pupil in planned(streams=1, size=6):
        male, year = personal_id(pupil)[3] == "2", personal_id(pupil)[4:6]
        assert male is (pupil.person.gender == "male")
        assert year == f"{pupil.date_of_birth:%y}"


@pytest.mark.parametrize("grade_level", range(1, 6))
def test_pupils_are_of_the_age_of_their_grade(grade_level):
    born = {pupil.date_of_birth.year for pupil in planned() if pupil.grade_level == grade_level}
    assert born == {FIRST_YEAR - 5 - grade_level}


def test_a_few_new_pupils_have_no_ministry_code_yet():
    without = [row for row in rows(planned()) if not row["ministry_code"]]
    assert {row["grade_level"] for row in without} == {"1"}
    assert len(without) == 6


def test_a_row_says_the_day_of_enrolment_as_the_ministry_writes_it():
    assert {row["status_on"] for row in rows(planned(streams=1, size=2))} == {"05/09/2026"}
