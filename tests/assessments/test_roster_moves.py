"""Pupils who come and go while a period runs: whose results are handed in, shown and signed."""

import datetime

import pytest
import time_machine

from assessments import actions
from assessments.class_page import class_page
from assessments.completeness import missing_in_class
from assessments.errors import ClassIncomplete, NotOnRoster, StepNotAllowed
from assessments.models import ClassPeriod, PeriodRecord, SignOff
from assessments.progress import progress_of
from assessments.roster import roster
from assessments.standing import pupils_with_teachers
from assessments.workflow import Status
from rulesets import Period
from schools.models import HomeroomAssignment
from students.actions import end_enrollment, enroll_student
from students.models import Enrollment
from tests import factories
from tests.assessments import states
from tests.assessments.filling import subject_row
from tests.cast import NOW, Cast

END_TERM_1 = Period.END_TERM_1
TODAY = NOW.date()
YESTERDAY = TODAY - datetime.timedelta(days=1)


def leave(cast: Cast, enrollment: Enrollment, day: datetime.date) -> None:
    end_enrollment(
        enrollment=enrollment, ended_on=day, exit_reason="transferred_out", by=cast.tam.user
    )


def join(cast: Cast, day: datetime.date) -> Enrollment:
    return enroll_student(
        student=factories.make_student("Phan Gia Bảo"),
        school_class=cast.school_class,
        grade_level=4,
        enrolled_on=day,
        by=cast.tam.user,
    )


def names(cast: Cast) -> list[str]:
    return [row.student.full_name for row in roster(cast.school_class, END_TERM_1)]


def enter_level(cast: Cast, enrollment: Enrollment) -> None:
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="toan",
        rows=[subject_row(enrollment.pk, level="T", score=9)],
        by=cast.ngoc,
    )


@pytest.fixture
def with_a_leavers_draft(cast: Cast) -> ClassPeriod:
    """Đức left before the class was handed in; what was entered for him is half of it."""
    enter_level(cast, cast.duc)
    leave(cast, cast.duc, YESTERDAY)
    return states.submitted(cast)


def test_a_leavers_draft_does_not_hinder_the_class(with_a_leavers_draft: ClassPeriod) -> None:
    assert with_a_leavers_draft.status == Status.SUBMITTED


def test_a_leavers_draft_is_not_handed_in(with_a_leavers_draft: ClassPeriod, cast: Cast) -> None:
    assert with_a_leavers_draft.records.get(enrollment=cast.duc).status == Status.OPEN


def test_a_leaver_is_not_on_the_frozen_roster(
    with_a_leavers_draft: ClassPeriod, cast: Cast
) -> None:
    assert names(cast) == ["Lê Minh Anh", "H'Hen Niê"]


def test_a_leaver_is_not_signed(with_a_leavers_draft: ClassPeriod, cast: Cast) -> None:
    actions.sign_off_class_period(class_period=with_a_leavers_draft, by=cast.hanh)
    assert set(SignOff.objects.values_list("record__enrollment", flat=True)) == {
        cast.anh.pk,
        cast.hhen.pk,
    }


def test_a_returned_class_owes_nothing_for_a_leaver(
    with_a_leavers_draft: ClassPeriod, cast: Cast
) -> None:
    actions.return_class_period(class_period=with_a_leavers_draft, reason="Xem lại", by=cast.hanh)
    assert missing_in_class(cast.school_class, END_TERM_1) == []
    assert states.submit(cast).status == Status.SUBMITTED


def test_a_leaver_is_not_counted(with_a_leavers_draft: ClassPeriod, cast: Cast) -> None:
    (progress,) = progress_of([cast.school_class], school_year=cast.school_year, period=END_TERM_1)
    assert (progress.pupils, progress.is_complete) == (2, True)


def test_a_leaver_is_not_shown_as_a_pupil_apart(
    with_a_leavers_draft: ClassPeriod, cast: Cast
) -> None:
    signed = actions.sign_off_class_period(class_period=with_a_leavers_draft, by=cast.hanh)
    assert class_page(signed).apart == []
    assert pupils_with_teachers([cast.school_class]) == []


def test_a_leaver_stands_in_no_list_of_the_open_class(cast: Cast) -> None:
    """9 with the lowest level would be conspicuous, had he stayed."""
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="toan",
        rows=[subject_row(cast.duc.pk, level="C", score=9)],
        by=cast.ngoc,
    )
    leave(cast, cast.duc, YESTERDAY)
    page = class_page(ClassPeriod.objects.get())
    assert page.deviations == []
    assert [row.enrollment for row in page.pupils] == [cast.anh, cast.hhen]


def test_nothing_is_entered_for_a_leaver(cast: Cast) -> None:
    leave(cast, cast.duc, YESTERDAY)
    with pytest.raises(NotOnRoster):
        enter_level(cast, cast.duc)


def test_a_leavers_draft_takes_no_entry_after_submission(
    with_a_leavers_draft: ClassPeriod, cast: Cast
) -> None:
    actions.return_class_period(class_period=with_a_leavers_draft, reason="Xem lại", by=cast.hanh)
    with pytest.raises(NotOnRoster):
        enter_level(cast, cast.duc)


