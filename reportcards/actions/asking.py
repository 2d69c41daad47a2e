"""Asking for documents, which a worker lays out."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from audit.events import Actor
from reportcards.actions._renderings import record_rendering, wait_again
from reportcards.models import Rendering, RenderingState
from reportcards.renderings.contents import Content
from reportcards.renderings.queue import (
    call_purge_of_drafts,
    call_renderer,
    call_renderer_again,
)

Key = tuple[str, str]


@transaction.atomic
def ask_for_renderings(*, contents: Sequence[Content], by: Actor) -> list[Rendering]:
    """One for each content, in the same order: what was asked for before is not asked for again.

    What failed before is tried again. All are of one school.
    """
    asked = {_key(content): content for content in contents}
    known = _locked_rows_of(asked)
    missing = [content for key, content in asked.items() if key not in known]
    Rendering.objects.bulk_create(map(_row, missing), ignore_conflicts=True)
    again = wait_again(row.pk for row in known.values())
    _keep_another_day(known.values())
    rows = _rows_of(asked)
    call_purge_of_drafts(contents)
    if missing or again:
        first = next(row for row in rows.values() if row.state == RenderingState.WAITING)
        record_rendering(first, "asked", by, count=len(missing) + again)
        call_renderer()
    return [rows[_key(content)] for content in contents]


@transaction.atomic
def retry_renderings(*, renderings: Sequence[Rendering], by: Actor) -> int:
    """Of those that failed; the others stay as they are. How many wait now."""
    failed = [row for row in renderings if row.state == RenderingState.FAILED]
    count = wait_again(row.pk for row in failed)
    for rows in _by_school(failed):
        record_rendering(rows[0], "asked", by, count=len(rows))
    if count:
        call_renderer()
    return count


@transaction.atomic
def resume_rendering(*, by: Actor) -> int:
    """Calls a worker again where one has died; how many documents wait."""
    waiting = list(Rendering.objects.waiting().defer("content"))
    for rows in _by_school(waiting):
        record_rendering(rows[0], "resumed", by, count=len(rows))
    if waiting:
        call_renderer_again()
    return len(waiting)


def _by_school(rows: Sequence[Rendering]) -> list[list[Rendering]]:
    in_order = sorted(rows, key=lambda row: (row.school_id, row.pk))
    return [list(group) for _, group in groupby(in_order, lambda row: row.school_id)]


def _key(content: Content) -> Key:
    return content.kind.value, content.digest


def _rows_of(asked: dict[Key, Content]) -> dict[Key, Rendering]:
    rows = Rendering.objects.filter(content_digest__in={digest for _, digest in asked})
    return {(row.kind, row.content_digest): row for row in rows.defer("content")}


def _locked_rows_of(asked: dict[Key, Content]) -> dict[Key, Rendering]:
    """The purge, which may be about to take them, waits and then finds them asked for anew."""
    digests = {digest for _, digest in asked}
    list(Rendering.objects.select_for_update().filter(content_digest__in=digests).values("pk"))
    return _rows_of(asked)


def _row(content: Content) -> Rendering:
    return Rendering(
        school=content.enrollment.school_class.school_year.school,
        kind=content.kind,
        enrollment=content.enrollment,
        report_card=content.report_card,
        sign_off=content.sign_off,
        content=content.body,
        content_digest=content.digest,
    )


def _keep_another_day(rows: Iterable[Rendering]) -> None:
    """The purge takes what was asked for longer ago than that."""
    Rendering.objects.filter(pk__in=[row.pk for row in rows]).update(asked_at=timezone.now())
