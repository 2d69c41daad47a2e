"""Documents that were asked for, as pages and signers look at them."""

from reportcards.models import DocumentKind, Rendering, ReportCard


def display_rendering(card: ReportCard) -> Rendering | None:
    """The pages that are signed: one a card, asked for when it is frozen."""
    return card.renderings.filter(kind=DocumentKind.DISPLAY).order_by("-pk").first()
