"""Every state x step on a card in the database; the database itself refuses every other move."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import AuditEvent
from reportcards.actions._life import lock_card, move_card
from reportcards.errors import ReasonMissing, StepNotAllowed
from reportcards.models import ReportCard, ReportCardEvent
from reportcards.workflow import (
    TRANSITIONS,
    CardState,
    CardStep,
    can_move,
    moves,
    targets_of,
    transition_for,
)
from tests.cast import Cast
from tests.rows import saved_row

REASON = "Vì một lý do"


def card_in(cast: Cast, state: CardState) -> ReportCard:
    """As it came there, where going back asks for it."""
    card = saved_row(ReportCard, cast, state=state, payload={"relaxations": []})
    came_from = CardState.SENT if state == CardState.WITHDRAWAL_REQUESTED else ""
    ReportCardEvent.objects.create(
        report_card=card, event="x", from_state=came_from, to_state=state, by=cast.van.user
    )
    return lock_card(card)


@pytest.mark.parametrize("state", CardState)
@pytest.mark.parametrize("step", CardStep)
def test_each_step_from_each_state(cast: Cast, state: CardState, step: CardStep) -> None:
    card = card_in(cast, state)
    if not can_move(step, state=state):
        with pytest.raises(StepNotAllowed):
            move_card(card, step, by=cast.van.user, reason=REASON)
        assert stored(card).state == state
        return
    move_card(card, step, by=cast.van.user, reason=REASON, reference="77/SGDĐT")
    assert stored(card).state in targets_of(transition_for(step))


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda row: row.step)
def test_a_step_is_an_event_of_the_card_and_of_the_log(cast: Cast, transition) -> None:
    source = transition.sources[0]
    card = card_in(cast, source)
    move_card(card, transition.step, by=cast.van.user, reason=REASON, reference="77/SGDĐT")

    event = card.events.latest("pk")
    assert (event.event, event.from_state, event.to_state) == (
        transition.event,
        source,
        card.state,
    )
    assert (event.by, event.reason, event.reference) == (cast.van.user, REASON, "77/SGDĐT")
    assert event.at == card.state_changed_at == stored(card).state_changed_at

    logged = AuditEvent.objects.get(event=f"report_card.{transition.event}")
    assert logged.changes["state"] == [source, card.state]
    assert logged.changes["uuid"] == [None, str(card.uuid)]
    assert logged.changes["reference"] == [None, "77/SGDĐT"]
    assert (logged.school_id, logged.school_class_id, logged.student_id) == (
        cast.school.pk,
        cast.school_class.pk,
        cast.anh.student_id,
    )


@pytest.mark.parametrize(
    "step", [row.step for row in TRANSITIONS if row.needs_reason], ids=lambda step: step
)
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_step_back_without_a_reason_is_refused(cast: Cast, step: CardStep, reason: str) -> None:
    card = card_in(cast, transition_for(step).sources[0])
    with pytest.raises(ReasonMissing):
        move_card(card, step, by=cast.van.user, reason=reason)
    assert stored(card).state == card.state


def test_a_step_without_a_document_logs_none(cast: Cast) -> None:
    card = card_in(cast, CardState.ISSUED)
    move_card(card, CardStep.SEND, by=cast.van.user)
    assert "reference" not in AuditEvent.objects.get(event="report_card.sent").changes


@pytest.mark.parametrize(
    "before", [CardState.ISSUED, CardState.SENT, CardState.ACCEPTED, CardState.CIRCULATED]
)
def test_a_refused_withdrawal_leads_back_to_where_the_card_stood(
    cast: Cast, before: CardState
) -> None:
    card = card_in(cast, before)
    move_card(card, CardStep.REQUEST_WITHDRAWAL, by=cast.hanh.user, reason=REASON)
    move_card(card, CardStep.REFUSE_WITHDRAWAL, by=cast.van.user, reason=REASON)
    assert stored(card).state == before


def test_a_second_refusal_leads_back_to_where_it_was_asked_for_again(cast: Cast) -> None:
    card = card_in(cast, CardState.ISSUED)
    for step in (
        CardStep.REQUEST_WITHDRAWAL,
        CardStep.REFUSE_WITHDRAWAL,
        CardStep.SEND,
        CardStep.REQUEST_WITHDRAWAL,
        CardStep.REFUSE_WITHDRAWAL,
    ):
        move_card(card, step, by=cast.van.user, reason=REASON)
    assert stored(card).state == CardState.SENT


def test_whoever_has_an_old_copy_of_the_card_comes_too_late(cast: Cast) -> None:
    card = card_in(cast, CardState.ISSUED)
    old = ReportCard.objects.get(pk=card.pk)
    move_card(card, CardStep.SEND, by=cast.van.user)
    with pytest.raises(StepNotAllowed):
        move_card(old, CardStep.SEND, by=cast.tam.user)
    assert card.events.filter(event="sent").count() == 1


@pytest.mark.parametrize("state", CardState)
def test_the_database_refuses_every_move_that_is_no_arrow(cast: Cast, state: CardState) -> None:
    card = saved_row(ReportCard, cast, state=state)
    for target in CardState:
        if target == state or (state.value, target.value) in moves():
            continue
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE reportcards_reportcard SET state = %s WHERE id = %s", [target, card.pk]
            )


def stored(card: ReportCard) -> ReportCard:
    return ReportCard.objects.get(pk=card.pk)
