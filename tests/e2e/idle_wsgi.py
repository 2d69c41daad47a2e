"""The site as gunicorn serves it, with one more address: it answers when nothing is under way."""

from collections.abc import Iterable
from threading import Condition
from typing import Any

from hocba.wsgi import application as site
from tests.e2e.server import IDLE

__all__ = ["application"]

LONGEST_WAIT = 20

under_way = 0
changed = Condition()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    if environ["PATH_INFO"] == IDLE:
        return wait_until_idle(start_response)
    count(1)
    try:
        return site(environ, start_response)  # what it writes is committed when it answers
    finally:
        count(-1)


def wait_until_idle(start_response: Any) -> Iterable[bytes]:
    with changed:
        is_idle = changed.wait_for(lambda: under_way == 0, timeout=LONGEST_WAIT)
    start_response("204 No Content" if is_idle else "503 Service Unavailable", [])
    return []


def count(step: int) -> None:
    global under_way
    with changed:
        under_way += step
        changed.notify_all()
