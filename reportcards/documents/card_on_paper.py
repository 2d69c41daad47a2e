"""A digital card on the ministry's paper form, and what is stamped on a copy of it.

Pure functions of the frozen payload: neither the database nor the clock is asked, so that a card
looks in thirty years as it does today.
"""

import datetime
from dataclasses import dataclass

from django.template.loader import render_to_string

from assessments.payload import digest_of
from reportcards.documents.document import Document
from reportcards.documents.flat_pages import overlaid
from reportcards.documents.paper_book import year_pdf
from reportcards.documents.paper_form import Payload, YearState, year_title
from reportcards.documents.typesetting import render_pdf

STAMP_TEMPLATE = "reportcards/document/copy_stamp.html"
STAMP_STYLESHEET = "css/documents/copy_stamp.css"


def card_document(payload: Payload, *, is_demo: bool) -> Document:
    """The year's two pages; a card that is signed by way of trial says so across each of them."""
    body = {
        "payload": payload,
        "digest": digest_of(payload),
        "state": YearState.SIGNED_OFF.name,
        "is_demo": is_demo,
    }
    return Document(year_title(payload), year_pdf(body))


@dataclass(frozen=True)
class Stamp:
    """What stands on every page of a copy on paper: which copy it is, of what, by whom, when."""

    word: str
    number: str
    lookup_code: str
    school_name: str
    place: str
    given_on: datetime.date


def stamped(document: bytes, stamp: Stamp) -> bytes:
    """The stored pages as they are, with the stamp over each."""
    return overlaid(document, render_pdf(_stamp_html(stamp), STAMP_STYLESHEET))


def _stamp_html(stamp: Stamp) -> str:
    return render_to_string(STAMP_TEMPLATE, {"stamp": stamp})
