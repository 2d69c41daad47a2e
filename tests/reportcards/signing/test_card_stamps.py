from reportcards.signing.card_stamps import card_stamp
from reportcards.signing.stamps import Stamp
from tests.reportcards.cards import Payload, card_payload

SCHOOL = "Trường Tiểu học Kim Đồng"


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
