"""What a card lacks, leaves out or has wrong, as a clerk reads it."""

import pytest
from django.utils.translation import override

from reportcards import card_schema
from reportcards.card_field_names import FIELD_NAMES, field_name
from reportcards.card_schema import check_payload
from reportcards.lack_sentences import (
    FAULTS,
    NEXT_STEPS,
    RELAXATIONS,
    lack_sentence,
    relaxation_sentence,
    violation_sentence,
)
from reportcards.profiles import get_profile, relaxations, structure
from reportcards.profiles.document import build_card
from reportcards.profiles.limits_2026 import check_limits
from reportcards.profiles.relaxations import Lack, Use, lacks
from reportcards.profiles.structure import check_structure
from reportcards.profiles.tables import fields_of
from reportcards.profiles.violations import Violation
from tests.reportcards.cards import card_payload, subjects_of, traits_of, without_level

V1_0 = get_profile("v1.0")
OTHER_CODES = {
    "forbidden_character", "not_nfc", "unprintable",
    "too_long", "wrong_length", "wrong_digits", "out_of_range", "not_a_number", "not_allowed",
    "not_a_school_year",
    "unexpected_element", "missing_element", "invalid_value", "not_xml", "document_type",
    "comment", "id_differs",
}  # fmt: skip


def sentences(violations) -> list[str]:
    return [violation_sentence(violation, V1_0) for violation in violations]


def test_every_field_of_the_profile_has_its_name():
    slots = {tag for slot in V1_0.slots for tag in slot.path[1:]} | {"NGAY_KY", "Signature"}
    assert FIELD_NAMES.keys() == {field.tag for _group, field in fields_of(V1_0.tree)} | slots


def test_every_relaxation_has_its_reason():
    assert RELAXATIONS.keys() == {row.key for row in relaxations.RELAXATIONS}


def test_every_fault_has_its_sentence():
    from_tables = {*card_schema.CODES.values(), *structure.CODES.values()}
    assert FAULTS.keys() == from_tables | OTHER_CODES


def test_every_value_that_a_school_puts_in_has_a_next_step():
    made_by_us = {"profile", "ruleset", "uuid", "school_year", "made_at", "issued_on",
                  "school_class"}  # fmt: skip
    sources = {
        (group.each or field.source).partition(".")[0]
        for group, field in fields_of(V1_0.tree)
        if field.is_required
    }
    assert sources - made_by_us <= NEXT_STEPS.keys()


def test_a_field_of_a_list_is_named_with_its_entry():
    assert field_name("MUC_DAT_DUOC", "Toán") == "Mức đạt được (Toán)"
    assert field_name("GIOI_TINH") == "Giới tính"
    assert field_name("LA") == "LA"


# Lacks


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"student": {"personal_id": None}},
            "Số CCCD còn trống. Hãy bổ sung ở hồ sơ học sinh.",
        ),
        (
            {"school": {"province_name": ""}},
            "Tên tỉnh thành phố còn trống. Hãy bổ sung ở thông tin của trường.",
        ),
        (
            {"leader": {"personal_id": None}},
            "Số CCCD giám hiệu ký học bạ còn trống. Hãy bổ sung ở hồ sơ cán bộ của người ký.",
        ),
        (
            {"comments": {"homeroom": ""}},
            (
                "Nhận xét giáo viên chủ nhiệm còn trống. Giáo viên chủ nhiệm nhập ở kết quả "
                "cuối năm; đã ký duyệt thì đề nghị mở lại riêng em này."
            ),
        ),
        (
            {"subjects": [without_level(subjects_of(4)[1])]},
            (
                "Mức đạt được (Toán) còn trống. Giáo viên môn học nhập ở kết quả cuối năm; "
                "đã ký duyệt thì đề nghị mở lại riêng em này."
            ),
        ),
        (
            {"year_decision": {"has_completed": False, "is_promoted": None}},
            (
                "Được lên lớp còn trống. Hãy xác nhận kết quả năm học; em chưa hoàn thành thì chờ "
                "quyết định sau đánh giá bổ sung."
            ),
        ),
        (
            {"subjects": [subjects_of(4)[0] | {"code": "tieng_trung", "name": "Tiếng Trung"}]},
            "Mã môn học (Tiếng Trung) còn trống. Hãy báo người vận hành phần mềm.",
        ),
    ],
)
def test_a_lack_names_the_field_and_says_what_to_do(changes, sentence):
    (lack,) = lacks(card_payload(**changes), V1_0)
    assert lack_sentence(lack) == sentence


def test_a_lack_of_ours_is_the_operators():
    assert lack_sentence(Lack("THONG_TU", "ruleset")).endswith("Hãy báo người vận hành phần mềm.")


