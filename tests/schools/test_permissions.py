import datetime

import pytest
import time_machine

from audit.errors import NotPermitted
from schools.models import HomeroomAssignment, Role, StaffRole, TeachingAssignment
from schools.permissions import (
    check_user_is_registrar,
    check_user_leads_school,
    has_role,
    homeroom_classes,
    is_school_leader,
    roles_of,
    taught_classes,
    user_sees_all_classes,
    visible_classes,
)
from tests import factories
from tests.cast import Cast

YESTERDAY = datetime.date(2027, 1, 4)
TODAY = datetime.date(2027, 1, 5)
AFTER_THE_YEAR = datetime.datetime(2029, 1, 1, tzinfo=datetime.UTC)


def test_a_role_counts_to_its_last_day(cast: Cast) -> None:
    StaffRole.objects.filter(staff_member=cast.hanh).update(ended_on=TODAY)
    assert is_school_leader(cast.hanh)


def test_a_role_that_ended_yesterday_allows_nothing(cast: Cast) -> None:
    StaffRole.objects.filter(staff_member=cast.hanh).update(ended_on=YESTERDAY)
    assert roles_of(cast.hanh) == frozenset()
    assert not user_sees_all_classes(cast.hanh)


def test_a_role_that_begins_tomorrow_allows_nothing_yet(cast: Cast) -> None:
    StaffRole.objects.filter(staff_member=cast.hanh).update(
        started_on=TODAY + datetime.timedelta(days=1)
    )
    assert not is_school_leader(cast.hanh)


def test_one_of_several_roles_is_enough(cast: Cast) -> None:
    StaffRole.objects.create(
        staff_member=cast.phuc, role=Role.TEACHER, started_on=factories.YEAR_START
    )
    assert has_role(cast.phuc, Role.TEACHER)
    assert has_role(cast.phuc, Role.REGISTRAR, Role.VICE_PRINCIPAL)


@pytest.mark.parametrize("role", ["hanh", "phuc"])
def test_principal_and_vice_principal_lead_the_school(role: str, cast: Cast) -> None:
    check_user_leads_school(getattr(cast, role))


@pytest.mark.parametrize("role", ["ngoc", "binh", "tam", "van", "kien"])
def test_nobody_else_leads_the_school(role: str, cast: Cast) -> None:
    with pytest.raises(NotPermitted, match="hiệu trưởng"):
        check_user_leads_school(getattr(cast, role))


@pytest.mark.parametrize("role", ["hanh", "ngoc", "van", "kien"])
def test_the_registrars_work_is_the_registrars(role: str, cast: Cast) -> None:
    check_user_is_registrar(cast.tam)
    with pytest.raises(NotPermitted, match="học vụ"):
        check_user_is_registrar(getattr(cast, role))


@pytest.mark.parametrize("role", ["hanh", "phuc", "tam"])
def test_leaders_and_registrar_see_every_class_of_the_school(role: str, cast: Cast) -> None:
    unassigned = factories.make_class(cast.school_year, "4B", (4,))
    assert set(visible_classes(getattr(cast, role))) == {cast.school_class, unassigned}


@pytest.mark.parametrize("role", ["van", "kien", "suong"])
def test_who_teaches_no_class_sees_none(role: str, cast: Cast) -> None:
    assert not visible_classes(getattr(cast, role)).exists()


def test_a_teacher_sees_the_classes_she_teaches(cast: Cast) -> None:
    factories.make_class(cast.school_year, "4B", (4,))
    assert list(visible_classes(cast.binh)) == [cast.school_class]


def test_homeroom_and_teaching_are_told_apart(cast: Cast) -> None:
    assert list(homeroom_classes(cast.ngoc)) == [cast.school_class]
    assert not homeroom_classes(cast.binh).exists()
    assert list(taught_classes(cast.binh)) == [cast.school_class]


def test_a_class_taught_in_two_subjects_is_one_class(cast: Cast) -> None:
    assert list(taught_classes(cast.ngoc)) == [cast.school_class]
    assert list(visible_classes(cast.ngoc)) == [cast.school_class]


def test_a_teacher_who_was_replaced_no_longer_sees_the_class(cast: Cast) -> None:
    HomeroomAssignment.objects.update(ended_on=YESTERDAY)
    TeachingAssignment.objects.update(ended_on=YESTERDAY)
    assert not visible_classes(cast.ngoc).exists()


def test_a_year_that_is_over_stays_visible_to_who_taught_at_its_end(cast: Cast) -> None:
    TeachingAssignment.objects.update(ended_on=cast.school_year.ends_on)
    with time_machine.travel(AFTER_THE_YEAR):
        assert list(taught_classes(cast.binh)) == [cast.school_class]


def test_a_year_that_is_over_does_not_come_back_to_who_left_before_its_end(cast: Cast) -> None:
    TeachingAssignment.objects.update(ended_on=YESTERDAY)
    with time_machine.travel(AFTER_THE_YEAR):
        assert not taught_classes(cast.binh).exists()


def test_a_leader_elsewhere_sees_no_class_here(cast: Cast) -> None:
    assert list(visible_classes(cast.quang)) == [cast.other_class]
