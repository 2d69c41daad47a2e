"""The whole product of state x step, computed from the table so that none is forgotten."""

import pytest

from reportcards import workflow
from reportcards.models import SlotKey
from reportcards.profiles import PROFILES
from reportcards.workflow import (
    IN_FORCE,
    IN_MAKING,
    OVER,
    SIGNING_STEPS,
    TRANSITIONS,
    CardState,
    CardStep,
    can_move,
    moves,
    steps_from,
    targets_of,
    transition_for,
)

every_state = pytest.mark.parametrize("state", CardState)
every_step = pytest.mark.parametrize("step", CardStep)
every_transition = pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda row: row.step)

# Công văn 2088, III.2 and III.3, read once more: what each state lets happen, and nothing else.
OPEN_STEPS = {
    CardState.CREATED: {"sign_homeroom", "discard"},
    CardState.HOMEROOM_SIGNED: {"sign_leader", "discard"},
    CardState.LEADER_SIGNED: {"seal", "discard"},
    CardState.ISSUED: {"send", "request_withdrawal"},
    CardState.SENT: {"accept", "refuse", "request_withdrawal"},
    CardState.ACCEPTED: {"circulate", "refuse", "request_withdrawal"},
    CardState.CIRCULATED: {"request_withdrawal"},
    CardState.REFUSED: {"take_back"},
    CardState.WITHDRAWAL_REQUESTED: {"withdraw", "refuse_withdrawal"},
    CardState.WITHDRAWN: {"supersede"},
    CardState.SUPERSEDED: set(),
    CardState.DISCARDED: set(),
}


def reachable_from(state: CardState) -> set[CardState]:
    reached, waiting = {state}, [state]
    while waiting:
        source = waiting.pop()
        further = {CardState(target) for start, target in moves() if start == source}
        waiting += further - reached
        reached |= further
    return reached


@every_state
@every_step
def test_a_step_is_open_where_the_circular_has_it_and_nowhere_else(
    state: CardState, step: CardStep
) -> None:
    assert can_move(step, state=state) == (step in OPEN_STEPS[state])


@every_state
def test_the_steps_from_a_state_are_those_that_it_can_take(state: CardState) -> None:
    assert set(steps_from(state)) == {step for step in CardStep if can_move(step, state=state)}


@every_step
def test_every_step_has_one_transition(step: CardStep) -> None:
    assert [row.step for row in TRANSITIONS].count(step) == 1
    assert transition_for(step).step == step


@every_transition
def test_a_transition_goes_somewhere_else(transition: workflow.Transition) -> None:
    targets = targets_of(transition)
    assert targets
    assert not set(targets) & set(transition.sources)


def test_no_two_events_have_one_name() -> None:
    events = [workflow.CREATED, *(row.event for row in TRANSITIONS)]
    assert len(set(events)) == len(events)


@every_state
@pytest.mark.parametrize("target", CardState)
def test_the_moves_are_the_arrows_of_the_table(state: CardState, target: CardState) -> None:
    arrows = [row for row in TRANSITIONS if state in row.sources and target in targets_of(row)]
    assert ((state.value, target.value) in moves()) == bool(arrows)


def test_the_database_is_told_plain_words() -> None:
    assert {type(word) for move in moves() for word in move} == {str}


def test_every_state_can_be_reached_from_a_new_card() -> None:
    assert reachable_from(CardState.CREATED) == set(CardState)


@every_state
def test_every_state_belongs_to_one_stretch_of_the_life(state: CardState) -> None:
    assert [state in part for part in (IN_MAKING, IN_FORCE, OVER)].count(True) == 1


@pytest.mark.parametrize("state", IN_FORCE)
def test_nothing_in_force_is_unmade(state: CardState) -> None:
    assert not reachable_from(state) & set(IN_MAKING)
    assert CardState.DISCARDED not in reachable_from(state)


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_never_comes_back_into_force(state: CardState) -> None:
    assert reachable_from(state) <= set(OVER)


def test_a_card_comes_into_force_by_its_seal_alone() -> None:
    ways_in = {
        row.step
        for row in TRANSITIONS
        if set(targets_of(row)) & set(IN_FORCE) and not set(row.sources) <= set(IN_FORCE)
    }
    assert ways_in == {CardStep.SEAL}


def test_an_issued_card_leaves_force_by_the_departments_word_alone() -> None:
    """It is withdrawn by the department's decision, or it was refused by it."""
    ways_out = {
        row.step
        for row in TRANSITIONS
        if set(row.sources) & set(IN_FORCE) and not set(targets_of(row)) <= set(IN_FORCE)
    }
    assert ways_out == {CardStep.WITHDRAW, CardStep.TAKE_BACK}


def test_a_refused_withdrawal_leads_back_to_where_it_was_asked_for() -> None:
    targets = targets_of(transition_for(CardStep.REFUSE_WITHDRAWAL))
    assert set(targets) == set(transition_for(CardStep.REQUEST_WITHDRAWAL).sources)


def test_whoever_goes_back_says_why() -> None:
    with_reason = {row.step for row in TRANSITIONS if row.needs_reason}
    assert with_reason == {
        CardStep.DISCARD,
        CardStep.REFUSE,
        CardStep.TAKE_BACK,
        CardStep.REQUEST_WITHDRAWAL,
        CardStep.REFUSE_WITHDRAWAL,
    }


def test_the_slots_are_signed_in_the_order_of_the_states() -> None:
    steps = [transition_for(step) for step in SIGNING_STEPS.values()]
    assert [row.sources for row in steps] == [(state,) for state in IN_MAKING]
    assert [row.target for row in steps] == [*IN_MAKING[1:], CardState.ISSUED]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.key)
def test_every_slot_that_can_be_signed_has_its_step(profile) -> None:
    assert [slot.key for slot in profile.slots] == list(SIGNING_STEPS) == SlotKey.values
