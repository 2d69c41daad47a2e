"""From a document's content to its pages: no database, no clock, no network."""

from importlib import import_module

from reportcards.documents.paper_form import Payload


def render(kind: str, body: Payload, *, public_address: str) -> bytes:
    """A PDF of the kind (DocumentKind); `public_address` is the installation's, or empty."""
    if kind == "display":
        # Loaded when it is needed: whoever only asks for documents never lays one out.
        return import_module("reportcards.documents.display_pdf").display_pdf(
            body["payload"], digest=body["digest"], public_address=public_address
        )
    if kind == "report":
        return import_module("reportcards.documents.period_report").report_pdf(body)
    paper_book = import_module("reportcards.documents.paper_book")
    if kind == "front":
        return paper_book.front_pdf(body, public_address)
    return paper_book.year_pdf(body, public_address)
