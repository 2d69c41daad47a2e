"""Where the classes of the running year stand, so that every page has something to show."""

import datetime

import pytest

from assessments.models import (
    ClassPeriod,
    ExtensionRequest,
    PeriodRecord,
    ReopenRequest,
    SubjectResult,
)
from assessments.retest_workflow import RetestStatus
from assessments.workflow import Status
from audit.models import AuditEvent
from rulesets import Period
from students.models import Guardian, Relation, Student
from tests.hocba.demo.seeded.conftest import TODAY

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


def period_of(running, class_name, period=Period.MID_TERM_2):
    return ClassPeriod.objects.get(
        school_class__school_year=running, school_class__name=class_name, period=period
    )


@pytest.mark.parametrize(
    ("class_name", "status"),
    [
        ("1A", Status.SIGNED_OFF),
        ("1B", Status.RETURNED),
        ("2A", Status.SUBMITTED),
        ("2B", Status.SUBMITTED),
        ("4B", Status.OPEN),
    ],
)
def test_the_open_period_shows_every_state_of_a_class(running, class_name, status):
    assert period_of(running, class_name).status == status


def test_the_returned_class_says_why(running):
    assert "Tiếng Việt" in period_of(running, "1B").status_reason


def test_the_first_half_year_is_signed_off_but_for_the_late_class(running):
    first_half = ClassPeriod.objects.filter(
        school_class__school_year=running, period__in=[Period.MID_TERM_1, Period.END_TERM_1]
    )
    unsigned = first_half.exclude(status=Status.SIGNED_OFF)
    assert [(row.school_class.name, row.period) for row in unsigned] == [("5B", Period.END_TERM_1)]


def test_the_late_class_let_its_window_pass(running):
    late = period_of(running, "5B", Period.END_TERM_1)
    window = running.period_windows.get(period=Period.END_TERM_1)
    assert late.status == Status.OPEN
    assert window.closes_on < TODAY


def test_the_late_class_lacks_something_and_asks_for_more_time(running):
    late = period_of(running, "5B", Period.END_TERM_1)
    assert late.records.count() == 4
    assert late.records.filter(homeroom_comment="").exists()
    assert ExtensionRequest.objects.pending().get().class_period == late


def test_a_class_under_way_has_some_results_and_not_all(running):
    begun = SubjectResult.objects.filter(record__class_period=period_of(running, "4B"))
    subjects = set(begun.values_list("subject_code", flat=True))
    offered = period_of(running, "4B").school_class.subject_offerings.count()
    assert 0 < len(subjects) < offered


def test_nothing_is_entered_for_a_period_that_is_not_open_yet(running):
    assert not PeriodRecord.objects.filter(
        class_period__school_class__school_year=running, class_period__period=Period.END_YEAR
    ).exists()


UNDER_REVIEW = {"status": Status.REOPENED, "status_reason": "Nhập nhầm điểm kiểm tra môn Toán"}


def test_one_pupil_is_under_review(running):
    record = PeriodRecord.objects.get(**UNDER_REVIEW)
    assert record.class_period.school_class.school_year == running
    assert record.class_period.status == Status.SIGNED_OFF


def test_one_pupil_more_is_reopened_for_an_agreed_retest(running):
    reopened = PeriodRecord.objects.filter(status=Status.REOPENED)
    [record] = reopened.exclude(status_reason=UNDER_REVIEW["status_reason"])
    assert record.retests.get().status == RetestStatus.AGREED


def test_the_pupil_under_review_still_has_what_was_signed(running):
    record = PeriodRecord.objects.get(**UNDER_REVIEW)
    assert record.sign_offs.count() == 1


def test_one_reopening_is_asked_for_and_not_decided(running):
    request = ReopenRequest.objects.pending().get()
    assert request.record.status == Status.SIGNED_OFF
    teacher = request.class_period.school_class.homeroom_assignments.get().staff_member
    assert request.asked_by == teacher.acting_user


def test_the_homeroom_teacher_of_3a_was_replaced_in_mid_year(running):
    former, present = running.classes.get(name="3A").homeroom_assignments.order_by("started_on")
    assert former.staff_member.acting_user.username == "gv3a"
    assert present.staff_member.acting_user.username == "gvthay"
    assert present.started_on == former.ended_on + datetime.timedelta(days=1)
    assert running.starts_on < present.started_on < TODAY


def test_her_subjects_passed_on_with_the_class(running):
    teachers = {
        assignment.staff_member.acting_user.username
        for offering in running.classes.get(name="3A").subject_offerings.all()
        for assignment in offering.teaching_assignments.filter(ended_on=None)
    }
    assert "gv3a" not in teachers
    assert {"gvthay", "tienganh"} <= teachers


def test_what_the_former_teacher_entered_stays_hers(running):
    first = period_of(running, "3A", Period.MID_TERM_1)
    events = AuditEvent.objects.about_class(first.school_class_id).filter(
        event="class_period.submitted", target_id=first.pk
    )
    assert {event.actor.username for event in events} == {"gv3a"}


def test_a_mother_has_two_children_at_school(running):
    guardians = Guardian.objects.confirmed().filter(user__username="phuhuynh")
    grades = [row.student.enrollments.current().get().grade_level for row in guardians]
    assert sorted(grades) == [1, 5]


def test_the_mothers_name_stands_in_her_childrens_files(running):
    for guardian in Guardian.objects.filter(user__username="phuhuynh"):
        assert guardian.student.mother_name == guardian.user.full_name


def test_a_teacher_is_hhen_nies_mother(running):
    hhen = Student.objects.get(full_name="H'Hen Niê")
    guardian = hhen.guardians.get()
    assert (guardian.user.username, guardian.relation) == ("gv1a", Relation.MOTHER)
    assert guardian.user.staff_members.exists()
    assert hhen.mother_name == guardian.user.full_name


def test_guardians_were_confirmed_by_the_registrar(running):
    confirmed_by = {row.confirmed_by.username for row in Guardian.objects.confirmed()}
    assert confirmed_by == {"hocvu"}
