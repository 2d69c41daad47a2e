import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.teachers import ClassTeachers, subjects_taught_by, teachers_of
from schools.models import HomeroomAssignment, TeachingAssignment
from tests import factories
from tests.cast import Cast

YESTERDAY = datetime.date(2027, 1, 4)
TODAY = datetime.date(2027, 1, 5)


def found(cast: Cast) -> ClassTeachers:
    return teachers_of([cast.school_class], cast.school_year.ends_on)


def test_each_subject_has_its_teacher(cast: Cast) -> None:
    teachers = found(cast)
    assert teachers.names(cast.school_class, "toan") == "Trần Thị Ngọc"
    assert teachers.names(cast.school_class, "ngoai_ngu_1") == "Y Bình Êban"


def test_the_homeroom_teacher_is_named(cast: Cast) -> None:
    assert found(cast).homeroom_name(cast.school_class) == "Trần Thị Ngọc"


def test_what_nobody_teaches_has_no_name(cast: Cast) -> None:
    assert found(cast).names(cast.school_class, "dao_duc") == ""


def test_a_class_without_a_homeroom_teacher_has_no_name(cast: Cast) -> None:
    new_class = factories.make_class(cast.school_year, "4B", (4,))
    assert teachers_of([new_class], cast.school_year.ends_on).homeroom_name(new_class) == ""


def test_two_teachers_of_a_subject_are_both_named(cast: Cast) -> None:
    factories.assign_teacher(cast.school_class, "toan", cast.suong)
    names = found(cast).names(cast.school_class, "toan")
    assert set(names.split(", ")) == {"Trần Thị Ngọc", "Lê Thị Sương"}


def test_who_teaches_a_subject_in_two_grades_is_named_once(cast: Cast) -> None:
    multigrade = factories.make_class(cast.school_year, "Ghép 1-2", (1, 2))
    factories.assign_teacher(multigrade, "toan", cast.suong)
    teachers = teachers_of([multigrade], cast.school_year.ends_on)
    assert teachers.names(multigrade, "toan") == "Lê Thị Sương"


@pytest.mark.parametrize(("ended_on", "name"), [(TODAY, "Trần Thị Ngọc"), (YESTERDAY, "")])
def test_a_teacher_is_named_to_her_last_day(ended_on: datetime.date, name: str, cast: Cast) -> None:
    HomeroomAssignment.objects.update(ended_on=ended_on)
    assert found(cast).homeroom_name(cast.school_class) == name


def test_a_replaced_teacher_of_a_subject_is_no_longer_named(cast: Cast) -> None:
    TeachingAssignment.objects.filter(staff_member=cast.ngoc).update(ended_on=YESTERDAY)
    factories.assign_teacher(cast.school_class, "toan", cast.suong)
    assert found(cast).names(cast.school_class, "toan") == "Lê Thị Sương"


def test_a_year_that_is_over_names_who_taught_at_its_end(cast: Cast) -> None:
    TeachingAssignment.objects.update(ended_on=cast.school_year.ends_on)
    with time_machine.travel(datetime.datetime(2029, 1, 1, tzinfo=datetime.UTC)):
        assert found(cast).names(cast.school_class, "toan") == "Trần Thị Ngọc"


def test_only_the_classes_asked_for_are_looked_up(cast: Cast) -> None:
    assert not teachers_of([], cast.school_year.ends_on).homeroom
    other = factories.make_class(cast.school_year, "4B", (4,))
    factories.assign_homeroom(other, cast.suong)
    assert set(found(cast).homeroom) == {cast.school_class.pk}


def test_many_classes_take_as_many_queries_as_one(cast: Cast) -> None:
    classes = [cast.school_class]
    for number in range(5):
        new_class = factories.make_class(cast.school_year, f"4C{number}", (4,))
        factories.assign_homeroom(new_class, cast.suong)
        factories.assign_teacher(new_class, "toan", cast.suong)
        classes.append(new_class)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        teachers_of(classes, cast.school_year.ends_on)
    assert len(queries) == 2


# What one teacher teaches


def test_a_teachers_subjects_are_those_assigned_to_her(cast: Cast) -> None:
    taught = subjects_taught_by(cast.ngoc, [cast.school_class], cast.school_year.ends_on)
    class_id = cast.school_class.pk
    assert taught == {(class_id, "tieng_viet"), (class_id, "toan")}


def test_a_leader_teaches_nothing(cast: Cast) -> None:
    assert not subjects_taught_by(cast.hanh, [cast.school_class], cast.school_year.ends_on)


def test_what_she_taught_until_yesterday_is_not_hers_today(cast: Cast) -> None:
    TeachingAssignment.objects.filter(offering__subject_code="toan").update(ended_on=YESTERDAY)
    taught = subjects_taught_by(cast.ngoc, [cast.school_class], cast.school_year.ends_on)
    assert taught == {(cast.school_class.pk, "tieng_viet")}
