"""The PDF that is signed, laid out where no worker has come to it yet."""

from audit.events import Actor
from reportcards.actions.asking import ask_for_renderings
from reportcards.actions.rendering import render_now
from reportcards.card_pdf import pdf_of
from reportcards.models import RenderingState, ReportCard
from reportcards.renderings.cards import display_rendering
from reportcards.renderings.contents import display_content


def laid_out_pdf(card: ReportCard, *, by: Actor) -> bytes:
    """As it stands, with the signatures so far; what failed before is tried once more.

    RenderingFailed says why there is none, RenderingUnderWay that a worker has it in hand.
    """
    rendering = display_rendering(card)
    if rendering is None or rendering.state == RenderingState.FAILED:
        [rendering] = ask_for_renderings(contents=[display_content(card)], by=by)
    if rendering.state != RenderingState.READY:
        render_now(rendering=rendering, by=by)
    return pdf_of(card)
