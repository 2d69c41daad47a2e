"""Who is excused from what the profile requires, and what is a lack."""

from dataclasses import replace

import pytest

from reportcards.profiles import get_profile
from reportcards.profiles.document import build_card
from reportcards.profiles.relaxations import (
    LEVELS_AND_RESULT,
    RELAXATIONS,
    Lack,
    Use,
    lacks,
    relaxations_for,
)
from reportcards.profiles.structure import check_structure
from reportcards.profiles.tables import fields_of
from tests.reportcards import annex_1_1 as annex
from tests.reportcards.cards import (
    card_payload,
    grade_payload,
    not_assessed_payload,
    subjects_of,
    traits_of,
    without_level,
)

V1_0 = get_profile("v1.0")
NO_DISTRICT = Use("no_district", "TEN_QUAN_HUYEN")


def uses(payload, profile=V1_0) -> set[Use]:
    """Beside the district, which nobody has."""
    return set(relaxations_for(payload, profile)) - {NO_DISTRICT}


def lacking(payload) -> set[str]:
    return {lack.tag for lack in lacks(payload, V1_0)}


def of_year(first_year: int, **changes):
    return card_payload(school_year=f"{first_year}-{first_year + 1}", **changes)


# The table


def test_every_row_excuses_fields_that_its_profile_requires():
    required = {field.tag for _group, field in fields_of(V1_0.tree) if field.is_required}
    for row in RELAXATIONS:
        assert row.profile == "v1.0"
        assert set(row.tags) <= required
        assert row.source


def test_no_field_is_excused_by_two_rows():
    tags = [tag for row in RELAXATIONS for tag in row.tags]
    assert len(tags) == len(set(tags))
    assert len({row.key for row in RELAXATIONS}) == len(RELAXATIONS)


def test_who_is_not_assessed_is_excused_from_every_level_and_the_result():
    levels = {tag for tag in annex.TRAITS if not tag.endswith("?")}
    result = {tag for tag in annex.YEAR if not tag.endswith("?")} - {"NHAN_XET_GVCN"}
    assert set(LEVELS_AND_RESULT) == levels | result | {"MUC_DAT_DUOC"}


# An ordinary pupil


@pytest.mark.parametrize("grade_level", [1, 2, 3, 4, 5])
def test_an_ordinary_card_lacks_nothing_and_leaves_out_the_district(grade_level):
    payload = grade_payload(grade_level)
    assert lacks(payload, V1_0) == ()
    assert relaxations_for(payload, V1_0) == (NO_DISTRICT,)


def test_a_district_that_stands_needs_no_excuse():
    payload = card_payload(school={"district_name": "Thị xã Buôn Hồ"})
    assert relaxations_for(payload, V1_0) == ()


def test_optional_fields_are_no_lack():
    payload = card_payload(
        student={"father_name": "", "guardian_name": ""},
        homeroom_signer=None,
        year_decision={"reward": "", "extraordinary_reward": ""},
    )
    assert lacking(payload) == set()


# By school year


@pytest.mark.parametrize("first_year", [2025, 2026, 2040])
def test_since_2025_no_district_is_asked_for(first_year):
    assert NO_DISTRICT in relaxations_for(of_year(first_year), V1_0)


def test_before_2025_a_card_without_its_district_has_a_lack():
    payload = of_year(2024)
    assert relaxations_for(payload, V1_0) == ()
    assert lacks(payload, V1_0) == (Lack("TEN_QUAN_HUYEN", "school.district_name"),)


def test_a_row_ends_with_its_last_school_year():
    row = replace(RELAXATIONS[0], until=2026)
    assert row.holds_for(of_year(2026), V1_0)
    assert not row.holds_for(of_year(2027), V1_0)


def test_a_row_of_another_profile_excuses_nobody():
    other = replace(V1_0, key="v2.0")
    payload = card_payload()
    assert relaxations_for(payload, other) == ()
    assert lacks(payload, other) == (Lack("TEN_QUAN_HUYEN", "school.district_name"),)


# Each excuse


@pytest.mark.parametrize(
    "student",
    [{"mother_name": ""}, {"mother_name": "", "father_name": "", "guardian_name": "Y Wang Niê"}],
)
def test_a_child_without_a_mother_on_paper_has_another_adult(student):
    payload = card_payload(student=student)
    assert uses(payload) == {Use("no_mother", "HO_VA_TEN_ME")}
    assert lacking(payload) == set()


def test_a_child_with_no_adult_at_all_has_a_lack():
    payload = card_payload(student={"mother_name": "", "father_name": "", "guardian_name": ""})
    assert uses(payload) == set()
    assert lacks(payload, V1_0) == (Lack("HO_VA_TEN_ME", "student.mother_name"),)


@pytest.mark.parametrize("nationality", ["Lào", "Hàn Quốc", "Campuchia"])
def test_a_foreign_child_needs_no_vietnamese_number(nationality):
    payload = card_payload(student={"personal_id": None, "nationality": nationality})
    assert uses(payload) == {Use("foreign_child", "SO_CCCD")}
    assert lacking(payload) == set()


@pytest.mark.parametrize("nationality", ["Việt Nam", "VIỆT NAM", " Việt nam", "Vietnam", "VN"])
def test_a_citizen_without_her_number_has_a_lack(nationality):
    payload = card_payload(student={"personal_id": None, "nationality": nationality})
    assert uses(payload) == set()
    assert lacks(payload, V1_0) == (Lack("SO_CCCD", "student.personal_id"),)


