import datetime

import pytest
import time_machine

from assessments import actions
from assessments.models import ReopenRequest
from assessments.standing import (
    Unfinished,
    awaiting_sign_off,
    pending_requests,
    pupils_awaiting_sign_off,
    pupils_with_teachers,
    unfinished,
)
from assessments.workflow import Status
from rulesets import Period
from schools.models import PeriodWindow
from tests import factories
from tests.assessments import states
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import Cast


def late(cast: Cast, day: str) -> list[Unfinished]:
    return unfinished(
        [cast.school_class], school_year=cast.school_year, today=datetime.date.fromisoformat(day)
    )


def periods(rows: list[Unfinished]) -> list[tuple[str, int]]:
    return [(row.class_period.period, row.days_late) for row in rows]


def test_nothing_is_late_before_a_period_is_over(cast: Cast) -> None:
    assert late(cast, "2026-11-15") == []


def test_a_class_that_nobody_has_begun_is_late_the_day_after(cast: Cast) -> None:
    assert periods(late(cast, "2026-11-16")) == [(Period.MID_TERM_1, 1)]


def test_the_latest_stands_first(cast: Cast) -> None:
    assert periods(late(cast, "2027-01-18")) == [(Period.MID_TERM_1, 64), (Period.END_TERM_1, 1)]


@pytest.mark.parametrize(
    ("bring", "is_late"),
    [
        (states.filled, True),
        (states.submitted, False),
        (states.returned, True),
        (states.signed_off, False),
        (states.reopened, True),
    ],
)
def test_late_is_what_the_teachers_still_have(cast: Cast, bring, is_late: bool) -> None:
    bring(cast)
    found = [period for period, _days in periods(late(cast, "2027-01-18"))]
    assert (Period.END_TERM_1 in found) == is_late


def test_a_window_for_single_pupils_makes_no_class_late(cast: Cast) -> None:
    PeriodWindow.objects.create(
        school_year=cast.school_year,
        period=Period.SUPPLEMENTARY,
        opens_on="2026-09-10",
        closes_on="2026-09-20",
        roster_on="2026-09-20",
    )
    assert late(cast, "2026-10-01") == []


def test_nobody_else_is_asked_for_no_classes(cast: Cast) -> None:
    assert unfinished([], school_year=cast.school_year, today=datetime.date(2027, 1, 18)) == []


def test_what_waits_for_a_signature_is_the_schools_own(cast: Cast) -> None:
    submitted = states.submitted(cast)
    assert awaiting_sign_off(cast.school) == [submitted]
    assert awaiting_sign_off(cast.other_school) == []


def test_whoever_handed_in_first_stands_first(cast: Cast) -> None:
    second = factories.make_class(cast.school_year, "1A", (1,))
    factories.assign_homeroom(second, cast.suong)
    factories.enroll(factories.make_student("Trần Thảo Vy"), second)
    assign_every_subject(second, cast.suong)
    first = states.submitted(cast)
    with time_machine.travel("2027-01-06 08:00:00+07:00", tick=False):
        fill_class(second, Period.END_TERM_1, homeroom=cast.suong)
        actions.submit_class_period(school_class=second, period=Period.END_TERM_1, by=cast.suong)
    assert [row.school_class.name for row in awaiting_sign_off(cast.school)] == ["4A", "1A"]
    assert awaiting_sign_off(cast.school)[0] == first


def test_pupils_of_a_submitted_class_do_not_wait_one_by_one(cast: Cast) -> None:
    states.submitted(cast)
    assert pupils_awaiting_sign_off(cast.school) == []


def test_a_pupil_alone_waits_with_her_teachers_and_then_with_the_leader(cast: Cast) -> None:
    record = states.with_anh_reopened(cast)
    assert pupils_with_teachers([cast.school_class]) == [record]
    assert pupils_awaiting_sign_off(cast.school) == []
    actions.submit_record(record=record, by=cast.ngoc)
    assert pupils_with_teachers([cast.school_class]) == []
    assert pupils_awaiting_sign_off(cast.school) == [record]
    assert pupils_awaiting_sign_off(cast.other_school) == []


def test_a_reopened_class_has_no_pupils_alone(cast: Cast) -> None:
    class_period = states.reopened(cast)
    assert class_period.records.filter(status=Status.REOPENED).count() == 3
    assert pupils_with_teachers([cast.school_class]) == []


def test_requests_wait_until_they_are_answered(cast: Cast) -> None:
    class_period = states.signed_off(cast)
    asked = actions.request_reopening(class_period=class_period, reason="Em thi lại", by=cast.binh)
    assert list(pending_requests(cast.school)) == [asked]
    assert not pending_requests(cast.other_school).exists()
    actions.decide_reopen_request(request=asked, is_granted=False, by=cast.hanh)
    assert not pending_requests(cast.school).exists()
    assert ReopenRequest.objects.count() == 1
