"""What is stamped on a copy of a card that is given on paper."""

import datetime
from dataclasses import dataclass

from django.template.loader import render_to_string

from reportcards.documents.flat_pages import overlaid
from reportcards.documents.typesetting import render_pdf

STAMP_TEMPLATE = "reportcards/document/copy_stamp.html"
STAMP_STYLESHEET = "css/documents/copy_stamp.css"


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
    """The signed pages as they look, with the stamp over each: a picture without its proofs."""
    return overlaid(document, render_pdf(_stamp_html(stamp), STAMP_STYLESHEET))


def _stamp_html(stamp: Stamp) -> str:
    return render_to_string(STAMP_TEMPLATE, {"stamp": stamp})
