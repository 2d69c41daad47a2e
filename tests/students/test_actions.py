import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from audit.models import AuditEvent, SystemJob
from students import actions
from students.changes import Departure, Placement, Revision
from students.models import Enrollment, EntryReason, ExitReason, Student
from tests import factories

DETAILS = {
    "full_name": "Nông Thị Mây",
    "date_of_birth": datetime.date(2017, 5, 1),
    "gender": "female",
    "ethnicity_code": "07",
    "personal_id": "066317000001",
}
DAY = datetime.date(2027, 1, 4)


@pytest.fixture
def registrar(cast):
    return cast.tam.acting_user


@pytest.fixture
def anh(cast):
    return cast.anh.student


def events(name):
    return list(AuditEvent.objects.filter(event=name).order_by("id"))


def create(cast, **details):
    return actions.create_student(
        details={**DETAILS, **details}, school=cast.school, by=cast.tam.acting_user
    )


def test_creating_writes_the_details_and_the_keys_of_the_name(cast):
    student = Student.objects.get(pk=create(cast).pk)
    assert {name: getattr(student, name) for name in DETAILS} == DETAILS
    assert student.search_key == "nong thi may"
    assert student.sort_key


def test_creating_is_in_the_pupils_and_the_schools_history(cast, registrar):
    student = create(cast)
    [event] = events("student.created")
    assert (event.actor, event.school_id, event.student_id) == (
        registrar,
        cast.school.pk,
        student.pk,
    )
    assert event.changes["date_of_birth"] == [None, "2017-05-01"]
    assert "father_name" not in event.changes


def test_creating_refuses_what_no_field_may_hold(cast):
    with pytest.raises(ValidationError) as refusal:
        create(cast, full_name="a" * 101, gender="x")
    assert set(refusal.value.message_dict) == {"full_name", "gender"}


def test_creating_refuses_words_that_are_no_detail(cast):
    with pytest.raises(TypeError, match="sort_key"):
        create(cast, sort_key="a")


def test_creating_many_is_all_or_nothing(cast, registrar):
    twice = [DETAILS, {**DETAILS, "full_name": "Nông Thị Mưa"}]
    with pytest.raises(IntegrityError):
        actions.create_students(details=twice, school=cast.school, by=registrar)
    assert not Student.objects.filter(full_name="Nông Thị Mây").exists()
    assert not events("student.created")


@pytest.mark.parametrize("count", [1, 45])
def test_creating_takes_few_queries(cast, registrar, count, django_assert_max_num_queries):
    details = [{**DETAILS, "personal_id": f"0663170{number:05}"} for number in range(count)]
    # Savepoint, pupils, events, release, and five to begin the school's chain of events; SQLite
    # takes 999 values in one insert.
    with django_assert_max_num_queries(10):
        actions.create_students(details=details, school=cast.school, by=registrar)


def test_updating_writes_what_differs(cast, registrar, anh):
    actions.update_student(
        student=anh,
        details={"full_name": "Lê Minh Ánh", "gender": "female"},
        school=cast.school,
        by=registrar,
    )
    stored = Student.objects.get(pk=anh.pk)
    assert (stored.full_name, stored.search_key) == ("Lê Minh Ánh", "le minh anh")
    [event] = events("student.updated")
    assert event.changes == {"full_name": ["Lê Minh Anh", "Lê Minh Ánh"]}


def test_updating_follows_the_order_of_names(cast, registrar, anh):
    before = anh.sort_key
    actions.update_student(
        student=anh, details={"full_name": "Lê Minh Yến"}, school=cast.school, by=registrar
    )
    assert Student.objects.get(pk=anh.pk).sort_key > before


def test_updating_without_a_difference_leaves_no_trace(cast, registrar, anh):
    actions.update_student(
        student=anh, details={"gender": anh.gender}, school=cast.school, by=registrar
    )
    assert not events("student.updated")


def test_updating_leaves_other_fields_to_others(cast, registrar, anh):
    Student.objects.filter(pk=anh.pk).update(residence="Buôn Ma Thuột")
    actions.update_student(
        student=anh, details={"gender": "male"}, school=cast.school, by=registrar
    )
    assert Student.objects.get(pk=anh.pk).residence == "Buôn Ma Thuột"


