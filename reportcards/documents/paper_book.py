"""The ministry's paper form as PDF: a pupil's first pages, and each of her school years.

Each is a document of its own, so that a year is laid out once; a book is what joins them. They
are functions of their content alone: neither the database nor the clock is asked, so that a page
looks in thirty years as it does today.
"""

from django.template.loader import render_to_string

from reportcards.documents.addresses import proof_of
from reportcards.documents.card_year import card_pages
from reportcards.documents.code_mark import Corner, code_for
from reportcards.documents.measures import MILLIMETRE
from reportcards.documents.paper_form import (
    Payload,
    YearPages,
    YearState,
    book_title,
    year_pages,
    year_title,
)
from reportcards.documents.paper_front import front
from reportcards.documents.proof import Proof
from reportcards.documents.typesetting import render_paper
from reportcards.signing.certificates import DEMO_MARKER

YEAR = "reportcards/document/year.html"
FRONT = "reportcards/document/front.html"
CODE_CORNER = Corner(13 * MILLIMETRE, 16 * MILLIMETRE, 4.5 * MILLIMETRE)  # in the lower margin


def year_pdf(body: Payload, public_address: str = "") -> bytes:
    """The two pages of a year, of a digital card or of a sign-off.

    `payload`, `state` (the name of a YearState); of a card `digest` and `is_demo`, of a sign-off
    or a draft `place`.
    """
    year = year_of(body, public_address)
    mark = DEMO_MARKER if body.get("is_demo") else year.state
    title = year_title(body["payload"])
    return _pdf(YEAR, year.proof, {"title": title, "mark": mark, "year": year})


def front_pdf(body: Payload, public_address: str = "") -> bytes:
    pages = front(body, public_address)
    title = book_title(pages.cover.student_name)
    return _pdf(FRONT, pages.proof, {"title": title, "front": pages})


def year_of(body: Payload, public_address: str = "") -> YearPages:
    payload, state = body["payload"], YearState[body["state"]]
    if "digest" not in body:
        return year_pages(payload, state=state, place=body["place"])
    return card_pages(payload, _proof(body, public_address))


def _proof(body: Payload, public_address: str) -> Proof:
    return proof_of(body["payload"]["uuid"], body["digest"], public_address)


def _pdf(template: str, proof: Proof | None, context: Payload) -> bytes:
    html = render_to_string(template, context | {"proof": proof})
    return render_paper(html, finish=code_for(proof.address if proof else "", CODE_CORNER))
