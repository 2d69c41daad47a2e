"""Where the signatures of a card are seen on its PDF, and what their stamps say."""

from collections.abc import Mapping
from typing import Any

from reportcards.signing.pades import FieldBox
from reportcards.signing.stamps import UNDER_THE_SEAL, Stamp

# Of the school's seal over the room for the leader's signature, points: a seal of 32 mm.
SEAL_WIDTH = 91.0
SEAL_HEIGHT = 124.0
STAMP_HEIGHT = 76.0
WIDEST_STAMP = 215.0


def card_stamp(payload: Mapping[str, Any], slot_key: str) -> Stamp:
    """Of the frozen payload: the names are those that are printed beneath."""
    school = payload["school"]
    if slot_key == "seal":
        place = (school["commune_name"], school["province_name"])
        return Stamp(
            school["name"], organisation=" - ".join(part for part in place if part), is_seal=True
        )
    is_leader = slot_key == "leader"
    person = payload["leader" if is_leader else "homeroom_signer"]
    capacity = person["position_title"] if is_leader else "Giáo viên chủ nhiệm"
    return Stamp(person["full_name"], capacity, school["name"], is_under_seal=is_leader)


def signature_boxes(leader_room: FieldBox, homeroom_room: FieldBox) -> dict[str, FieldBox]:
    """The three fields, from the room that the page has for each of the two signatures.

    The seal stands at the left of the leader's room and covers the left third of the leader's
    stamp. A room is best 215 points wide or more and 124 high.
    """
    seal_height = min(SEAL_HEIGHT, leader_room.height)
    seal_width = SEAL_WIDTH * seal_height / SEAL_HEIGHT
    page, top = leader_room.page, leader_room.top
    seal = FieldBox(page, leader_room.left, top - seal_height, leader_room.left + seal_width, top)
    # seal.right is where the third ends.
    rest = leader_room.right - seal.right
    stamp_width = min(WIDEST_STAMP, rest / (1 - UNDER_THE_SEAL))
    left = seal.right - stamp_width * UNDER_THE_SEAL
    middle = top - seal_width / 2
    half = min(STAMP_HEIGHT, seal_width) / 2
    leader = FieldBox(page, left, middle - half, left + stamp_width, middle + half)
    return {"homeroom": _centred(homeroom_room, stamp_width, half), "leader": leader, "seal": seal}


def _centred(room: FieldBox, width: float, half: float) -> FieldBox:
    across = min(width, room.right - room.left)
    left = (room.left + room.right - across) / 2
    middle = room.top - half - (SEAL_WIDTH - STAMP_HEIGHT) / 2
    return FieldBox(room.page, left, middle - half, left + across, middle + half)
