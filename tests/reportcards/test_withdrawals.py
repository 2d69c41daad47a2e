"""Withdrawing a card: asked for, decided, taken back, and what becomes free by it."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from assessments.errors import CardInForce
from assessments.models import IssueLock
from audit.errors import NotPermitted
from audit.models import AuditEvent
from reportcards import actions
from reportcards.actions import Attachment, Decision
from reportcards.archive import content_of
from reportcards.attachments import AttachmentRefused
from reportcards.errors import (
    DecisionIncomplete,
    DecisionInFuture,
    DecisionMissing,
    ReasonMissing,
    StepNotAllowed,
    WithdrawalAnswered,
    YearClosed,
)
from reportcards.models import (
    FileKind,
    ReportCard,
    ReportCardEvent,
    WithdrawalCause,
    WithdrawalRequest,
)
from reportcards.workflow import WITHDRAWABLE, CardState, CardStep
from tests.reportcards.digital_cards import ISSUED_ON
from tests.reportcards.withdrawing import (
    GRANTED,
    NUMBER,
    PDF,
    REASON,
    REFUSED,
    answered,
    in_days,
    refused_by_department,
    reopened,
    requested,
    requested_for_civil_status,
    withdrawn,
)

TRANSFER_UUID = "7d9f3c52-6f0e-4b64-9b6e-2f2f4ad3a111"


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


def now(card):
    return ReportCard.objects.get(pk=card.pk)


def locked_pupils():
    return set(IssueLock.objects.values_list("enrollment_id", flat=True))


def delivered(cast, card, state):
    steps = {CardState.SENT: 1, CardState.ACCEPTED: 2, CardState.CIRCULATED: 3}
    for step in (CardStep.SEND, CardStep.ACCEPT, CardStep.CIRCULATE)[: steps.get(state, 0)]:
        actions.record_delivery(report_card=card, step=step, by=cast.van)


# Asking


def test_a_leader_asks_with_a_reason(card, cast):
    request = requested(cast, card)
    assert (request.reason, request.asked_by) == (REASON, cast.hanh.user)
    assert request.decided_at is None
    assert now(card).state == CardState.WITHDRAWAL_REQUESTED
    event = ReportCardEvent.objects.get(report_card=card, event="withdrawal_requested")
    assert event.reason == REASON


def test_asking_frees_nothing(card, cast):
    requested(cast, card)
    assert cast.anh.pk in locked_pupils()
    with pytest.raises(CardInForce):
        reopened(cast, cast.anh)


def test_asking_is_recorded(card, cast):
    requested(cast, card)
    [event] = AuditEvent.objects.filter(event="report_card.withdrawal_requested")
    assert (event.actor, event.reason) == (cast.hanh.user, REASON)
    assert event.student_id == card.student_id


@pytest.mark.parametrize("state", WITHDRAWABLE)
def test_a_card_is_asked_back_wherever_its_delivery_stands(card, cast, state):
    delivered(cast, card, state)
    requested(cast, card)
    assert now(card).state == CardState.WITHDRAWAL_REQUESTED


@pytest.mark.parametrize("person", ["van", "tam", "ngoc", "binh", "kien", "quang"])
def test_nobody_but_a_leader_of_the_school_asks(card, cast, person):
    with pytest.raises(NotPermitted):
        actions.request_withdrawal(
            report_card=card,
            cause=WithdrawalCause.MISTAKE,
            reason=REASON,
            by=getattr(cast, person),
        )
    assert now(card).state == CardState.ISSUED


def test_a_request_without_a_reason_is_refused(card, cast):
    with pytest.raises(ReasonMissing):
        actions.request_withdrawal(
            report_card=card, cause=WithdrawalCause.MISTAKE, reason="  ", by=cast.hanh
        )


def test_a_second_request_is_refused_while_the_first_waits(card, cast):
    requested(cast, card)
    with pytest.raises(StepNotAllowed):
        requested(cast, card)
    assert WithdrawalRequest.objects.count() == 1


def test_a_card_in_the_making_is_not_withdrawn(cards, cast):
    with pytest.raises(StepNotAllowed):
        requested(cast, cards[0])


def test_a_card_that_the_department_refused_is_taken_back_instead(card, cast):
    with pytest.raises(StepNotAllowed):
        requested(cast, refused_by_department(cast, card))


# After the year is closed


def close(cast, closed_on):
    actions.close_card_year(
        school_year=cast.school_year, closed_on=closed_on, reference="77/SGDĐT", by=cast.hanh
    )


def test_after_the_year_is_closed_nothing_is_withdrawn(card, cast):
    close(cast, ISSUED_ON)
    with pytest.raises(YearClosed, match="77/SGDĐT"):
        requested(cast, card)
    assert now(card).state == CardState.ISSUED


def test_until_the_day_of_closing_a_card_is_withdrawn(card, cast):
    close(cast, in_days(1))
    requested(cast, card)


def test_what_was_asked_before_the_closing_is_still_answered(card, cast):
    request = requested(cast, card)
    close(cast, ISSUED_ON)
    answered(cast, request)
    assert now(card).state == CardState.WITHDRAWN


# The decision on civil status


def test_a_change_of_civil_status_needs_its_decision(card, cast):
    with pytest.raises(DecisionMissing):
        actions.request_withdrawal(
            report_card=card,
            cause=WithdrawalCause.CIVIL_STATUS,
            reason="Đổi họ",
            by=cast.hanh,
        )


def test_the_decision_is_archived_with_the_card(card, cast):
    request = requested_for_civil_status(cast, card)
    assert request.attachment.kind == FileKind.DECISION
    assert request.attachment.name.endswith(".pdf")
    assert content_of(request.attachment) == PDF


def test_a_file_that_is_none_of_the_three_kinds_is_refused(card, cast):
    with pytest.raises(AttachmentRefused):
        actions.request_withdrawal(
            report_card=card,
            cause=WithdrawalCause.CIVIL_STATUS,
            reason="Đổi họ",
            attachment=Attachment(b"MZ"),
            by=cast.hanh,
        )
    assert now(card).state == CardState.ISSUED


# The department's answer


def test_granted_the_card_is_over_and_its_pupil_free(card, cast):
    request = answered(cast, requested(cast, card))
    assert request.is_granted
    assert (request.decision_number, request.decided_on) == (NUMBER, ISSUED_ON)
    assert request.decided_by == cast.van.user
    assert now(card).state == CardState.WITHDRAWN
    reopened(cast, cast.anh)


def test_granted_only_her_own_results_are_free(card, cast):
    withdrawn(cast, card)
    assert locked_pupils() == {cast.hhen.pk, cast.duc.pk}
    for neighbour in (cast.hhen, cast.duc):
        with pytest.raises(CardInForce):
            reopened(cast, neighbour)


def test_refused_the_card_goes_back_to_where_it_stood(card, cast):
    delivered(cast, card, CardState.ACCEPTED)
    request = answered(cast, requested(cast, card), REFUSED)
    assert (request.is_granted, request.refusal) == (False, REFUSED.refusal)
    assert now(card).state == CardState.ACCEPTED
    assert cast.anh.pk in locked_pupils()


def test_after_a_refusal_it_is_asked_for_again(card, cast):
    answered(cast, requested(cast, card), REFUSED)
    answered(cast, requested(cast, card))
    assert now(card).state == CardState.WITHDRAWN
    assert WithdrawalRequest.objects.filter(report_card=card).count() == 2


@pytest.mark.parametrize("person", ["hanh", "ngoc", "kien", "quang"])
def test_nobody_but_clerk_and_registrar_records_the_answer(card, cast, person):
    request = requested(cast, card)
    with pytest.raises(NotPermitted):
        actions.decide_withdrawal(request=request, decision=GRANTED, by=getattr(cast, person))
    assert now(card).state == CardState.WITHDRAWAL_REQUESTED


def test_the_registrar_records_it_too(card, cast):
    actions.decide_withdrawal(request=requested(cast, card), decision=GRANTED, by=cast.tam)
    assert now(card).state == CardState.WITHDRAWN


@pytest.mark.parametrize(
    ("decision", "refusal"),
    [
        (Decision(True, " ", ISSUED_ON), DecisionIncomplete),
        (Decision(True, NUMBER, in_days(1)), DecisionInFuture),
        (Decision(False, NUMBER, ISSUED_ON), ReasonMissing),
        (Decision(False, NUMBER, ISSUED_ON, " "), ReasonMissing),
    ],
)
def test_a_decision_that_is_not_whole_is_refused(card, cast, decision, refusal):
    with pytest.raises(refusal):
        answered(cast, requested(cast, card), decision)
    assert now(card).state == CardState.WITHDRAWAL_REQUESTED


def test_an_answer_is_given_once(card, cast):
    request = requested(cast, card)
    answered(cast, request)
    with pytest.raises(WithdrawalAnswered):
        answered(cast, request, REFUSED)
    request.refresh_from_db()
    assert request.is_granted


@pytest.mark.parametrize(
    ("decision", "event"),
    [(GRANTED, "withdrawal_request.granted"), (REFUSED, "withdrawal_request.refused")],
)
def test_the_answer_is_recorded(card, cast, decision, event):
    answered(cast, requested(cast, card), decision)
    [recorded] = AuditEvent.objects.filter(event=event)
    assert recorded.changes["decision_number"] == [None, NUMBER]
    assert recorded.reason == decision.refusal


def test_the_number_of_the_decision_stands_in_the_cards_life(card, cast):
    withdrawn(cast, card)
    event = ReportCardEvent.objects.get(report_card=card, event="withdrawn")
    assert event.reference == NUMBER


# Taking back


def test_a_refused_card_is_taken_back_without_a_decision(card, cast):
    refused = refused_by_department(cast, card)
    actions.take_back_report_card(report_card=refused, reason="Sửa mã trường.", by=cast.hanh)
    assert now(card).state == CardState.WITHDRAWN
    assert locked_pupils() == {cast.hhen.pk, cast.duc.pk}


@pytest.mark.parametrize("state", [CardState.ISSUED, CardState.SENT, CardState.ACCEPTED])
def test_a_card_that_nobody_refused_is_not_taken_back(card, cast, state):
    delivered(cast, card, state)
    with pytest.raises(StepNotAllowed):
        actions.take_back_report_card(report_card=card, reason="Sai", by=cast.hanh)
    assert cast.anh.pk in locked_pupils()


def test_taking_back_needs_a_reason(card, cast):
    with pytest.raises(ReasonMissing):
        actions.take_back_report_card(
            report_card=refused_by_department(cast, card), reason="", by=cast.hanh
        )


@pytest.mark.parametrize("person", ["van", "tam", "ngoc", "quang"])
def test_nobody_but_a_leader_takes_back(card, cast, person):
    refused = refused_by_department(cast, card)
    with pytest.raises(NotPermitted):
        actions.take_back_report_card(report_card=refused, reason="Sai", by=getattr(cast, person))


# The lock


def test_the_lock_stays_while_the_card_is_in_force(card, cast):
    with pytest.raises(IntegrityError, match="held"), transaction.atomic():
        IssueLock.objects.filter(enrollment=cast.anh).delete()


def test_the_lock_stays_for_another_card_of_the_same_year(card, cast):
    """Such as a transfer's, which stands on the same results."""
    fields = {
        field.attname: getattr(card, field.attname)
        for field in ReportCard._meta.concrete_fields
        if field.name not in {"id", "uuid", "kind", "state"}
    }
    ReportCard.objects.create(uuid=TRANSFER_UUID, kind="transfer", state=CardState.ISSUED, **fields)
    withdrawn(cast, card)
    assert cast.anh.pk in locked_pupils()


def test_no_answer_is_changed_by_whoever_reads_the_row_late(card, cast):
    """The row that a page read before somebody else answered."""
    early = requested(cast, card)
    late = WithdrawalRequest.objects.get(pk=early.pk)
    answered(cast, early, REFUSED)
    with pytest.raises((WithdrawalAnswered, DatabaseError)):
        answered(cast, late)
    assert now(card).state == CardState.ISSUED
