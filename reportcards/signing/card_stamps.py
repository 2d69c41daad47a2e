"""What the stamps of a card say: the names that are printed beneath them."""

from collections.abc import Mapping
from typing import Any

from reportcards.signing.stamps import Stamp

Payload = Mapping[str, Any]


def card_stamp(payload: Payload, slot_key: str) -> Stamp:
    """Of the frozen payload, for one of its slots."""
    if slot_key == "homeroom":
        return _homeroom(payload)
    return _leader(payload) if slot_key == "leader" else _seal(payload["school"])


def _homeroom(payload: Payload) -> Stamp:
    """Of the teacher, or of the leader who confirms for one who has left."""
    signer = payload["homeroom_signer"]
    capacity = "Giáo viên chủ nhiệm"
    if signer["stands_in_for"]:
        capacity = f"{signer['position_title']}, xác nhận thay {signer['stands_in_for']}"
    return Stamp(signer["full_name"], capacity, payload["school"]["name"])


def _leader(payload: Payload) -> Stamp:
    leader, school = payload["leader"], payload["school"]
    return Stamp(leader["full_name"], leader["position_title"], school["name"], is_under_seal=True)


def _seal(school: Payload) -> Stamp:
    places = (school["commune_name"], school["province_name"])
    return Stamp(
        school["name"], organisation=" - ".join(part for part in places if part), is_seal=True
    )
