"""From a document's content to its pages: no database, no clock, no network."""

from reportcards.documents.display_pdf import display_pdf
from reportcards.documents.paper_book import front_pdf, year_pdf
from reportcards.documents.paper_form import Payload
from reportcards.documents.period_report import report_pdf


def render(kind: str, body: Payload, *, public_address: str) -> bytes:
    """A PDF of the kind (DocumentKind); `public_address` is the installation's, or empty."""
    if kind == "display":
        return display_pdf(body["payload"], digest=body["digest"], public_address=public_address)
    if kind == "year":
        return year_pdf(body, public_address)
    if kind == "front":
        return front_pdf(body, public_address)
    if kind == "report":
        return report_pdf(body)
    raise LookupError(kind)
