"""Calling the workers for documents that wait (ADR 35)."""

from collections.abc import Sequence

from django.db import transaction

from reportcards.models import Rendering, RenderingState
from reportcards.models.leases import is_taken
from reportcards.renderings.contents import Content
from reportcards.renderings.purge_tasks import call_purge
from reportcards.renderings.tasks import call_for_rest, call_once, is_called


def call_renderer() -> None:
    """Once what the worker shall find stands in the database."""
    transaction.on_commit(call_once)


def call_renderer_again() -> None:
    """Where what waits may be leased by somebody dead: then once that lease is over."""
    transaction.on_commit(call_for_rest)


def call_purge_of_drafts(contents: Sequence[Content]) -> None:
    if any(content.report_card is None and content.sign_off is None for content in contents):
        transaction.on_commit(call_purge)


def is_stalled(renderings: Sequence[Rendering]) -> bool:
    """Some wait, nobody is at work on them, and no worker has been called."""
    left_alone = any(
        row.state == RenderingState.WAITING and not is_taken(row.leased_until) for row in renderings
    )
    return left_alone and not is_called()
