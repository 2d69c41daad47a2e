"""The stamps of a card: where they stand, and what they say."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reportcards.signing.pades import FieldBox
from reportcards.signing.stamps import UNDER_THE_SEAL, Stamp

Payload = Mapping[str, Any]

# Points: of the seal with the details under it, which are wider than the circle.
SEAL_WIDTH = 119.0
WIDEST_STAMP = 205.0


def signature_boxes(leader_room: FieldBox, homeroom_room: FieldBox) -> dict[str, FieldBox]:
    """The three fields, from the room that the page has for each of the two signatures.

    All are as high as their rooms. The seal stands at the left of the leader's room and covers the
    left third of the leader's stamp; that room is best 260 points wide or more, and 120 high.
    """
    third_ends = leader_room.left + SEAL_WIDTH
    across = min(WIDEST_STAMP, (leader_room.right - third_ends) / (1 - UNDER_THE_SEAL))
    starts = third_ends - across * UNDER_THE_SEAL
    middle = (homeroom_room.left + homeroom_room.right) / 2
    half = min(across, homeroom_room.width) / 2
    return {
        "homeroom": replace(homeroom_room, left=middle - half, right=middle + half),
        "leader": replace(leader_room, left=starts, right=starts + across),
        "seal": replace(leader_room, right=third_ends),
    }


def card_stamp(payload: Payload, slot_key: str) -> Stamp:
    """Of the frozen payload, for one of its slots: the names that are printed beneath it."""
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
