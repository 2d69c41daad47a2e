"""What holds of every action, those still to be written included."""

import inspect
import re
from types import FunctionType

import pytest

from audit.events import record_event, record_events
from tests.actions import called_functions, public_actions, reached_functions

ACTIONS = public_actions()
WRITES = re.compile(r"\.(save|delete|update|set|(bulk_|get_or_|update_or_)?create|bulk_update)\(")
# What they save is a PDF in memory, and what they set an element's attribute.
WITHOUT_A_DATABASE = ("reportcards.documents.", "reportcards.profiles.", "reportcards.signing.")

every_action = pytest.mark.parametrize(
    "action", ACTIONS, ids=lambda action: f"{action.__module__}.{action.__name__}"
)


def is_atomic(action: FunctionType) -> bool:
    return "transaction.atomic" in inspect.getsource(action)


def leaves_all_writing_to_one_that_is(action: FunctionType) -> bool:
    called = called_functions(action)
    return any(map(is_atomic, called)) and not WRITES.search(inspect.getsource(action))


def writes_nothing_but_the_event(action: FunctionType) -> bool:
    """Reading that is recorded, such as printing, holds no lock while it renders."""
    own = [action, *reached_functions(action)]
    return not any(
        WRITES.search(inspect.getsource(function))
        for function in own
        if not function.__module__.startswith(("audit.", *WITHOUT_A_DATABASE))
    )


def test_actions_are_found():
    names = {action.__name__ for action in ACTIONS}
    assert {"submit_class_period", "sign_off_class_period", "create_students"} <= names


@every_action
def test_an_action_takes_keywords_only(action):
    kinds = {parameter.kind for parameter in inspect.signature(action).parameters.values()}
    assert kinds <= {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}


@every_action
def test_an_action_says_who_acts(action):
    parameter = inspect.signature(action).parameters["by"]
    assert parameter.default is inspect.Parameter.empty
    assert parameter.annotation is not inspect.Parameter.empty


@every_action
def test_an_action_is_one_transaction(action):
    assert (
        is_atomic(action)
        or leaves_all_writing_to_one_that_is(action)
        or writes_nothing_but_the_event(action)
    )


@every_action
def test_an_action_records_an_event(action):
    assert {record_event, record_events} & reached_functions(action)


@every_action
def test_an_action_is_named_verb_noun(action):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", action.__name__)


@every_action
def test_an_action_knows_no_page(action):
    module = inspect.getmodule(action)
    assert not {"forms", "messages", "HttpRequest", "HttpResponse"} & set(vars(module))


def careless_action(student, by):
    student.save()


def test_an_action_that_keeps_no_rule_is_found():
    assert not is_atomic(careless_action)
    assert not leaves_all_writing_to_one_that_is(careless_action)
    assert not writes_nothing_but_the_event(careless_action)
    assert not reached_functions(careless_action)
