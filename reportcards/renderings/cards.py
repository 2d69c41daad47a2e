"""Documents that were asked for, as pages and signers look at them."""

from collections.abc import Sequence

from reportcards.models import DocumentKind, Rendering, RenderingState, ReportCard


def display_rendering(card: ReportCard) -> Rendering | None:
    """The pages that are signed: one a card, asked for when it is frozen."""
    return card.renderings.filter(kind=DocumentKind.DISPLAY).order_by("-pk").first()


def cards_laid_out(cards: Sequence[ReportCard]) -> set[int]:
    """The keys of those whose pages can be signed at once."""
    ready = Rendering.objects.filter(kind=DocumentKind.DISPLAY, state=RenderingState.READY)
    of_cards = ready.filter(report_card__in=[card.pk for card in cards])
    return set(of_cards.values_list("report_card_id", flat=True))
