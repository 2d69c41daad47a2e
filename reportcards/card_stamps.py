"""Whose name stands in the stamps of a card's PDF, as it was frozen."""

from reportcards.documents.paper_form import Payload
from reportcards.models import SlotKey
from reportcards.signing.stamps import Stamp

HOMEROOM_TEACHER = "Giáo viên chủ nhiệm"


def stamp_of(payload: Payload, slot: str) -> Stamp:
    """In Vietnamese, whatever the signer reads: it is part of the document."""
    school = payload["school"]["name"]
    if slot == SlotKey.SEAL:
        return Stamp(school, organisation=payload["school"]["province_name"], is_seal=True)
    if slot == SlotKey.LEADER:
        leader = payload["leader"]
        return Stamp(leader["full_name"], leader["position_title"], school)
    teacher = payload["homeroom_signer"]
    capacity = teacher["position_title"] if teacher["stands_in_for"] else HOMEROOM_TEACHER
    return Stamp(teacher["full_name"], capacity, school)
