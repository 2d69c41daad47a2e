"""The XML of a card as it stands: with the signatures that it has so far."""

from reportcards.models import DigitalSignature, ReportCard
from reportcards.profiles import get_profile
from reportcards.profiles.document import build_card


def document_of(card: ReportCard) -> bytes:
    latest = DigitalSignature.objects.filter(report_card=card).order_by("-pk").first()
    if latest is None:
        return build_card(card.payload, get_profile(card.profile_key))
    return latest.document.encode()
