"""The rows of the queue of documents: leased for a while, settled, put back."""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from audit.events import Actor, Scope, record_event
from reportcards.errors import LayingOutStoppedTooOften, RenderingUnderWay
from reportcards.models import Rendering, RenderingState
from reportcards.models.leases import LEASE, MOST_ATTEMPTS, is_taken


@transaction.atomic
def lease_renderings(most: int) -> list[Rendering]:
    """What nobody is at work on, a dead worker's included: hers once the lease is over."""
    _give_up_often_tried()
    free = Rendering.objects.free().most_wanted_first()
    rows = list(
        free.select_for_update(
            of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked
        )[:most]
    )
    _lease(rows)
    return rows


@transaction.atomic
def lease_rendering(rendering: Rendering) -> Rendering:
    """As it stands now: leased if it waits."""
    row = Rendering.objects.select_for_update(of=("self",)).get(pk=rendering.pk)
    if row.state != RenderingState.WAITING:
        return row
    if is_taken(row.leased_until):
        raise RenderingUnderWay
    _lease([row])
    return row


@transaction.atomic
def settle_ready(
    rendering: Rendering, *, name: str, digest: str, page_count: int, by: Actor
) -> None:
    fields = {"name": name, "digest": digest, "page_count": page_count, "content": None}
    if _settle(rendering, {"state": RenderingState.READY, **fields}):
        record_rendering(rendering, "made", by)


@transaction.atomic
def settle_failed(rendering: Rendering, refusal: str, *, by: Actor) -> None:
    if _settle(rendering, {"state": RenderingState.FAILED, "refusal": refusal}):
        record_rendering(rendering, "refused", by)


def give_back(rows: Sequence[Rendering]) -> None:
    """Leased, and not begun with."""
    waiting = Rendering.objects.waiting().filter(pk__in=[row.pk for row in rows])
    waiting.update(leased_until=None, attempts=F("attempts") - 1)


def record_rendering(rendering: Rendering, event: str, by: Actor, *, count: int = 1) -> None:
    """In the school's history alone: a class's would be full of them."""
    record_event(
        f"rendering.{event}",
        by=by,
        target=rendering,
        scope=Scope(rendering.school_id),
        changes={"kind": (None, rendering.kind), "count": (None, count)},
    )


def wait_again(pks: Iterable[int]) -> int:
    failed = Rendering.objects.filter(pk__in=pks, state=RenderingState.FAILED)
    return failed.update(
        state=RenderingState.WAITING, refusal="", attempts=0, leased_until=None, settled_at=None
    )


def _lease(rows: list[Rendering]) -> None:
    leased_until = timezone.now() + LEASE
    Rendering.objects.filter(pk__in=[row.pk for row in rows]).update(
        leased_until=leased_until, attempts=F("attempts") + 1
    )
    for row in rows:
        row.leased_until, row.attempts = leased_until, row.attempts + 1


def _give_up_often_tried() -> None:
    often_tried = Rendering.objects.free().filter(attempts__gte=MOST_ATTEMPTS)
    often_tried.update(
        state=RenderingState.FAILED,
        refusal=str(LayingOutStoppedTooOften.message),
        leased_until=None,
        settled_at=timezone.now(),
    )


def _settle(rendering: Rendering, fields: dict[str, object]) -> bool:
    """Unless it is settled already: whoever comes too late takes nothing back."""
    waiting = Rendering.objects.filter(pk=rendering.pk, state=RenderingState.WAITING)
    is_settled = waiting.update(leased_until=None, settled_at=timezone.now(), **fields) == 1
    rendering.refresh_from_db()
    return is_settled
