"""Where the classes stand in May, so that the year can be closed by its roles."""

import pytest

from assessments.commendation_workflow import CommendationKind, CommendationStatus
from assessments.models import (
    ClassPeriod,
    Commendation,
    ExtensionRequest,
    Handover,
    PeriodRecord,
    SubjectResult,
    YearDecision,
)
from assessments.workflow import Status
from rulesets import Period
from tests.hocba.demo.seeded_at_year_end.conftest import TODAY

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


EARLIER = [Period.MID_TERM_1, Period.END_TERM_1, Period.MID_TERM_2]


def class_period(running, name, period=Period.END_YEAR):
    return ClassPeriod.objects.get(
        school_class__school_year=running, school_class__name=name, period=period
    )


def commendation(kind):
    return Commendation.objects.get(kind=kind)


def test_the_years_last_period_is_open_today(running):
    [window] = running.period_windows.open_on(TODAY)
    assert window.period == Period.END_YEAR


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("1A", Status.SIGNED_OFF),
        ("2A", Status.RETURNED),
        ("3A", Status.SUBMITTED),
        ("4A", Status.SUBMITTED),
        ("5A", Status.OPEN),
    ],
)
def test_the_last_period_shows_every_state_of_a_class(running, name, status):
    assert class_period(running, name).status == status


def test_the_returned_class_says_why(running):
    assert "Tiếng Việt" in class_period(running, "2A").status_reason


def test_every_earlier_period_is_signed_off(running):
    """Nobody is late any more: the late class would keep the year from being closed."""
    earlier = ClassPeriod.objects.filter(school_class__school_year=running, period__in=EARLIER)
    assert earlier.count() == 5 * len(EARLIER)
    assert {row.status for row in earlier} == {Status.SIGNED_OFF}


def test_nobody_asks_for_more_time(running):
    assert not ExtensionRequest.objects.pending().exists()


def test_even_the_class_that_is_open_has_every_comment(running):
    records = class_period(running, "5A").records.all()
    assert records.count() == running.classes.get(name="5A").enrollments.count()
    assert not records.filter(homeroom_comment="").exists()


def test_every_class_has_results_in_every_subject_that_it_offers(running):
    for school_class in running.classes.all():
        entered = SubjectResult.objects.filter(
            record__class_period__school_class=school_class,
            record__class_period__period=Period.END_YEAR,
        )
        offered = {row.subject_code for row in school_class.subject_offerings.all()}
        assert {row.subject_code for row in entered} == offered


def test_every_year_is_confirmed_by_the_homeroom_teachers(running):
    for school_class in running.classes.all():
        decisions = YearDecision.objects.filter(enrollment__school_class=school_class)
        assert decisions.count() == school_class.enrollments.count()


def test_only_the_signed_class_has_its_decisions_signed(running):
    decisions = YearDecision.objects.filter(enrollment__school_class__school_year=running)
    signed = decisions.exclude(signed_off_at=None).select_related("enrollment__school_class")
    assert {row.enrollment.school_class.name for row in signed} == {"1A"}
    assert signed.count() == decisions.filter(enrollment__school_class__name="1A").count()


def test_no_pupil_of_the_signed_class_waits(running):
    records = class_period(running, "1A").records.all()
    assert {row.status for row in records} == {Status.SIGNED_OFF}


def test_who_is_under_review_is_so_for_an_earlier_period(running):
    records = PeriodRecord.objects.filter(enrollment__school_class__school_year=running)
    reopened = records.filter(status=Status.REOPENED).select_related("class_period")
    assert {row.class_period.period for row in reopened} == {Period.END_TERM_1}


def test_no_class_of_the_running_year_is_handed_over_yet(running):
    assert not Handover.objects.filter(school_class__school_year=running).exists()


def test_the_enrolments_of_the_running_year_go_on(running):
    for school_class in running.classes.all():
        assert school_class.enrollments.filter(ended_on=None).count() >= 3


# Commendations


def test_one_deed_was_commended_by_the_principal(running):
    deed = commendation(CommendationKind.EXTRAORDINARY)
    assert deed.status == CommendationStatus.AWARDED
    assert deed.decided_by.username == "hieutruong"
    assert deed.decision_number == "27/QĐ-THHPL"
    assert deed.decided_on < TODAY


def test_one_prize_waits_for_the_principal(running):
    prize = commendation(CommendationKind.HIGHER_LEVEL)
    assert prize.status == CommendationStatus.PROPOSED
    assert prize.decided_at is None


def test_one_pupil_has_a_letter_of_praise(running):
    letter = commendation(CommendationKind.PRAISE_LETTER)
    assert letter.status == CommendationStatus.SENT
    assert letter.given_on < TODAY


def test_three_pupils_of_4a_are_praised_by_their_homeroom_teacher(running):
    rows = Commendation.objects.select_related("enrollment__school_class", "proposed_by")
    assert {row.enrollment.school_class.name for row in rows} == {"4A"}
    assert {row.proposed_by.username for row in rows} == {"gv4a"}
    assert len({row.enrollment_id for row in rows}) == 3
