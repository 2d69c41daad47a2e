"""Loading is the authorisation: 404 for strangers, 403 for a colleague whom it does not concern."""

import uuid as uuids

from django.shortcuts import get_object_or_404

from reportcards.card_permissions import check_user_can_see_card
from reportcards.card_reading import cards_of
from reportcards.models import ReportCard
from schools.access import StaffRequest


def card_or_404(request: StaffRequest, uuid: uuids.UUID) -> ReportCard:
    card: ReportCard = get_object_or_404(cards_of(request.school), uuid=uuid)
    check_user_can_see_card(request.staff, card)
    return card