def test_whoever_leaves_on_the_day_of_submission_is_handed_in(cast: Cast) -> None:
    states.filled(cast)
    leave(cast, cast.duc, TODAY)
    assert states.submit(cast).records.get(enrollment=cast.duc).status == Status.SUBMITTED


def test_whoever_leaves_between_submission_and_signature_is_signed(cast: Cast) -> None:
    submitted = states.submitted(cast)
    leave(cast, cast.duc, YESTERDAY)
    actions.sign_off_class_period(class_period=submitted, by=cast.hanh)
    assert SignOff.objects.filter(record__enrollment=cast.duc).exists()


def test_whoever_left_since_goes_along_when_the_class_is_reopened(cast: Cast) -> None:
    signed = states.signed_off(cast)
    leave(cast, cast.duc, TODAY)
    actions.reopen_class_period(class_period=signed, reason="Sai điểm", by=cast.hanh)
    actions.sign_off_class_period(class_period=states.submit(cast), by=cast.hanh)
    assert SignOff.objects.filter(record__enrollment=cast.duc).count() == 2


def test_a_pupil_who_joins_must_be_filled_in_before_submission(cast: Cast) -> None:
    states.filled(cast)
    newcomer = join(cast, TODAY)
    with pytest.raises(ClassIncomplete) as refusal:
        states.submit(cast)
    assert {entry.enrollment for entry in refusal.value.missing} == {newcomer}


def test_a_pupil_who_joins_after_submission_is_not_on_the_roster(cast: Cast) -> None:
    submitted = states.submitted(cast)
    join(cast, TODAY)
    actions.return_class_period(class_period=submitted, reason="Xem lại", by=cast.hanh)
    assert "Phan Gia Bảo" not in names(cast)


def test_nothing_is_entered_for_a_pupil_who_joined_after_submission(cast: Cast) -> None:
    states.returned(cast)
    newcomer = join(cast, TODAY)
    with pytest.raises(NotOnRoster):
        enter_level(cast, newcomer)


def test_a_class_without_pupils_is_not_handed_in(cast: Cast) -> None:
    """Its roster would be frozen empty, and take nobody who is enrolled tomorrow."""
    empty = factories.make_class(cast.school_year, "4B", (4,))
    HomeroomAssignment.objects.filter(staff_member=cast.ngoc).update(school_class=empty)
    with pytest.raises(StepNotAllowed):
        actions.submit_class_period(school_class=empty, period=END_TERM_1, by=cast.ngoc)
    assert not ClassPeriod.objects.exists()


def test_a_pupil_who_moves_to_another_class_is_on_one_roster(cast: Cast) -> None:
    other = factories.make_class(cast.school_year, "4B", (4,))
    leave(cast, cast.duc, YESTERDAY)
    factories.enroll(cast.duc.student, other, enrolled_on=TODAY)
    assert "Võ Trí Đức" not in names(cast)
    assert [row.student.full_name for row in roster(other, END_TERM_1)] == ["Võ Trí Đức"]


def test_what_was_entered_before_a_move_stays_with_the_old_class(cast: Cast) -> None:
    other = factories.make_class(cast.school_year, "4B", (4,))
    enter_level(cast, cast.duc)
    leave(cast, cast.duc, YESTERDAY)
    moved = factories.enroll(cast.duc.student, other, enrolled_on=TODAY)
    assert not PeriodRecord.objects.filter(enrollment=moved).exists()


def test_the_roster_day_counts_once_it_has_passed(cast: Cast) -> None:
    """Late entries: whoever left in February was there on the roster day, 17 January."""
    leave(cast, cast.duc, datetime.date(2027, 2, 1))
    with time_machine.travel(datetime.datetime(2027, 2, 20, 12, tzinfo=datetime.UTC)):
        states.extended(cast, datetime.date(2027, 2, 20))
        enter_level(cast, cast.duc)
    assert PeriodRecord.objects.filter(enrollment=cast.duc).exists()


def test_nobody_who_joins_after_the_roster_day_is_entered_late(cast: Cast) -> None:
    with time_machine.travel(datetime.datetime(2027, 2, 20, 12, tzinfo=datetime.UTC)):
        newcomer = join(cast, datetime.date(2027, 2, 1))
        states.extended(cast, datetime.date(2027, 2, 20))
        with pytest.raises(NotOnRoster):
            enter_level(cast, newcomer)


def test_who_joined_and_left_while_the_period_ran_is_on_no_roster_later(cast: Cast) -> None:
    guest = join(cast, YESTERDAY)
    leave(cast, guest, TODAY)
    with time_machine.travel(NOW + datetime.timedelta(days=1)):
        assert "Phan Gia Bảo" not in names(cast)


def test_a_pupil_is_on_the_roster_on_her_last_day(cast: Cast) -> None:
    leave(cast, cast.duc, TODAY)
    assert "Võ Trí Đức" in names(cast)