# Relaxations


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (
            Use("no_district", "TEN_QUAN_HUYEN"),
            "Tên quận huyện để trống: từ 01/7/2025 không còn cấp huyện.",
        ),
        (
            Use("foreign_child", "SO_CCCD"),
            "Số CCCD để trống: em mang quốc tịch nước ngoài nên không có số này.",
        ),
        (
            Use("not_assessed", "NANG_LUC_NGON_NGU"),
            "Năng lực ngôn ngữ để trống: em thuộc diện khuyết tật không đánh giá.",
        ),
    ],
)
def test_an_excuse_says_what_is_left_out_and_why(use, sentence):
    assert relaxation_sentence(use) == sentence


# Violations


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"school_class": {"name": "Lớp bốn A1 "}},
            "Tên lớp quá dài, nhiều nhất 10 ký tự; hãy rút gọn.",
        ),
        (
            {"comments": {"quality": "Em\x0b"}},
            (
                "Nhận xét phẩm chất có ký tự điều khiển U+000B, không ghi được vào học bạ số; "
                "hãy xóa ký tự ấy rồi gõ lại. Giáo viên chủ nhiệm nhập ở kết quả cuối năm; "
                "đã ký duyệt thì đề nghị mở lại riêng em này."
            ),
        ),
        (
            {"student": {"personal_id": "12"}},
            "Số CCCD không đúng dạng quy định. Hãy bổ sung ở hồ sơ học sinh.",
        ),
        (
            {"history": [card_payload()["history"][0] | {"class_name": ""}]},
            "Tên lớp còn trống. Hãy bổ sung ở quá trình học tập của học sinh.",
        ),
        ({"note": "x"}, "Nội dung note không có trong mẫu học bạ."),
    ],
)
def test_a_fault_of_the_payload_is_told_by_the_fields_name(changes, sentence):
    assert sentences(check_payload(card_payload(**changes))) == [sentence]


def test_a_fault_of_a_level_names_the_level():
    payload = card_payload(subjects=[subjects_of(4)[0] | {"level": "Đ"}])
    assert sentences(check_payload(payload))[0].startswith("Mức đạt được có giá trị ngoài")
    trait = traits_of(4)[0] | {"level": "H"}
    assert "traits.0.level" in sentences(check_payload(card_payload(traits=[trait])))[0]


@pytest.mark.parametrize(
    ("changes", "beginning"),
    [
        ({"student": {"personal_id": "12"}}, "Số CCCD phải gồm đúng 12 chữ số."),
        ({"department": {"code": "6"}}, "Mã sở giáo dục phải có đúng 2 ký tự."),
        ({"body": {"weight_kg": "400"}}, "Cân nặng nằm ngoài khoảng cho phép"),
        ({"comments": {"quality": "x" * 501}}, "Nhận xét phẩm chất quá dài, nhiều nhất 500"),
        ({"school_year": "2026"}, "Tên năm học phải ghi như 2026-2027."),
    ],
)
def test_a_limit_is_told_with_its_figure(changes, beginning):
    (sentence,) = sentences(check_limits(card_payload(**changes), V1_0))
    assert sentence.startswith(beginning)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            b"<DAN_TOC>Kinh</DAN_TOC>", b"",
            "Quốc tịch đứng sai chỗ; ở đó phải là Dân tộc.",
        ),
        (b"</HOC_BA>", b"<X/></HOC_BA>", "X không có trong mẫu học bạ."),
        (b"<HOC_BA>", b"<HOC_BA", "Tệp không phải là XML đúng quy cách (dòng 2)."),
        (b"<DANH_SACH_THONG_TIN_KY/>", b"", "HOC_BA còn thiếu DANH_SACH_THONG_TIN_KY."),
        (b'Id="HB-1', b'Id="HB-2', "Id của phần dữ liệu không phải là mã số tra cứu của học bạ."),
    ],
)  # fmt: skip
def test_a_fault_of_the_structure_is_told_by_the_fields_names(old, new, sentence):
    card = build_card(card_payload(), V1_0).replace(old, new, 1)
    assert sentences(check_structure(card, V1_0)) == [sentence]


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_every_sentence_takes_its_parameters(code):
    params = {"tag": "GIOI_TINH", "longest": 1, "expected": "DAN_TOC, QUOC_TICH", "line": 3,
              "character": "U+0008"}  # fmt: skip
    sentence = violation_sentence(Violation("/HOC_BA", code, params), V1_0)
    assert "%" not in sentence
    assert "DAN_TOC" not in sentence


def test_a_sentence_is_made_in_the_readers_language_when_it_is_read():
    lack = Lack("GIOI_TINH", "student.gender")
    with override("en"):
        assert field_name("GIOI_TINH") == "Sex"
    assert lack_sentence(lack).startswith("Giới tính")
