"""What pages may load at all: always from the school inwards."""

import pytest

from assessments import actions
from assessments.models import ClassPeriod
from assessments.reading import (
    class_period_of,
    classes_of,
    period_records_of,
    reopen_requests_of,
)
from assessments.workflow import Status
from rulesets import Period
from tests.assessments import states
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


@pytest.fixture
def asked(cast: Cast) -> Cast:
    actions.request_reopening(
        class_period=states.signed_off(cast), record=None, reason="Sai điểm Toán", by=cast.ngoc
    )
    return cast


def test_a_school_has_its_own_classes(cast: Cast) -> None:
    assert list(classes_of(cast.school)) == [cast.school_class]


def test_a_school_has_its_own_records(cast: Cast) -> None:
    states.filled(cast)
    assert {record.enrollment for record in period_records_of(cast.school)} == {
        cast.anh,
        cast.hhen,
        cast.duc,
    }


def test_another_school_has_none_of_them(cast: Cast) -> None:
    states.filled(cast)
    assert not period_records_of(cast.other_school).exists()


def test_a_school_has_its_own_requests(asked: Cast) -> None:
    (request,) = reopen_requests_of(asked.school)
    assert request.reason == "Sai điểm Toán"
    assert not reopen_requests_of(asked.other_school).exists()


def test_a_class_that_nobody_has_touched_is_open_and_not_stored(cast: Cast) -> None:
    class_period = class_period_of(cast.school_class, END_TERM_1)
    assert (class_period.pk, class_period.status) == (None, Status.OPEN)
    assert not ClassPeriod.objects.exists()


def test_a_class_that_was_handed_in_is_found_as_it_stands(cast: Cast) -> None:
    stored = states.submitted(cast)
    found = class_period_of(cast.school_class, END_TERM_1)
    assert (found, found.status) == (stored, Status.SUBMITTED)


def test_each_period_of_a_class_stands_for_itself(cast: Cast) -> None:
    states.submitted(cast)
    assert class_period_of(cast.school_class, Period.MID_TERM_1).status == Status.OPEN
