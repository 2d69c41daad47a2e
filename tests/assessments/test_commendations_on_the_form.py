"""What of the year's commendations the signed payload and the printed form hold."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from assessments import actions
from assessments.models import Commendation, PeriodRecord, SignOff
from assessments.payload import _commendations, draft_payload
from reportcards.documents.paper_form import rewards
from rulesets import Period
from tests.assessments import commendations as made
from tests.assessments import states
from tests.assessments.commendations import PRIZE, WORDING
from tests.cast import Cast

IN_MAY = datetime.datetime(2027, 5, 20, 13, tzinfo=datetime.UTC)


@pytest.fixture
def in_may(cast: Cast) -> Iterator[Cast]:
    with time_machine.travel(IN_MAY, tick=False):
        yield cast


def signed_text(cast: Cast) -> str:
    sign_off = SignOff.objects.in_force().get(record__enrollment=cast.anh)
    return sign_off.payload["year_decision"]["extraordinary_reward"]


def test_what_was_awarded_stands_in_the_signed_year_in_the_order_of_its_days(
    in_may: Cast,
) -> None:
    prize = made.proposed_to_higher_level(in_may)
    made.award(in_may, prize, given_on=datetime.date(2027, 4, 1))
    made.awarded(in_may)
    states.signed_off(in_may, Period.END_YEAR)
    assert signed_text(in_may) == f"{WORDING.rstrip('.')}; {PRIZE}"


@pytest.mark.parametrize(
    "make", [made.proposed, made.forwarded, made.declined, made.letter, made.withdrawn]
)
def test_what_was_not_awarded_and_letters_do_not(in_may: Cast, make) -> None:
    make(in_may)
    states.signed_off(in_may, Period.END_YEAR)
    assert signed_text(in_may) == ""


def test_an_award_after_the_signature_waits_for_the_next_one(in_may: Cast) -> None:
    """What was signed stays as it was signed."""
    class_period = states.signed_off(in_may, Period.END_YEAR)
    made.awarded(in_may)
    assert signed_text(in_may) == ""
    record = class_period.records.get(enrollment=in_may.anh)
    record = actions.reopen_record(record=record, reason="Ghi thêm khen thưởng", by=in_may.hanh)
    record = actions.submit_record(record=record, by=in_may.ngoc)
    actions.sign_off_record(record=record, by=in_may.hanh)
    assert signed_text(in_may) == WORDING.rstrip(".")


def test_a_withdrawn_award_is_not_signed_again(in_may: Cast) -> None:
    award = made.awarded(in_may)
    class_period = states.signed_off(in_may, Period.END_YEAR)
    actions.withdraw_commendation(commendation=award, reason="Nhầm em", by=in_may.hanh)
    assert signed_text(in_may) == WORDING.rstrip(".")
    record = PeriodRecord.objects.with_results().get(
        class_period=class_period, enrollment=in_may.anh
    )
    assert draft_payload(record)["year_decision"]["extraordinary_reward"] == ""


def test_the_form_prints_title_and_commendations_in_one_field(in_may: Cast) -> None:
    made.awarded(in_may)
    states.signed_off(in_may, Period.END_YEAR)
    decision = SignOff.objects.get(record__enrollment=in_may.anh).payload["year_decision"]
    assert rewards(decision) == f"Đạt danh hiệu Học sinh Xuất sắc; {WORDING.rstrip('.')}"


def test_a_term_has_no_such_field(cast: Cast) -> None:
    made.awarded(cast)
    class_period = states.filled(cast)
    record = PeriodRecord.objects.with_results().get(class_period=class_period, enrollment=cast.anh)
    assert draft_payload(record)["year_decision"] is None


WORDINGS = st.lists(st.text("aăâbcdđeê .;0", min_size=1).filter(lambda text: text.strip(" .;")))


class Enrolled:
    """A record whose enrolment has these commendations, as a prefetch leaves it."""

    def __init__(self, rows: list[Commendation]) -> None:
        self.rows = rows
        self.enrollment = self.commendations = self

    def all(self) -> list[Commendation]:
        return self.rows


@pytest.mark.any_database
@given(WORDINGS)
def test_every_award_is_named_once_and_nothing_is_added(wordings: list[str]) -> None:
    rows = [
        Commendation(
            pk=number,
            kind="extraordinary",
            status="awarded",
            wording=wording,
            given_on=datetime.date(2027, 1, 1),
        )
        for number, wording in enumerate(wordings)
    ]
    text = _commendations(Enrolled(rows[::-1]))
    assert text == "; ".join(wording.rstrip(" .;") for wording in wordings)
