"""The events of a school as a chain: each holds the digest of the one before it.

Whoever changes, removes or inserts an event breaks the chain there (audit/verification.py). Events
of no school have a chain of their own. Two writers wait for each other at the head of the chain,
so that it never forks.
"""

import datetime
import hashlib
import json
from collections.abc import Collection, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from audit.models import AuditChain, AuditEvent

FORMAT = "hocba.audit-event/1"
OF_NO_SCHOOL = 0
START = "0" * 64  # stands before the first event
CONTENT = (
    "chain",
    "number",
    "previous_digest",
    "event",
    "at",
    "actor_id",
    "system_job",
    "school_id",
    "school_class_id",
    "student_id",
    "target_type",
    "target_id",
    "changes",
    "reason",
)


def digest_of(event: Any) -> str:
    """SHA-256 in hexadecimal over all that the event says, its place and the digest before it."""
    content = {name: _canonical(getattr(event, name)) for name in CONTENT}
    text = json.dumps(
        {"format": FORMAT, **content}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: Any) -> Any:
    """As either database gives it back: jsonb keeps 9.0 and 9 apart no better than 1e2 and 100."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {str(key): _canonical(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_canonical(inner) for inner in value]
    return value


def write_to_chains(events: Sequence[AuditEvent]) -> list[AuditEvent]:
    """Adds the events, in their order, each at the end of its school's chain."""
    with transaction.atomic(savepoint=False):
        heads = _lock_heads({event.chain for event in events})
        for event in events:
            link(event, heads[event.chain])
        written = AuditEvent.objects.bulk_create(events)
        for head in heads.values():
            head.save(update_fields=["length", "digest"])
    return written


def link(event: Any, head: Any) -> None:
    """Gives the event its place; the head moves on to it. Neither is saved."""
    event.number, event.previous_digest = head.length + 1, head.digest
    event.digest = digest_of(event)
    head.length, head.digest = event.number, event.digest


def _lock_heads(chains: Collection[int]) -> dict[int, AuditChain]:
    """In the order of their numbers: two who write to several chains do not block each other."""
    locked = AuditChain.objects.select_for_update().filter(pk__in=chains).order_by("pk")
    heads = {head.pk: head for head in locked}
    return heads | {chain: _begin(chain) for chain in sorted(set(chains) - heads.keys())}


def _begin(chain: int) -> AuditChain:
    try:
        with transaction.atomic():
            return AuditChain.objects.create(chain=chain, digest=START)
    except IntegrityError:  # somebody else has begun it meanwhile
        return AuditChain.objects.select_for_update().get(pk=chain)
