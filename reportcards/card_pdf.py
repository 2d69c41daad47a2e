"""The PDF of a card as it stands: what was laid out, with the signatures that it has so far."""

from reportcards.errors import PdfNotMade, SignedWithoutPdf
from reportcards.models import RenderingState, ReportCard
from reportcards.renderings.cards import display_rendering
from reportcards.renderings.files import pdf_in


def pdf_of(card: ReportCard) -> bytes:
    """What a signature appended stands behind what was there: nothing before it changes.

    PdfNotMade before the card is laid out, SignedWithoutPdf where a signature is the XML's alone.
    """
    rendering = display_rendering(card)
    if rendering is None or rendering.state != RenderingState.READY:
        raise PdfNotMade
    updates = _updates_of(card)
    if not all(updates):
        raise SignedWithoutPdf
    return b"".join([pdf_in(rendering), *updates])


def _updates_of(card: ReportCard) -> list[bytes]:
    updates = card.signatures.order_by("pk").values_list("pdf_update", flat=True)
    return [bytes(update) for update in updates]