def test_without_a_nationality_nobody_is_taken_for_foreign():
    payload = card_payload(student={"personal_id": None, "nationality": ""})
    assert lacking(payload) == {"SO_CCCD", "QUOC_TICH"}


def test_a_foreign_child_with_a_number_uses_no_excuse():
    assert uses(card_payload(student={"nationality": "Lào"})) == set()


def test_no_register_number_is_asked_for_since_2025():
    student = {"register_number": ""}
    assert uses(of_year(2025, student=student)) == {Use("no_register_number", "SO_SO_DANG_BO")}
    assert "SO_SO_DANG_BO" in lacking(of_year(2024, student=student))


def test_no_measures_of_the_body_are_asked_for_since_2025():
    body = {"height_cm": None, "weight_kg": None}
    assert uses(of_year(2025, body=body)) == {
        Use("no_body_measures", "CAN_NANG"),
        Use("no_body_measures", "CHIEU_CAO"),
    }
    assert {"CAN_NANG", "CHIEU_CAO"} <= lacking(of_year(2024, body=body))


def test_who_is_not_assessed_uses_her_row_once_for_each_field():
    payload = not_assessed_payload()
    found = relaxations_for(payload, V1_0)
    assert len(found) == len(set(found))
    assert uses(payload) == {Use("not_assessed", tag) for tag in LEVELS_AND_RESULT}
    assert lacking(payload) == set()


def test_who_is_not_assessed_has_her_teachers_word_and_her_days():
    payload = not_assessed_payload(
        comments={"homeroom": "", "quality": "", "general_competence": "",
                  "specific_competence": ""},
        attendance={"absences_with_leave": None},
    )  # fmt: skip
    assert lacking(payload) == {"NHAN_XET_GVCN", "TONG_SO_BUOI_NGHI_CO_PHEP"}


def test_what_was_assessed_all_the_same_is_written_and_not_excused():
    payload = not_assessed_payload(
        traits=traits_of(4), subjects=[subjects_of(4)[0], without_level(subjects_of(4)[1])]
    )
    tags = {use.tag for use in uses(payload)}
    assert "NANG_LUC_TINH_TOAN" not in tags
    assert "MUC_DAT_DUOC" in tags


# Lacks


def test_a_missing_level_is_told_by_its_subject():
    subjects = subjects_of(4)
    subjects[1] = without_level(subjects[1])
    assert lacks(card_payload(subjects=subjects), V1_0) == (
        Lack("MUC_DAT_DUOC", "subjects.toan.level", "Toán"),
    )


def test_a_missing_trait_level_is_a_lack():
    traits = [without_level(entry) if entry["code"] == "nhan_ai" else entry
              for entry in traits_of(4)]  # fmt: skip
    assert lacking(card_payload(traits=traits)) == {"PHAM_CHAT_NHAN_AI"}


def test_a_trait_of_every_grade_that_is_no_entry_at_all_is_a_lack():
    traits = [entry for entry in traits_of(2) if entry["code"] != "nhan_ai"]
    assert lacking(grade_payload(2, traits=traits)) == {"PHAM_CHAT_NHAN_AI"}


def test_without_a_decision_result_promotion_and_completion_are_lacking():
    assert lacking(card_payload(year_decision=None)) == {
        "KET_QUA_XEP_LOAI", "DUOC_LEN_LOP", "DA_HOAN_THANH_CHUONG_TRINH_LOP_HOC",
    }  # fmt: skip


def test_a_promotion_that_is_not_decided_is_a_lack():
    payload = card_payload(year_decision={"has_completed": False, "is_promoted": None})
    assert lacks(payload, V1_0) == (Lack("DUOC_LEN_LOP", "year_decision.is_promoted"),)


def test_a_subject_that_the_profile_has_no_code_for_is_a_lack():
    subject = subjects_of(4)[0] | {"code": "tieng_trung", "name": "Tiếng Trung"}
    assert lacks(card_payload(subjects=[subject]), V1_0) == (
        Lack("MA_MON_HOC", "subjects.tieng_trung.code", "Tiếng Trung"),
    )


def test_a_ruleset_that_the_profile_does_not_name_is_a_lack():
    spelling = replace(V1_0.spelling, circulars={})
    assert Lack("THONG_TU", "ruleset") in lacks(card_payload(), replace(V1_0, spelling=spelling))


def test_a_blank_text_is_a_lack():
    assert lacking(card_payload(comments={"homeroom": " \n"})) == {"NHAN_XET_GVCN"}


def test_a_leader_without_her_number_is_a_lack():
    (lack,) = lacks(card_payload(leader={"personal_id": None}), V1_0)
    assert (lack.tag, lack.code) == ("SO_CCCD_GIAM_HIEU_KY_HOC_BA", "leader")


def test_a_lack_is_told_before_leader_and_department_are_known():
    payload = card_payload(year_decision=None) | {"leader": None, "department": None}
    assert {"TEN_GIAM_HIEU_KY_HOC_BA", "MA_SO_GIAO_DUC", "KET_QUA_XEP_LOAI"} <= lacking(payload)


@pytest.mark.parametrize(
    "changes",
    [
        {"student": {"personal_id": None}},
        {"year_decision": None},
        {"student": {"mother_name": "", "father_name": ""}},
    ],
)
def test_the_schema_alone_would_let_a_lack_pass(changes):
    """The reason why lacks() is asked before anything is signed."""
    payload = card_payload(**changes)
    assert check_structure(build_card(payload, V1_0), V1_0) == []
    assert lacks(payload, V1_0)
