"""A digital card on the ministry's paper form, and what is stamped on a copy of it.

Pure functions of the frozen payload: neither the database nor the clock is asked, so that a card
looks in thirty years as it does today.
"""

import datetime
from dataclasses import dataclass, replace

from django.template.loader import render_to_string

from reportcards.documents.document import Document
from reportcards.documents.flat_pages import overlaid
from reportcards.documents.paper_book import TEMPLATE
from reportcards.documents.paper_form import Payload, YearPages, YearState, year_pages
from reportcards.documents.typesetting import render_pdf
from reportcards.signing.certificates import DEMO_MARKER

STAMP_TEMPLATE = "reportcards/document/copy_stamp.html"
STAMP_STYLESHEET = "css/documents/copy_stamp.css"


def card_document(payload: Payload, *, is_demo: bool) -> Document:
    """The year's two pages; a card that is signed by way of trial says so across each of them."""
    year = card_pages(payload)
    mark = DEMO_MARKER if is_demo else ""
    context = {"title": year.title, "mark": mark, "years": [year]}
    return Document(year.title, render_pdf(render_to_string(TEMPLATE, context)))


def card_pages(payload: Payload) -> YearPages:
    """Who signs and when stand elsewhere in a card than in a sign-off."""
    of_a_sign_off = payload | {
        "homeroom_teacher": _homeroom_teacher(payload),
        "signed_by": payload["leader"],
        "signed_at": payload["issued_on"],
    }
    year = year_pages(of_a_sign_off, state=YearState.SIGNED_OFF, place=payload["place_of_issue"])
    return replace(year, lookup_code=payload["uuid"])


def _homeroom_teacher(payload: Payload) -> str:
    """As in the XML her own name stands, also where a leader confirms in her place (Đ14.7)."""
    signer = payload["homeroom_signer"]
    if signer is None:
        return ""
    if signer["stands_in_for"]:
        return f"{signer['stands_in_for']} (lãnh đạo trường xác nhận thay)"
    return str(signer["full_name"])


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
