"""Every status x step x role, computed from the enums so that none is forgotten."""

from collections.abc import Callable

import pytest

from assessments import actions
from assessments.errors import StepNotAllowed
from assessments.models import ClassPeriod, PeriodRecord
from assessments.workflow import (
    EDITABLE,
    OWNERS,
    TRANSITIONS,
    Owner,
    Status,
    Step,
    can_move,
    steps_from,
    transition_for,
)
from audit.errors import NotPermitted
from audit.models import AuditEvent
from tests.assessments import states
from tests.cast import Cast
from tests.pages import COLLEAGUES

LEADERS = frozenset({"hanh", "phuc"})
HOMEROOM = frozenset({"ngoc"})
MAY = {
    Step.SUBMIT: HOMEROOM,
    Step.RETURN: LEADERS,
    Step.SIGN_OFF: LEADERS,
    Step.REOPEN: LEADERS,
}

CLASS_IN: dict[Status, Callable[[Cast], ClassPeriod]] = {
    Status.OPEN: states.filled,
    Status.SUBMITTED: states.submitted,
    Status.RETURNED: states.returned,
    Status.SIGNED_OFF: states.signed_off,
    Status.REOPENED: states.reopened,
}

every_status = pytest.mark.parametrize("status", Status)
every_step = pytest.mark.parametrize("step", Step)


def class_in(cast: Cast, status: Status) -> ClassPeriod:
    class_period = CLASS_IN[status](cast)
    assert class_period.status == status
    return ClassPeriod.objects.get(pk=class_period.pk)


def record_in(cast: Cast, status: Status) -> PeriodRecord:
    return class_in(cast, status).records.get(enrollment=cast.anh)


def move_class(class_period: ClassPeriod, step: Step, cast: Cast, role: str) -> object:
    by = getattr(cast, role)
    if step == Step.SUBMIT:
        return actions.submit_class_period(
            school_class=cast.school_class, period=class_period.period, by=by
        )
    if step == Step.SIGN_OFF:
        return actions.sign_off_class_period(class_period=class_period, by=by)
    action = {Step.RETURN: actions.return_class_period, Step.REOPEN: actions.reopen_class_period}
    return action[step](class_period=class_period, reason="Vì một lý do", by=by)


def move_record(record: PeriodRecord, step: Step, cast: Cast, role: str) -> object:
    by = getattr(cast, role)
    if step == Step.SUBMIT:
        return actions.submit_record(record=record, by=by)
    if step == Step.SIGN_OFF:
        return actions.sign_off_record(record=record, by=by)
    action = {Step.RETURN: actions.return_record, Step.REOPEN: actions.reopen_record}
    return action[step](record=record, reason="Vì một lý do", by=by)


MOVES = pytest.mark.parametrize(
    ("holder_in", "move"),
    [(class_in, move_class), (record_in, move_record)],
    ids=["class", "pupil"],
)


@MOVES
@every_status
@every_step
def test_each_step_by_each_role_from_each_status(
    cast: Cast, holder_in: Callable, move: Callable, status: Status, step: Step
) -> None:
    """Refused for the role first, then for the state; whoever may, moves it exactly once."""
    holder = holder_in(cast, status)
    for role in sorted(COLLEAGUES.split(), key=lambda role: role in MAY[step]):
        expected = expected_refusal(step, Status(current_status(holder)), role)
        if expected:
            with pytest.raises(expected):
                move(holder, step, cast, role)
        else:
            move(holder, step, cast, role)
            assert current_status(holder) == transition_for(step).target


def expected_refusal(step: Step, status: Status, role: str) -> type[Exception] | None:
    if role not in MAY[step]:
        return NotPermitted
    return None if can_move(step, status=status) else StepNotAllowed


def current_status(holder: ClassPeriod | PeriodRecord) -> str:
    return type(holder).objects.values_list("status", flat=True).get(pk=holder.pk)


@MOVES
@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda transition: transition.step)
def test_each_transition_is_recorded_with_old_and_new_status(
    cast: Cast, holder_in: Callable, move: Callable, transition
) -> None:
    holder = holder_in(cast, transition.sources[0])
    move(holder, transition.step, cast, min(MAY[transition.step]))
    noun = type(holder)._meta.model_name.replace("classperiod", "class_period")
    event = AuditEvent.objects.filter(
        event=f"{noun.replace('periodrecord', 'period_record')}.{transition.event}",
        target_id=holder.pk,
    ).latest("pk")
    assert event.changes["status"] == [transition.sources[0], transition.target]
    assert event.actor == getattr(cast, min(MAY[transition.step])).user


@every_status
def test_every_status_has_an_owner_and_a_way_on(status: Status) -> None:
    assert status in OWNERS
    assert steps_from(status)


@every_status
def test_only_what_teachers_own_is_editable(status: Status) -> None:
    assert (status in EDITABLE) == (OWNERS[status] == Owner.TEACHERS)


@every_step
def test_every_step_has_one_transition(step: Step) -> None:
    assert [transition.step for transition in TRANSITIONS].count(step) == 1


def test_every_status_can_be_reached() -> None:
    assert {transition.target for transition in TRANSITIONS} | {Status.OPEN} == set(Status)


def test_what_is_given_back_always_has_a_reason() -> None:
    for transition in TRANSITIONS:
        goes_back = transition.target in {Status.RETURNED, Status.REOPENED}
        assert transition.needs_reason == goes_back
