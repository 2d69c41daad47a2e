"""An action that fails half-way: the audit table itself refuses, and nothing may remain."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, connection

from audit.models import AuditEvent
from audit.triggers import Trigger
from tests.assessments.calls import CALLS, Call
from tests.cast import Cast

AUDIT = AuditEvent._meta.db_table
SEVERAL_EVENTS = {
    "submit_class_period",
    "return_class_period",
    "sign_off_class_period",
    "reopen_class_period",
    "decide_reopen_request",
    "confirm_year_decisions",
}

every_call = pytest.mark.parametrize("call", CALLS, ids=str)
every_long_call = pytest.mark.parametrize(
    "call", [call for call in CALLS if call.action in SEVERAL_EVENTS], ids=str
)


@contextmanager
def audit_that_refuses(condition: str) -> Iterator[None]:
    """Real refusals by the database, in the middle of the action's transaction."""
    trigger = Trigger(AUDIT, "INSERT", "full", condition)
    run(trigger.sql_to_create(connection.vendor))
    try:
        with pytest.raises(IntegrityError, match="full"):
            yield
    finally:
        run(trigger.sql_to_drop(connection.vendor))


def run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def everything_stored() -> dict[str, list[dict[str, object]]]:
    models = [*apps.get_app_config("assessments").get_models(), AuditEvent]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models
    }


@every_call
def test_nothing_is_written_that_is_not_recorded(cast: Cast, call: Call) -> None:
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
        before = everything_stored()
        with audit_that_refuses("TRUE"):
            act(getattr(cast, call.may.split()[0]))
    assert everything_stored() == before


@every_long_call
def test_a_failure_after_the_first_event_takes_that_back_too(cast: Cast, call: Call) -> None:
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
        before = everything_stored()
        newest = AuditEvent.objects.latest("pk").pk
        with audit_that_refuses(f'(SELECT MAX("id") FROM "{AUDIT}") > {newest}'):
            act(getattr(cast, call.may.split()[0]))
    assert everything_stored() == before


@every_call
def test_the_action_succeeds_when_it_is_tried_again(cast: Cast, call: Call) -> None:
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
        with audit_that_refuses("TRUE"):
            act(getattr(cast, call.may.split()[0]))
        before = AuditEvent.objects.count()
        act(getattr(cast, call.may.split()[0]))
    assert AuditEvent.objects.count() > before
