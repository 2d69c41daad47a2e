from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

from audit.chain import OF_NO_SCHOOL, write_to_chains
from audit.models import AuditEvent, SystemJob

Actor = AbstractUser | SystemJob  # the User model stands above this app
Changes = Mapping[str, tuple[Any, Any]]

_gathered: ContextVar[list[AuditEvent] | None] = ContextVar("gathered events", default=None)


@dataclass(frozen=True)
class Scope:
    """Where an event is looked for later: the school's, the class's or the pupil's history."""

    school_id: int | None = None
    school_class_id: int | None = None
    student_id: int | None = None


@dataclass(frozen=True)
class Happening:
    event: str
    target: models.Model
    scope: Scope
    changes: Changes = field(default_factory=dict)
    reason: str = ""


def record_event(
    event: str,
    *,
    by: Actor,
    target: models.Model,
    scope: Scope,
    changes: Changes | None = None,
    reason: str = "",
) -> AuditEvent:
    happening = Happening(event, target, scope, changes or {}, reason)
    return record_events([happening], by=by)[0]


def record_events(happenings: Iterable[Happening], *, by: Actor) -> list[AuditEvent]:
    events = [_build(happening, by) for happening in happenings]
    gathered = _gathered.get()
    if gathered is not None:
        gathered += events
        return events
    return write_to_chains(events) if events else []


@contextmanager
def recorded_together() -> Iterator[None]:
    """Events of a long action are written at its end, when nothing else is left to be locked.

    As a decorator it stands below `transaction.atomic`. Until the end the events have no number.
    """
    if _gathered.get() is not None:
        yield
        return
    events: list[AuditEvent] = []
    token = _gathered.set(events)
    try:
        yield
    finally:
        _gathered.reset(token)
    if events:
        write_to_chains(events)


def _build(happening: Happening, by: Actor) -> AuditEvent:
    return AuditEvent(
        event=happening.event,
        at=timezone.now(),
        actor=None if isinstance(by, SystemJob) else by,  # type: ignore[misc]
        system_job=by.name if isinstance(by, SystemJob) else "",
        chain=happening.scope.school_id or OF_NO_SCHOOL,
        school_id=happening.scope.school_id,
        school_class_id=happening.scope.school_class_id,
        student_id=happening.scope.student_id,
        target_type=happening.target._meta.label_lower,
        target_id=happening.target.pk,
        changes={name: list(pair) for name, pair in happening.changes.items()},
        reason=happening.reason,
    )
