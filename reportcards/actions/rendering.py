"""Laying out what was asked for: by a worker, or at once by whoever needs it now."""

import logging
import sys

from django.conf import settings
from django.utils import translation

from audit.errors import DomainError
from audit.events import Actor
from reportcards.actions._renderings import (
    give_back,
    lease_rendering,
    lease_renderings,
    settle_failed,
    settle_ready,
)
from reportcards.display.reading import page_count
from reportcards.documents.rendering import render
from reportcards.errors import RenderingFailed
from reportcards.models import DocumentKind, Rendering, RenderingState
from reportcards.renderings.display_check import check_pages_say_the_card
from reportcards.renderings.files import store
from reportcards.stored_files import digest_of_bytes

logger = logging.getLogger(__name__)

STOPS = (SystemExit, KeyboardInterrupt)  # of the process: the document is not to blame


def render_now(*, rendering: Rendering, by: Actor) -> Rendering:
    """The document as it stands, laid out here if no worker came yet."""
    row = lease_rendering(rendering)
    try:
        if row.state == RenderingState.WAITING:
            _lay_out(row, by=by)
    finally:  # an error of the program too: whoever signs a class goes on with the next pupil
        if row.state == RenderingState.FAILED:
            raise RenderingFailed(row.refusal)
    return row


def render_next(*, most: int, by: Actor) -> int:
    """How many of those that waited for nobody were settled. An error of the program fails the
    document that met it, and the others wait again."""
    rows = lease_renderings(most)
    for number, row in enumerate(rows, start=1):
        is_settled = False
        try:
            _lay_out(row, by=by)
            is_settled = True
        finally:
            if not is_settled:
                give_back(rows[number:])
    return len(rows)


@translation.override(settings.LANGUAGE_CODE)  # whoever asked, others read why it was refused
def _lay_out(row: Rendering, *, by: Actor) -> None:
    """`row` is leased. A storage that cannot be reached raises: the lease then runs out."""
    pdf: bytes | str = str(RenderingFailed.message)
    try:
        pdf = _pdf_or_refusal(row)
    finally:
        if isinstance(pdf, str) and not isinstance(sys.exception(), STOPS):
            logger.error("Rendering %s failed", row.pk, exc_info=sys.exception())
            settle_failed(row, pdf, by=by)
    if isinstance(pdf, bytes):
        settle_ready(
            row,
            name=store(row, pdf),
            digest=digest_of_bytes(pdf),
            page_count=page_count(pdf),
            by=by,
        )


def _pdf_or_refusal(row: Rendering) -> bytes | str:
    try:
        return _checked_pdf(row)
    except DomainError as refusal:
        return str(refusal.message)


def _checked_pdf(row: Rendering) -> bytes:
    assert row.content is not None  # noqa: S101 - it waits
    pdf = render(row.kind, row.content, public_address=settings.PUBLIC_ADDRESS)
    if row.kind == DocumentKind.DISPLAY:
        check_pages_say_the_card(pdf, row.content["payload"], digest=row.content["digest"])
    return pdf
