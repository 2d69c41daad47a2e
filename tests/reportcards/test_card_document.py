"""The XML of a card, from its payload and the profile alone."""

from copy import deepcopy
from dataclasses import replace

import pytest
from lxml import etree

from reportcards.profiles import get_profile
from reportcards.profiles.document import build_card, data_node, written_fields
from reportcards.profiles.violations import CardRefused
from tests.reportcards.cards import (
    UUID,
    card_payload,
    grade_payload,
    not_assessed_payload,
    subjects_of,
)

V1_0 = get_profile("v1.0")


def card(payload) -> etree._Element:
    return etree.fromstring(build_card(payload, V1_0))


def general(payload, tag: str) -> str | None:
    return card(payload).findtext(f"DU_LIEU_HOC_BA/THONG_TIN_CHUNG/{tag}")


def year(payload, tag: str) -> str | None:
    return card(payload).findtext(f"DU_LIEU_HOC_BA/TONG_KET/{tag}")


def test_a_card_is_utf8_with_a_declaration_and_no_white_space_between_elements():
    built = build_card(card_payload(), V1_0)
    declaration, _, rest = built.partition(b"\n")
    assert declaration == b"<?xml version='1.0' encoding='UTF-8'?>"
    assert rest.startswith(f'<HOC_BA><DU_LIEU_HOC_BA Id="HB-{UUID}"><THONG_TIN_CHUNG>'.encode())
    assert rest.endswith(b"</TONG_KET></DU_LIEU_HOC_BA><DANH_SACH_THONG_TIN_KY/></HOC_BA>")
    assert not [element for element in etree.fromstring(built).iter() if element.tail]


def test_the_data_has_its_three_parts():
    tree = card(card_payload()).find("DU_LIEU_HOC_BA")
    assert [part.tag for part in tree] == ["THONG_TIN_CHUNG", "QUA_TRINH_HOC_TAP", "TONG_KET"]


def test_the_same_payload_gives_the_same_bytes_and_stays_as_it_is():
    payload = card_payload()
    before = deepcopy(payload)
    assert build_card(payload, V1_0) == build_card(deepcopy(payload), V1_0)
    assert payload == before


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("PHIEN_BAN", "1.0"),
        ("THONG_TU", "TT27/2020"),
        ("MA_TRA_CUU_UUID", UUID),
        ("TEN_NAM_HOC", "2026-2027"),
        ("MA_CAP_HOC", "02"),
        ("MA_KHOI", "04"),
        ("SO_CCCD", "066316001234"),
        ("GIOI_TINH", "Nữ"),
        ("NGAY_SINH", "02/09/2016"),
        ("CAN_NANG", "26"),
        ("CHIEU_CAO", "128.5"),
        ("TONG_SO_BUOI_NGHI_CO_PHEP", "3"),
        ("THONG_SO_BUOI_NGHI_KHONG_PHEP", "0"),
        ("NGAY_TAO_HOC_BA", "2027-05-30T08:15:00+07:00"),
        ("NGAY_KY_PHAT_HANH_HOC_BA", "2027-05-31T00:00:00+07:00"),
        ("TEN_GIAO_VIEN_CHU_NHIEM", "Trần Thị Ngọc"),
        ("SO_CCCD_GIAO_VIEN_CHU_NHIEM", "066185000022"),
    ],
)
def test_the_general_group_says(tag, text):
    assert general(card_payload(), tag) == text


def test_what_is_absent_has_no_element():
    payload = card_payload(
        student={"guardian_name": "", "mother_name": " ", "personal_id": None},
        body={"height_cm": None},
        attendance={"absences_with_leave": None},
    )
    tags = {element.tag for element in card(payload).iter()}
    assert not tags & {
        "HO_VA_TEN_NGUOI_GIAM_HO", "HO_VA_TEN_ME", "CHIEU_CAO", "TONG_SO_BUOI_NGHI_CO_PHEP",
        "TEN_QUAN_HUYEN", "SO_CCCD",
    }  # fmt: skip
    assert "HO_VA_TEN_CHA" in tags


def test_a_district_of_the_time_of_districts_is_written():
    payload = card_payload(school={"district_name": "Thị xã Buôn Hồ"})
    assert general(payload, "TEN_QUAN_HUYEN") == "Thị xã Buôn Hồ"


@pytest.mark.parametrize(("weight", "text"), [("26.0", "26"), ("20", "20"), ("26.25", "26.25")])
def test_a_number_has_a_dot_and_no_zeros_behind_it(weight, text):
    assert general(card_payload(body={"weight_kg": weight}), "CAN_NANG") == text


