import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocba.demo.names import (
    EDE_FAMILIES,
    HMONG_FAMILIES,
    KINH_FAMILIES,
    SHARES,
    TAY_FAMILIES,
    invent_adult,
    invent_parent,
    invent_pupil,
)
from schools.names import guess_given_name
from students.ministry_codes import ETHNICITIES

seeds = st.integers(0, 10_000).map(random.Random)
FAMILIES = {
    "01": KINH_FAMILIES,
    "02": TAY_FAMILIES,
    "07": TAY_FAMILIES,
    "08": HMONG_FAMILIES,
    "12": EDE_FAMILIES,
}


def many_pupils():
    chance = random.Random(1)
    return [invent_pupil(chance) for _ in range(2000)]


def test_the_shares_of_the_ethnic_groups_are_percentages():
    assert sum(SHARES.values()) == 100
    assert SHARES.keys() <= ETHNICITIES.keys()


def test_every_ethnic_group_of_the_plan_is_met():
    assert {pupil.ethnicity_code for pupil in many_pupils()} == set(SHARES)


@pytest.mark.parametrize("ethnicity_code", SHARES)
def test_a_group_is_as_large_as_its_share(ethnicity_code):
    pupils = many_pupils()
    count = sum(pupil.ethnicity_code == ethnicity_code for pupil in pupils)
    assert count / len(pupils) * 100 == pytest.approx(SHARES[ethnicity_code], abs=3)


@given(seeds)
def test_a_name_bears_a_family_of_its_own_people(chance):
    pupil = invent_pupil(chance)
    words = pupil.full_name.split()
    family = words[-1] if pupil.ethnicity_code == "12" else words[0]
    assert family in FAMILIES[pupil.ethnicity_code]


@given(seeds)
def test_an_ede_name_says_whether_it_is_a_girls(chance):
    pupil = invent_pupil(chance)
    if pupil.ethnicity_code != "12":
        return
    assert pupil.full_name.startswith("H'" if pupil.gender == "female" else "Y ")


def test_names_such_as_hhen_nies_are_called_by_their_first_word():
    ede_girls = [
        pupil for pupil in many_pupils() if (pupil.ethnicity_code, pupil.gender) == ("12", "female")
    ]
    assert ede_girls
    assert all(guess_given_name(pupil.full_name).startswith("H'") for pupil in ede_girls)


@given(seeds)
def test_the_same_chance_invents_the_same_pupil(chance):
    again = random.Random()
    again.setstate(chance.getstate())
    assert invent_pupil(chance) == invent_pupil(again)


@given(seeds)
def test_a_father_bears_the_family_of_his_child(chance):
    child = invent_pupil(chance)
    father = invent_parent(chance, child, "male")
    if child.ethnicity_code != "12":
        assert father.split()[0] == child.full_name.split()[0]


@given(seeds)
def test_a_childs_parents_are_of_its_people(chance):
    child = invent_pupil(chance)
    mother = invent_parent(chance, child, "female")
    assert mother.startswith("H'") is (child.ethnicity_code == "12")


@given(seeds, st.sampled_from(KINH_FAMILIES))
def test_an_adult_may_be_given_a_family(chance, family):
    assert invent_adult(chance, "female", family=family).split()[0] == family
