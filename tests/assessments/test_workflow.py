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
    Transition,
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


def submitted_alone(cast: Cast) -> PeriodRecord:
    return actions.submit_record(record=states.with_anh_reopened(cast), by=cast.ngoc)


def returned_alone(cast: Cast) -> PeriodRecord:
    return actions.return_record(record=submitted_alone(cast), reason="Điểm vẫn sai", by=cast.hanh)


ALONE_IN: dict[Status, Callable[[Cast], PeriodRecord]] = {
    Status.SUBMITTED: submitted_alone,
    Status.RETURNED: returned_alone,
    Status.SIGNED_OFF: lambda cast: states.signed_off(cast).records.get(enrollment=cast.anh),
    Status.REOPENED: states.with_anh_reopened,
}


def record_alone_in(cast: Cast, status: Status) -> PeriodRecord:
    """On her own way: her class is signed off."""
    record = PeriodRecord.objects.get(pk=ALONE_IN[status](cast).pk)
    assert record.status == status
    return record


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


@every_status
@every_step
def test_each_step_of_a_class_by_each_role_from_each_status(
    cast: Cast, status: Status, step: Step
) -> None:
    take_step_in_every_role(class_in(cast, status), move_class, step, cast)


@pytest.mark.parametrize("status", ALONE_IN)
@every_step
def test_each_step_of_a_pupil_alone_by_each_role_from_each_status(
    cast: Cast, status: Status, step: Step
) -> None:
    take_step_in_every_role(record_alone_in(cast, status), move_record, step, cast)


@pytest.mark.parametrize("status", [row for row in Status if row != Status.SIGNED_OFF])
@every_step
def test_while_her_class_is_not_signed_off_a_pupil_goes_with_it(
    cast: Cast, status: Status, step: Step
) -> None:
    record = class_in(cast, status).records.get(enrollment=cast.anh)
    with pytest.raises(StepNotAllowed):
        move_record(record, step, cast, min(MAY[step]))
    assert current_status(record) == status


def take_step_in_every_role(
    holder: ClassPeriod | PeriodRecord, move: Callable, step: Step, cast: Cast
) -> None:
    """Refused for the role first, then for the state; whoever may, moves it exactly once."""
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


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda transition: transition.step)
@pytest.mark.parametrize(
    ("noun", "holder_in", "move"),
    [("class_period", class_in, move_class), ("period_record", record_alone_in, move_record)],
)
def test_each_transition_is_recorded_with_old_and_new_status(
    cast: Cast, noun: str, holder_in: Callable, move: Callable, transition: Transition
) -> None:
    source, role = transition.sources[-1], min(MAY[transition.step])
    holder = holder_in(cast, source)
    move(holder, transition.step, cast, role)
    event = AuditEvent.objects.filter(
        event=f"{noun}.{transition.event}", target_id=holder.pk
    ).latest("pk")
    assert event.changes["status"] == [source, transition.target]
    assert event.actor == getattr(cast, role).user


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
