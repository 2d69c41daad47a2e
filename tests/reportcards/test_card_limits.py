"""The lengths and ranges of the national set of 2026, for payloads and for cards."""

import pytest

from reportcards.profiles import get_profile
from reportcards.profiles.document import build_card
from reportcards.profiles.limits_2026 import LIMITS, check_limits
from reportcards.profiles.structure import parse_card
from reportcards.profiles.tables import fields_of
from tests.reportcards.cards import card_payload, grade_payload, not_assessed_payload, subjects_of

V1_0 = get_profile("v1.0")


def found(payload) -> list[tuple[str, str]]:
    return [(one.path, one.code) for one in check_limits(payload, V1_0)]


def found_in_card(payload) -> list[tuple[str, str]]:
    """Of the built card: the last tag of the path, and the code."""
    violations = check_limits(build_card(payload, V1_0), V1_0)
    return [(one.path.rpartition("/")[2], one.code) for one in violations]


def test_every_limit_is_of_a_field_of_v1_0():
    places = {f"{group.tag}/{field.tag}" for group, field in fields_of(V1_0.tree)}
    assert LIMITS.keys() <= places


@pytest.mark.parametrize(
    "payload",
    [
        card_payload(),
        *(grade_payload(grade_level) for grade_level in (1, 2, 3, 5)),
        not_assessed_payload(),
        card_payload(homeroom_signer=None, student={"personal_id": None}),
    ],
)
def test_an_ordinary_card_keeps_to_them(payload):
    assert found(payload) == found_in_card(payload) == []


def subject(**changes):
    return [subjects_of(4)[2] | changes]


NINE, TWELVE = "066316001", "06631600123X"
LONG_LANGUAGE = "Tiếng " * 8


@pytest.mark.parametrize(
    ("changes", "tag", "code"),
    [
        ({"school": {"ministry_code": "6" * 21}}, "MA_TRUONG", "too_long"),
        ({"school": {"district_name": "H" * 251}}, "TEN_QUAN_HUYEN", "too_long"),
        ({"school_year": "2026-2028"}, "TEN_NAM_HOC", "not_a_school_year"),
        ({"department": {"code": "666"}}, "MA_SO_GIAO_DUC", "wrong_length"),
        ({"student": {"personal_id": NINE}}, "SO_CCCD", "wrong_digits"),
        ({"student": {"personal_id": TWELVE}}, "SO_CCCD", "wrong_digits"),
        ({"student": {"ministry_code": "1" * 21}}, "MA_HOC_SINH", "too_long"),
        ({"body": {"weight_kg": "0.5"}}, "CAN_NANG", "out_of_range"),
        ({"body": {"height_cm": "301"}}, "CHIEU_CAO", "out_of_range"),
        ({"body": {"height_cm": "1m28"}}, "CHIEU_CAO", "not_a_number"),
        ({"body": {"height_cm": "NaN"}}, "CHIEU_CAO", "out_of_range"),
        ({"attendance": {"absences_with_leave": 201}}, "TONG_SO_BUOI_NGHI_CO_PHEP", "out_of_range"),
        ({"school_class": {"name": "Lớp bốn A1 "}}, "TEN_LOP", "too_long"),
        ({"subjects": subject(language_name=LONG_LANGUAGE)}, "TEN_MON_HOC", "too_long"),
        ({"subjects": subject(level="Đ")}, "MUC_DAT_DUOC", "not_allowed"),
        ({"year_decision": {"reward": "x" * 2001}}, "NOI_DUNG_KHEN_THUONG", "too_long"),
        ({"comments": {"quality": "x" * 501}}, "NHAN_XET_PHAM_CHAT", "too_long"),
        ({"comments": {"homeroom": "x" * 2001}}, "NHAN_XET_GVCN", "too_long"),
        ({"leader": {"personal_id": NINE}}, "SO_CCCD_GIAM_HIEU_KY_HOC_BA", "wrong_digits"),
    ],
)
def test_refuses_in_the_payload_and_in_the_card(changes, tag, code):
    payload = card_payload(**changes)
    ((path, found_code),) = found(payload)
    assert found_code == code
    assert path.split(".")[0] in changes
    assert found_in_card(payload) == [(tag, code)]


@pytest.mark.parametrize(
    "changes",
    [
        {"body": {"weight_kg": "1", "height_cm": "10"}},
        {"body": {"weight_kg": "300.0", "height_cm": "300"}},
        {"attendance": {"absences_with_leave": 200, "absences_without_leave": 0}},
        {"comments": {"quality": "ệ" * 500, "homeroom": "ệ" * 2000}},
        {"subjects": subject(level="M", score=None)},
        {"school_class": {"name": "4" * 10}},
    ],
)
def test_the_ends_of_a_range_are_in_it(changes):
    assert found(card_payload(**changes)) == []


def test_a_history_row_has_room_for_a_longer_class():
    row = card_payload()["history"][0]
    assert found(card_payload(history=[row | {"class_name": "Lớp " * 25}])) == []
    assert found(card_payload(history=[row | {"class_name": "Lớp " * 26}])) == [
        ("history.0.class_name", "too_long")
    ]


def test_says_how_long_it_is_and_may_be():
    (violation,) = check_limits(card_payload(comments={"quality": "x" * 501}), V1_0)
    assert violation.params == {"tag": "NHAN_XET_PHAM_CHAT", "length": 501, "longest": 500}


def test_finds_the_row_of_the_subject_in_a_card():
    subjects = subjects_of(4)
    subjects[3] = subjects[3] | {"level": "X"}
    (violation,) = check_limits(build_card(card_payload(subjects=subjects), V1_0), V1_0)
    assert violation.path.endswith("/BANG_DIEM/MON_HOC[4]/MUC_DAT_DUOC")


def test_every_card_of_a_list_is_looked_at():
    one = build_card(card_payload(body={"weight_kg": "400"}), V1_0).partition(b"\n")[2]
    batch = parse_card(b"<DANH_SACH_HOC_BA>" + one * 2 + b"</DANH_SACH_HOC_BA>")
    assert [one.code for one in check_limits(batch, V1_0)] == ["out_of_range"] * 2


def test_the_slots_of_signatures_have_no_limits():
    card = build_card(card_payload(), V1_0).replace(
        b"<DANH_SACH_THONG_TIN_KY/>",
        b"<DANH_SACH_THONG_TIN_KY><CBQL><SO_CCCD>1</SO_CCCD></CBQL></DANH_SACH_THONG_TIN_KY>",
    )
    assert check_limits(card, V1_0) == []


def test_an_emptied_element_of_a_card_is_measured():
    card = build_card(card_payload(), V1_0).replace(b">066316001234<", b"><")
    assert [one.code for one in check_limits(card, V1_0)] == ["wrong_digits"]