def test_the_form_of_the_date_of_birth_is_a_setting_of_the_profile():
    spelling = replace(V1_0.spelling, date_of_birth="%Y-%m-%dT00:00:00+07:00")
    built = build_card(card_payload(), replace(V1_0, spelling=spelling))
    assert b"<NGAY_SINH>2016-09-02T00:00:00+07:00</NGAY_SINH>" in built


def test_without_a_homeroom_signer_neither_name_nor_id_stands():
    payload = card_payload(homeroom_signer=None)
    assert general(payload, "TEN_GIAO_VIEN_CHU_NHIEM") is None
    assert general(payload, "SO_CCCD_GIAO_VIEN_CHU_NHIEM") is None


def test_the_homeroom_teacher_is_named_though_somebody_signs_for_her():
    payload = card_payload(homeroom_signer={"stands_in_for": "Đỗ Thị Mai"})
    assert general(payload, "TEN_GIAO_VIEN_CHU_NHIEM") == "Đỗ Thị Mai"
    assert general(payload, "SO_CCCD_GIAO_VIEN_CHU_NHIEM") is None


def test_each_year_of_the_history_is_a_row():
    rows = card(card_payload()).findall("DU_LIEU_HOC_BA/QUA_TRINH_HOC_TAP/NAM_HOC_CHI_TIET")
    assert [[field.tag for field in row] for row in rows] == [
        ["NAM_HOC", "TEN_LOP", "TEN_TRUONG", "NGAY_TRANG_THAI_CHUYEN_DEN"]
    ] * 4
    assert [field.text for field in rows[0]] == [
        "2023-2024", "1A", "Trường Tiểu học Kim Đồng", "2023-08-28T00:00:00+07:00",
    ]  # fmt: skip


def subject_rows(payload) -> list[dict[str, str]]:
    rows = card(payload).iterfind("DU_LIEU_HOC_BA/TONG_KET/BANG_DIEM/MON_HOC")
    return [{field.tag: field.text for field in row} for row in rows]


def test_a_tested_subject_has_level_and_score():
    assert subject_rows(card_payload())[1] == {
        "MA_MON_HOC": "TOA",
        "TEN_MON_HOC": "Toán",
        "MUC_DAT_DUOC": "T",
        "DIEM_KIEM_TRA_DINH_KY": "9",
    }


def test_a_language_is_named_with_its_subject():
    assert subject_rows(card_payload())[2]["TEN_MON_HOC"] == "Ngoại ngữ 1 Tiếng Anh"


def test_an_untested_subject_has_no_score():
    row = next(row for row in subject_rows(card_payload()) if row["MA_MON_HOC"] == "DDU")
    assert "DIEM_KIEM_TRA_DINH_KY" not in row


def test_an_exempt_subject_has_the_level_m():
    exempt = subjects_of(4)[0] | {"level": "M", "level_name": "Miễn", "score": None}
    assert subject_rows(card_payload(subjects=[exempt])) == [
        {"MA_MON_HOC": "TVI", "TEN_MON_HOC": "Tiếng Việt", "MUC_DAT_DUOC": "M"}
    ]


def test_only_the_traits_of_the_grade_stand():
    tags = {element.tag for element in card(grade_payload(2)).iter()}
    assert "NANG_LUC_KHOA_HOC" in tags
    assert not tags & {"NANG_LUC_TIN_HOC", "NANG_LUC_CONG_NGHE"}


def test_the_year_says_result_promotion_and_completion():
    payload = card_payload()
    assert year(payload, "KET_QUA_XEP_LOAI") == "Hoàn thành tốt"
    assert year(payload, "DUOC_LEN_LOP") == "true"
    assert year(payload, "DA_HOAN_THANH_CHUONG_TRINH_LOP_HOC") == "true"
    assert year(payload, "DA_HOAN_THANH_CHUONG_TRINH_TIEU_HOC") == "false"
    assert (
        year(payload, "NOI_DUNG_HOAN_THANH_CHUONG_TRINH")
        == "Hoàn thành chương trình lớp 4; Được lên lớp 5."
    )


def test_promoted_without_completion_says_both():
    payload = card_payload(year_decision={"has_completed": False, "is_promoted": True})
    assert year(payload, "DUOC_LEN_LOP") == "true"
    assert year(payload, "DA_HOAN_THANH_CHUONG_TRINH_LOP_HOC") == "false"


def test_a_promotion_that_waits_for_the_principal_is_not_written():
    payload = card_payload(year_decision={"has_completed": False, "is_promoted": None})
    assert year(payload, "DUOC_LEN_LOP") is None


