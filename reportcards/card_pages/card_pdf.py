"""Where the PDF of a card stands while the card is made, as the card's page says it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reportcards.models import RenderingState, ReportCard
from reportcards.renderings.cards import display_rendering


def pdf_sentence(card: ReportCard, signature_count: int) -> str:
    rendering = display_rendering(card)
    if rendering is not None and rendering.state == RenderingState.FAILED:
        words = {"refusal": rendering.refusal}
        return _("Chưa lập được bản PDF: %(refusal)s Mở bản PDF hoặc ký để lập lại.") % words
    if rendering is None or rendering.state == RenderingState.WAITING:
        return _("Bản PDF đang chờ máy lập; mở xem hoặc ký thì phần mềm lập ngay.")
    if not signature_count:
        return _("Bản PDF đã lập, chưa có chữ ký.")
    sentence = ngettext(
        "Bản PDF đã có %(count)s chữ ký.", "Bản PDF đã có %(count)s chữ ký.", signature_count
    )
    return sentence % {"count": signature_count}
