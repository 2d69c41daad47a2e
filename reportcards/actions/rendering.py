"""Laying out what was asked for: by a worker, or at once by whoever needs it now."""

import logging

from django.conf import settings
from django.utils import translation

from audit.errors import DomainError
from audit.events import Actor
from reportcards.actions._renderings import (
    lease_rendering,
    lease_renderings,
    settle_failed,
    settle_ready,
)
from reportcards.archive import digest_of_bytes
from reportcards.display.reading import page_count
from reportcards.display_check import check_pages_say_the_card
from reportcards.documents.rendering import render
from reportcards.errors import RenderingFailed
from reportcards.models import DocumentKind, Rendering, RenderingState
from reportcards.rendered_files import store

logger = logging.getLogger(__name__)


def render_now(*, rendering: Rendering, by: Actor) -> Rendering:
    """The document as it stands, laid out here if no worker came yet."""
    row = lease_rendering(rendering)
    if row.state == RenderingState.WAITING:
        _lay_out(row, by=by)
    if row.state == RenderingState.FAILED:
        raise RenderingFailed(row.refusal)
    return row


def render_next(*, most: int, by: Actor) -> int:
    """How many of those that wait for nobody were settled."""
    rows = lease_renderings(most)
    for row in rows:
        _lay_out(row, by=by)
    return len(rows)


def _lay_out(row: Rendering, *, by: Actor) -> None:
    """`row` is leased. A storage that cannot be reached raises: the lease then runs out."""
    pdf = _pdf_or_refusal(row)
    if isinstance(pdf, str):
        settle_failed(row, pdf, by=by)
        return
    settle_ready(
        row,
        name=store(row, pdf),
        digest=digest_of_bytes(pdf),
        page_count=page_count(pdf),
        by=by,
    )


def _pdf_or_refusal(row: Rendering) -> bytes | str:
    with translation.override(settings.LANGUAGE_CODE):
        try:
            return _checked_pdf(row)
        except DomainError as refusal:
            return str(refusal.message)
        except Exception:  # one pupil's document, whatever is wrong with it, stops no other's
            logger.exception("rendering %s", row.pk)
            return str(RenderingFailed.message)


def _checked_pdf(row: Rendering) -> bytes:
    assert row.content is not None  # noqa: S101 - it waits
    pdf = render(row.kind, row.content, public_address=settings.PUBLIC_ADDRESS)
    if row.kind == DocumentKind.DISPLAY:
        check_pages_say_the_card(pdf, row.content["payload"], digest=row.content["digest"])
    return pdf
