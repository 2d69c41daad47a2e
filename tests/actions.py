"""The actions of all apps: the one way in which anything is written."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from tests.models import APPS

ROOT = Path(__file__).parent.parent
Action = Callable[..., Any]


def action_modules() -> Iterator[ModuleType]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "actions" in parts and not parts[-1].startswith("_"):
                yield importlib.import_module(".".join(parts))


def public_actions() -> list[FunctionType]:
    return [
        value
        for module in action_modules()
        for name, value in vars(module).items()
        if isinstance(value, FunctionType)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    ]


def written_function(action: FunctionType) -> FunctionType:
    """The function itself, beneath its decorators."""
    unwrapped = inspect.unwrap(action)
    assert isinstance(unwrapped, FunctionType)
    return unwrapped


def called_functions(function: FunctionType) -> list[FunctionType]:
    """Our own functions that this one names, in whichever module they stand."""
    written = written_function(function)
    named = [written.__globals__.get(name) for name in written.__code__.co_names]
    return [
        value
        for value in named
        if isinstance(value, FunctionType) and value.__module__.split(".")[0] in APPS
    ]


def reached_functions(function: FunctionType) -> set[FunctionType]:
    reached: set[FunctionType] = set()
    waiting = [function]
    while waiting:
        for called in called_functions(waiting.pop()):
            if called not in reached:
                reached.add(called)
                waiting.append(called)
    return reached