def test_updating_refuses_what_no_field_may_hold(cast, registrar, anh):
    with pytest.raises(ValidationError):
        actions.update_student(
            student=anh, details={"gender": "x"}, school=cast.school, by=registrar
        )


def test_a_revision_knows_what_differs(anh):
    revision = Revision(anh, {"gender": "male", "full_name": anh.full_name})
    assert revision.changes == {"gender": ("female", "male")}


def test_enrolling_starts_an_enrolment(cast, registrar):
    student = create(cast)
    enrollment = actions.enroll_student(
        student=student,
        school_class=cast.school_class,
        grade_level=4,
        enrolled_on=DAY,
        entry_reason=EntryReason.TRANSFERRED_IN,
        by=registrar,
    )
    assert Enrollment.objects.get(pk=enrollment.pk).is_current
    [event] = events("enrollment.started")
    assert event.school_class_id == cast.school_class.pk
    assert event.changes == {
        "school_class": [None, "4A"],
        "grade_level": [None, 4],
        "enrolled_on": [None, "2027-01-04"],
        "entry_reason": [None, "transferred_in"],
    }


def test_enrolling_twice_is_refused(cast, registrar, anh):
    placement = Placement(anh, cast.other_class, 4, DAY)
    with pytest.raises(IntegrityError):
        actions.enroll_students(placements=[placement], by=registrar)


def test_ending_an_enrolment_says_when_and_why(cast, registrar):
    actions.end_enrollment(
        enrollment=cast.anh, ended_on=DAY, exit_reason=ExitReason.WITHDRAWN, by=registrar
    )
    stored = Enrollment.objects.get(pk=cast.anh.pk)
    assert (stored.ended_on, stored.exit_reason) == (DAY, "withdrawn")
    [event] = events("enrollment.ended")
    assert event.changes == {
        "ended_on": [None, "2027-01-04"],
        "exit_reason": [None, "withdrawn"],
    }


def test_ended_enrolments_leave_the_roster_of_later_days(cast, registrar):
    departures = [Departure(cast.anh, DAY, ExitReason.TRANSFERRED_OUT)]
    actions.end_enrollments(departures=departures, by=registrar)
    enrollments = Enrollment.objects.for_school(cast.school)
    assert cast.anh in enrollments.enrolled_on_day(DAY)
    assert cast.anh not in enrollments.enrolled_on_day(DAY + datetime.timedelta(days=1))


def test_reopening_takes_the_end_back(cast, registrar):
    actions.end_enrollment(
        enrollment=cast.anh, ended_on=DAY, exit_reason=ExitReason.WITHDRAWN, by=registrar
    )
    actions.reopen_enrollments(enrollments=[cast.anh], by=registrar)
    stored = Enrollment.objects.get(pk=cast.anh.pk)
    assert (stored.ended_on, stored.exit_reason) == (None, None)
    [event] = events("enrollment.reopened")
    assert event.changes["ended_on"] == ["2027-01-04", None]


def test_removing_an_enrolment_and_a_pupil_leaves_the_events(cast, registrar):
    student = create(cast)
    enrollment = factories.enroll(student, cast.school_class)
    actions.remove_enrollments(enrollments=[enrollment], by=registrar)
    actions.remove_students(students=[student], school=cast.school, by=registrar)
    assert not Student.objects.filter(personal_id=DETAILS["personal_id"]).exists()
    assert [event.changes["full_name"] for event in events("student.removed")] == [
        ["Nông Thị Mây", None]
    ]
    assert [event.changes["school_class"] for event in events("enrollment.removed")] == [
        ["4A", None]
    ]


def test_removing_a_pupil_who_is_enrolled_is_refused(cast, registrar, anh):
    with pytest.raises(ProtectedError):
        actions.remove_students(students=[anh], school=cast.school, by=registrar)
    assert not events("student.removed")


def test_a_command_may_act(cast):
    actions.create_student(details=DETAILS, school=cast.school, by=SystemJob("seed"))
    assert events("student.created")[0].system_job == "seed"
