import datetime

import pytest

from audit.errors import NotPermitted
from schools import permissions
from schools.models import HomeroomAssignment, Role, StaffRole, TeachingAssignment
from tests.cast import NOW
from tests.factories import YEAR_END, YEAR_START, make_class, make_school_year

EVERYBODY = ["hanh", "phuc", "ngoc", "binh", "suong", "tam", "van", "kien"]
TODAY = NOW.date()
DAY = datetime.timedelta(days=1)


def names(classes):
    return sorted(row.name for row in classes)


def those_for_whom(cast, holds):
    return {key for key in EVERYBODY if holds(getattr(cast, key))}


def is_permitted(check):
    def holds(staff):
        try:
            check(staff)
        except NotPermitted:
            return False
        return True

    return holds


def test_principal_and_deputy_lead_the_school(cast):
    assert those_for_whom(cast, permissions.is_school_leader) == {"hanh", "phuc"}


def test_only_leaders_pass_where_leading_is_asked(cast):
    check = is_permitted(permissions.check_user_leads_school)
    assert those_for_whom(cast, check) == {"hanh", "phuc"}


def test_only_the_registrar_passes_where_registering_is_asked(cast):
    assert those_for_whom(cast, is_permitted(permissions.check_user_is_registrar)) == {"tam"}


def test_leaders_and_registrar_see_all_classes(cast):
    assert those_for_whom(cast, permissions.user_sees_all_classes) == {"hanh", "phuc", "tam"}


@pytest.mark.parametrize(
    "check", [permissions.check_user_leads_school, permissions.check_user_is_registrar]
)
def test_a_refusal_says_whose_task_it_is(cast, check):
    with pytest.raises(NotPermitted, match="được làm việc này"):
        check(cast.suong)


def test_a_role_counts_from_its_first_to_its_last_day(cast):
    role = StaffRole.objects.create(
        staff_member=cast.suong, role=Role.VICE_PRINCIPAL, started_on=TODAY, ended_on=TODAY
    )
    assert permissions.is_school_leader(cast.suong)
    role.ended_on = role.started_on = TODAY - DAY
    role.save()
    cast.suong.__dict__.pop("_roles_by_day")
    assert not permissions.is_school_leader(cast.suong)


def test_one_of_several_roles_is_enough(cast):
    assert permissions.has_role(cast.tam, Role.CLERK, Role.REGISTRAR)
    assert not permissions.has_role(cast.tam, Role.CLERK, Role.PRINCIPAL)


def test_roles_are_asked_for_once_a_day(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        permissions.is_school_leader(cast.van)
        permissions.has_role(cast.van, Role.CLERK)


def test_a_homeroom_teacher_has_her_class(cast):
    assert names(permissions.homeroom_classes(cast.ngoc)) == ["4A"]
    assert names(permissions.homeroom_classes(cast.binh)) == []


def test_who_teaches_a_subject_has_the_class_as_taught(cast):
    assert names(permissions.taught_classes(cast.binh)) == ["4A"]
    assert names(permissions.taught_classes(cast.suong)) == []


def test_a_class_taught_in_two_subjects_is_there_once(cast):
    assert names(permissions.taught_classes(cast.ngoc)) == ["4A"]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("hanh", ["4A", "5B"]),
        ("phuc", ["4A", "5B"]),
        ("tam", ["4A", "5B"]),
        ("ngoc", ["4A"]),
        ("binh", ["4A"]),
        ("suong", []),
        ("van", []),
        ("kien", []),
    ],
)
def test_results_are_seen_in_ones_own_classes_or_in_all(cast, who, seen):
    make_class(cast.school_year, "5B", (5,))
    assert names(permissions.visible_classes(getattr(cast, who))) == seen


def test_a_principal_sees_no_class_of_another_school(cast):
    assert cast.other_class not in permissions.visible_classes(cast.hanh)
    assert names(permissions.visible_classes(cast.quang)) == [cast.other_class.name]


def test_an_assignment_at_another_school_shows_nothing_here(cast):
    HomeroomAssignment.objects.create(
        school_class=cast.other_class, staff_member=cast.suong, started_on=YEAR_START
    )
    assert names(permissions.visible_classes(cast.suong)) == []


@pytest.mark.parametrize(
    ("ended_on", "seen"),
    [(TODAY, ["4A"]), (TODAY - DAY, [])],
    ids=["until today", "until yesterday"],
)
def test_a_homeroom_teacher_who_is_relieved_sees_the_class_no_longer(cast, ended_on, seen):
    TeachingAssignment.objects.filter(staff_member=cast.ngoc).update(ended_on=ended_on)
    HomeroomAssignment.objects.update(ended_on=ended_on)
    assert names(permissions.visible_classes(cast.ngoc)) == seen


def test_who_follows_tomorrow_does_not_see_the_class_today(cast):
    HomeroomAssignment.objects.update(ended_on=TODAY)
    HomeroomAssignment.objects.create(
        school_class=cast.school_class, staff_member=cast.suong, started_on=TODAY + DAY
    )
    assert names(permissions.homeroom_classes(cast.suong)) == []


@pytest.fixture
def last_years_class(cast):
    return make_class(make_school_year(cast.school, 2025), "3A", (3,))


def assign(school_class, staff, ended_on):
    year = school_class.school_year
    HomeroomAssignment.objects.create(
        school_class=school_class,
        staff_member=staff,
        started_on=year.starts_on,
        ended_on=ended_on,
    )


def test_who_had_a_class_as_its_year_ended_may_look_back(cast, last_years_class):
    assign(last_years_class, cast.suong, ended_on=None)
    assert names(permissions.homeroom_classes(cast.suong)) == ["3A"]


def test_who_left_a_class_within_its_year_may_not_look_back(cast, last_years_class):
    within = last_years_class.school_year.ends_on - DAY
    assign(last_years_class, cast.suong, ended_on=within)
    assert names(permissions.homeroom_classes(cast.suong)) == []


def test_an_assignment_that_ended_with_its_year_may_look_back(cast, last_years_class):
    last_day = YEAR_END.replace(year=YEAR_END.year - 1)
    assign(last_years_class, cast.suong, ended_on=last_day)
    assert names(permissions.homeroom_classes(cast.suong)) == ["3A"]


def test_everybody_works_at_her_own_school_alone(cast):
    for staff in (cast.hanh, cast.kien):
        permissions.check_user_works_at(staff, cast.school)
    with pytest.raises(NotPermitted):
        permissions.check_user_works_at(cast.quang, cast.school)
