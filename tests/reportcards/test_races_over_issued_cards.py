"""Two people at the same moment at one issued card: one succeeds, the other reads a sentence."""

import pytest

from assessments.models import IssueLock
from audit.errors import DomainError
from reportcards import actions
from reportcards.errors import StepNotAllowed, WithdrawalAnswered
from reportcards.models import (
    CertifiedCopy,
    CopyKind,
    ReportCard,
    ReportCardEvent,
    WithdrawalRequest,
)
from reportcards.workflow import CardState
from tests.reportcards.test_copies import give
from tests.reportcards.withdrawing import (
    GRANTED,
    REFUSED,
    answered,
    in_days,
    made_anew,
    refused_by_department,
    requested,
    withdrawn,
)
from tests.rivals import Rivals, shared_database

pytestmark = shared_database


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


def refusal_in(outcomes: list[object]) -> DomainError:
    [refusal] = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert isinstance(refusal, DomainError), refusal
    assert str(refusal.message)
    return refusal


def state_of(card: ReportCard) -> str:
    return ReportCard.objects.get(pk=card.pk).state


def test_two_requests(card, cast, rivals: Rivals):
    outcomes = rivals.act_at_once(lambda: requested(cast, card), lambda: requested(cast, card))
    assert isinstance(refusal_in(outcomes), StepNotAllowed)
    assert rivals.see(WithdrawalRequest.objects.count) == 1


def test_two_answers(card, cast, rivals: Rivals):
    request = requested(cast, card)
    outcomes = rivals.act_at_once(
        lambda: answered(cast, request, GRANTED), lambda: answered(cast, request, REFUSED)
    )
    assert isinstance(refusal_in(outcomes), WithdrawalAnswered | StepNotAllowed)
    granted = rivals.see(lambda: WithdrawalRequest.objects.get().is_granted)
    state = rivals.see(lambda: state_of(card))
    assert state == (CardState.WITHDRAWN if granted else CardState.ISSUED)
    held = rivals.see(lambda: IssueLock.objects.filter(enrollment=cast.anh).exists())
    assert held is not granted


def test_a_request_and_the_departments_acceptance(card, cast, rivals: Rivals):
    """Whichever comes first, the card stands where the table lets it."""
    actions.record_delivery(report_card=card, step="send", by=cast.van)
    outcomes = rivals.act_at_once(
        lambda: requested(cast, card),
        lambda: actions.record_delivery(report_card=card, step="accept", by=cast.van),
    )
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(refusal, DomainError) for refusal in refusals)
    assert rivals.see(lambda: state_of(card)) == CardState.WITHDRAWAL_REQUESTED


def test_two_who_take_a_refused_card_back(card, cast, rivals: Rivals):
    refused = refused_by_department(cast, card)

    def take_back():
        return actions.take_back_report_card(report_card=refused, reason="Sửa", by=cast.hanh)

    assert isinstance(refusal_in(rivals.act_at_once(take_back, take_back)), StepNotAllowed)
    events = ReportCardEvent.objects.filter(event="taken_back")
    assert rivals.see(events.count) == 1


def test_a_withdrawal_and_the_closing_of_the_year(card, cast, rivals: Rivals):
    """Closed from the next day on: what is asked today still counts."""
    outcomes = rivals.act_at_once(
        lambda: requested(cast, card),
        lambda: actions.close_card_year(
            school_year=cast.school_year,
            closed_on=in_days(1),
            reference="77/SGDĐT",
            by=cast.hanh,
        ),
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_two_copies_take_two_numbers(issued_cards, cast, rivals: Rivals):
    acts = [lambda card=card: give(cast, card) for card in issued_cards[:2]]
    outcomes = rivals.act_at_once(*acts)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    numbers = rivals.see(lambda: sorted(CertifiedCopy.objects.values_list("number", flat=True)))
    assert numbers == [1, 2]


def test_a_certified_copy_and_the_withdrawal_of_its_card(card, cast, rivals: Rivals):
    """Either the copy was given of a card in force, or none was given."""
    request = requested(cast, card)
    outcomes = rivals.act_at_once(
        lambda: give(cast, card, CopyKind.CERTIFIED_COPY), lambda: answered(cast, request)
    )
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(refusal, DomainError) for refusal in refusals)
    assert rivals.see(CertifiedCopy.objects.count) == 1 - len(refusals)


def test_two_new_cards_for_one_that_was_withdrawn(card, cast, rivals: Rivals):
    withdrawn(cast, card)
    outcomes = rivals.act_at_once(
        lambda: made_anew(cast, cast.anh), lambda: made_anew(cast, cast.anh)
    )
    made = [outcome for outcome in outcomes if isinstance(outcome, ReportCard)]
    standing = ReportCard.objects.standing().filter(enrollment=cast.anh)
    assert rivals.see(standing.count) == 1
    assert len(made) == 1
