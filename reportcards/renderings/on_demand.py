"""Documents that are laid out when somebody prints them, not as soon as they could be."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_is_on: ContextVar[bool] = ContextVar("printed on demand", default=False)


@contextmanager
def printed_on_demand() -> Iterator[None]:
    """For whoever makes thousands of results and cards of which hardly one will be printed.

    The pages that are signed are laid out all the same.
    """
    token = _is_on.set(True)
    try:
        yield
    finally:
        _is_on.reset(token)


def is_printed_on_demand() -> bool:
    return _is_on.get()