@pytest.mark.parametrize(("has_completed", "text"), [(True, "true"), (False, "false")])
def test_in_the_last_grade_promotion_and_primary_school_follow_completion(has_completed, text):
    payload = grade_payload(5, year_decision={"has_completed": has_completed, "is_promoted": None})
    assert year(payload, "DUOC_LEN_LOP") == text
    assert year(payload, "DA_HOAN_THANH_CHUONG_TRINH_TIEU_HOC") == text


def test_without_a_reward_there_is_no_element_for_it():
    payload = card_payload(year_decision={"reward": "", "extraordinary_reward": ""})
    assert year(payload, "NOI_DUNG_KHEN_THUONG") is None
    assert year(payload, "NOI_DUNG_KHEN_THUONG_DOT_XUAT") is None


def test_a_pupil_who_is_not_assessed_has_her_subjects_and_her_teachers_word():
    payload = not_assessed_payload()
    assert [*subject_rows(payload)[0]] == ["MA_MON_HOC", "TEN_MON_HOC"]
    assert [field.tag for field in card(payload).find("DU_LIEU_HOC_BA/TONG_KET")] == [
        "NHAN_XET_GVCN", "BANG_DIEM", "DANH_GIA_NANG_LUC_PHAM_CHAT",
    ]  # fmt: skip


def test_markup_in_a_text_is_text():
    comment = "Biết a < b & c > d, nói \"vâng\" và 'dạ' ]]>"
    payload = card_payload(comments={"homeroom": comment})
    assert year(payload, "NHAN_XET_GVCN") == comment
    assert b"a &lt; b &amp; c" in build_card(payload, V1_0)


def test_lines_of_a_comment_stay_lines():
    assert year(card_payload(), "NHAN_XET_GVCN").count("\n") == 1


@pytest.mark.parametrize(
    "character", ["\x00", "\x08", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"]
)
def test_a_character_that_xml_forbids_is_refused_by_its_number(character):
    payload = card_payload(comments={"homeroom": f"Em{character} ngoan"})
    with pytest.raises(CardRefused) as refusal:
        build_card(payload, V1_0)
    (violation,) = refusal.value.violations
    assert (violation.path, violation.code) == ("comments.homeroom", "forbidden_character")
    assert violation.params == {"character": f"U+{ord(character):04X}"}


def test_a_text_that_is_not_nfc_is_refused():
    with pytest.raises(CardRefused, match=r"student\.full_name: not_nfc"):
        build_card(card_payload(student={"full_name": "Lê Minh A\u0301nh"}), V1_0)


def test_a_subject_without_a_code_in_the_profile_has_none():
    assert "MA_MON_HOC" not in subject_rows(
        card_payload(subjects=[subjects_of(4)[0] | {"code": "tieng_trung"}])
    )[0]  # fmt: skip


def test_what_a_card_says_is_told_field_by_field_in_its_order():
    payload = card_payload()
    said = [(one.field.tag, one.text) for one in written_fields(payload, V1_0) if one.text]
    leaves = [
        (element.tag, element.text)
        for element in card(payload).find("DU_LIEU_HOC_BA").iter()
        if len(element) == 0
    ]
    assert said == leaves


def test_a_field_of_a_list_tells_its_path_and_its_entry():
    told = {one.source: one.entry for one in written_fields(card_payload(), V1_0)}
    assert told["subjects.toan.level"] == "Toán"
    assert told["history.0.class_name"] == "2023-2024"
    assert told["student.full_name"] == ""


def test_the_data_node_is_the_part_of_the_card_that_is_signed():
    node = data_node(card_payload(), V1_0)
    signed = card(card_payload()).find("DU_LIEU_HOC_BA")
    assert node == etree.tostring(signed, method="c14n", exclusive=True)
    assert node.startswith(f'<DU_LIEU_HOC_BA Id="HB-{UUID}"><THONG_TIN_CHUNG>'.encode())
    assert node.endswith(b"</TONG_KET></DU_LIEU_HOC_BA>")


def test_the_data_node_says_marks_of_xml_as_the_canonical_form_does():
    node = data_node(card_payload(comments={"quality": 'A & B < C > "D"'}), V1_0)
    assert b'<NHAN_XET_PHAM_CHAT>A &amp; B &lt; C &gt; "D"</NHAN_XET_PHAM_CHAT>' in node


def test_a_text_that_xml_cannot_carry_has_no_data_node():
    with pytest.raises(CardRefused):
        data_node(card_payload(comments={"quality": "\x08"}), V1_0)
