import math
from dataclasses import replace

from reportcards.signing.card_stamps import card_stamp, signature_boxes
from reportcards.signing.pades import FieldBox
from reportcards.signing.stamps import Stamp
from tests.reportcards.cards import Payload, card_payload

SCHOOL = "Trường Tiểu học Kim Đồng"
LEADER_ROOM = FieldBox(-1, 57, 40, 320, 162)
HOMEROOM_ROOM = FieldBox(-1, 310, 40, 540, 162)


def with_signer(**changes: object) -> Payload:
    payload = card_payload()
    return payload | {"homeroom_signer": payload["homeroom_signer"] | changes}


def with_school(**changes: object) -> Payload:
    payload = card_payload()
    return payload | {"school": payload["school"] | changes}


def test_the_homeroom_teacher_signs_as_such():
    expected = Stamp("Trần Thị Ngọc", "Giáo viên chủ nhiệm", SCHOOL)
    assert card_stamp(card_payload(), "homeroom") == expected


def test_a_leader_in_place_of_a_teacher_says_in_whose():
    payload = with_signer(
        full_name="Nguyễn Thị Hạnh", position_title="Hiệu trưởng", stands_in_for="Trần Thị Ngọc"
    )
    stamp = card_stamp(payload, "homeroom")
    assert stamp.name == "Nguyễn Thị Hạnh"
    assert stamp.capacity == "Hiệu trưởng, xác nhận thay Trần Thị Ngọc"


def test_the_leader_signs_with_the_title_and_under_the_seal():
    expected = Stamp("Nguyễn Thị Hạnh", "Hiệu trưởng", SCHOOL, is_under_seal=True)
    assert card_stamp(card_payload(), "leader") == expected


def test_the_seal_is_the_schools_with_its_place_around():
    expected = Stamp(SCHOOL, organisation="Phường Buôn Hồ - Tỉnh Đắk Lắk", is_seal=True)
    assert card_stamp(card_payload(), "seal") == expected


def test_a_place_that_is_not_known_leaves_no_dash():
    stamp = card_stamp(with_school(commune_name=""), "seal")
    assert stamp.organisation == "Tỉnh Đắk Lắk"


def test_the_seal_ends_where_the_left_third_of_the_leaders_stamp_ends():
    boxes = signature_boxes(LEADER_ROOM, HOMEROOM_ROOM)
    leader, seal = boxes["leader"], boxes["seal"]
    assert seal.left < leader.left
    assert math.isclose(seal.right, leader.left + leader.width / 3)


def test_the_boxes_stay_in_their_rooms_and_are_as_high():
    boxes = signature_boxes(LEADER_ROOM, HOMEROOM_ROOM)
    for slot_key, room in zip(boxes, (HOMEROOM_ROOM, LEADER_ROOM, LEADER_ROOM), strict=True):
        box = boxes[slot_key]
        assert box.left >= room.left
        assert box.right <= room.right + 1e-6
        assert (box.page, box.bottom, box.top) == (room.page, room.bottom, room.top)


def test_the_homeroom_teachers_stamp_is_as_wide_as_the_leaders_and_in_the_middle():
    boxes = signature_boxes(LEADER_ROOM, HOMEROOM_ROOM)
    homeroom = boxes["homeroom"]
    assert math.isclose(homeroom.width, boxes["leader"].width)
    middle = (HOMEROOM_ROOM.left + HOMEROOM_ROOM.right) / 2
    assert math.isclose((homeroom.left + homeroom.right) / 2, middle)


def test_a_narrow_room_makes_narrower_stamps():
    boxes = signature_boxes(replace(LEADER_ROOM, right=260), replace(HOMEROOM_ROOM, right=390))
    assert boxes["leader"].right <= 260
    assert boxes["homeroom"].width == 80


def test_the_seal_is_the_last_so_that_it_lies_above():
    assert list(signature_boxes(LEADER_ROOM, HOMEROOM_ROOM)) == ["homeroom", "leader", "seal"]
