"""The table of v1.0 says what Công văn 2088, Phụ lục 1.1 says, and marks what it does not say."""

from dataclasses import replace

import pytest

from reportcards.profiles import PROFILES, UnknownProfile, element_id, get_profile
from reportcards.profiles.document import value_at
from reportcards.profiles.tables import Field, Group, fields_of, tag_of
from rulesets import get_ruleset
from tests.reportcards import annex_1_1 as annex
from tests.reportcards.cards import UUID, card_payload

V1_0 = get_profile("v1.0")
GROUPS = {group.tag: [] for group, _field in fields_of(V1_0.tree)}
for group, field in fields_of(V1_0.tree):
    GROUPS[group.tag].append(field)


def codes_of(group: str) -> list[str]:
    """As the annex is typed: a question mark where the field is not required."""
    return [field.tag if field.is_required else f"{field.tag}?" for field in GROUPS[group]]


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("TONG_KET", annex.YEAR),
        ("MON_HOC", annex.SUBJECTS),
        ("DANH_GIA_NANG_LUC_PHAM_CHAT", annex.TRAITS),
    ],
)
def test_a_group_has_the_annex_fields_in_its_order(group, codes):
    assert codes_of(group) == codes


def test_the_general_group_is_the_annex_without_the_history_rows_year():
    assert [*codes_of("THONG_TIN_CHUNG"), "NAM_HOC"] == annex.GENERAL


def test_the_year_of_a_history_row_stands_in_the_row():
    assert codes_of("NAM_HOC_CHI_TIET") == ["NAM_HOC", *annex.HISTORY]


def test_the_misspellings_are_the_ministrys():
    tags = {field.tag for fields in GROUPS.values() for field in fields}
    assert {"THONG_SO_BUOI_NGHI_KHONG_PHEP", "NANG_LUC_GIAO_TIEP_HOC_TAC"} <= tags
    assert not tags & {"TONG_SO_BUOI_NGHI_KHONG_PHEP", "NANG_LUC_GIAO_TIEP_HOP_TAC"}


def test_the_slots_are_the_annex_signatures_in_signing_order():
    codes = []
    for slot in V1_0.slots:
        parts = ["NGAY_KY", "SO_CCCD"] if slot.has_personal_id else ["NGAY_KY"]
        names = [slot.path[-1], *(f"{slot.path[-1]}/{part}" for part in parts)]
        codes += [name if slot.is_required else f"{name}?" for name in names]
    assert codes == annex.SIGNATURES


def test_every_slot_stands_in_the_list_of_signatures_and_covers_the_whole():
    assert V1_0.slot_lists == ("DANH_SACH_THONG_TIN_KY",)
    assert {slot.path[0] for slot in V1_0.slots} == {"DANH_SACH_THONG_TIN_KY"}
    assert {slot.covers for slot in V1_0.slots} == {("",)}
    assert [slot.key for slot in V1_0.slots] == ["homeroom", "leader", "seal"]
    assert V1_0.slot("leader").path[-1] == "CBQL"


def groups_in(group: Group) -> list[Group]:
    inner = [member for member in group.members if isinstance(member, Group)]
    return [group, *(below for member in inner for below in groups_in(member))]


def test_wrappers_that_no_source_names_are_marked():
    named = {"DU_LIEU_HOC_BA", "THONG_TIN_CHUNG", "QUA_TRINH_HOC_TAP", "TONG_KET"}
    assumed = {group.tag for group in groups_in(V1_0.tree) if group.is_assumed}
    assert assumed == {
        "NAM_HOC_CHI_TIET", "BANG_DIEM", "MON_HOC", "DANH_GIA_NANG_LUC_PHAM_CHAT",
    }  # fmt: skip
    assert {group.tag for group in groups_in(V1_0.tree)} == named | assumed


def test_values_that_no_source_gives_are_marked():
    assumed = {field.tag for fields in GROUPS.values() for field in fields if field.is_assumed}
    assert assumed == {
        "PHIEN_BAN", "THONG_TU", "MA_KHOI", "MA_MON_HOC", "MUC_DAT_DUOC", "KET_QUA_XEP_LOAI",
        "DUOC_LEN_LOP", "DA_HOAN_THANH_CHUONG_TRINH_LOP_HOC",
        "DA_HOAN_THANH_CHUONG_TRINH_TIEU_HOC",
    }  # fmt: skip


def test_every_subject_of_the_ruleset_has_its_own_code_of_three():
    codes = V1_0.spelling.subject_codes
    assert set(codes) == {subject.code for subject in get_ruleset("tt27").subjects}
    assert {len(code) for code in codes.values()} == {3}
    assert len(set(codes.values())) == len(codes)


def test_every_trait_of_the_ruleset_has_its_field():
    sources = {field.source for field in GROUPS["DANH_GIA_NANG_LUC_PHAM_CHAT"]}
    traits = {f"traits.{trait.code}.level" for trait in get_ruleset("tt27").traits}
    assert traits <= sources


def test_every_source_is_a_path_of_the_payload():
    payload = card_payload()
    for group, field in fields_of(V1_0.tree):
        if field.source == "profile":
            continue
        scope = payload[group.each][0] if group.each else payload
        value_at(scope, field.source)


def test_a_path_leads_to_an_entry_by_its_code_and_to_nothing_past_a_null():
    payload = card_payload(homeroom_signer=None)
    assert value_at(payload, "subjects.toan.score") == 9
    assert value_at(payload, "subjects.tieng_dan_toc.score") is None
    assert value_at(payload, "homeroom_signer.full_name") is None


def test_a_path_that_the_payload_has_not_is_an_error_of_the_table():
    with pytest.raises(KeyError):
        value_at(card_payload(), "student.nickname")


def test_an_id_carries_the_uuid_and_names_the_part():
    assert element_id(UUID) == f"HB-{UUID}"
    assert element_id(UUID, "toan") == f"HB-{UUID}-toan"


def test_the_tag_of_a_value():
    assert tag_of(V1_0, "uuid") == "MA_TRA_CUU_UUID"


def test_v1_0_is_the_only_profile_and_can_be_signed():
    assert [profile.key for profile in PROFILES.values() if profile.can_be_signed] == ["v1.0"]


def test_an_unknown_profile_is_refused_by_name():
    with pytest.raises(UnknownProfile, match=r"v9\.9"):
        get_profile("v9.9")


def test_a_profile_is_changed_by_replacing_a_row():
    other = replace(V1_0, spelling=replace(V1_0.spelling, version="1.1"))
    assert (V1_0.spelling.version, other.spelling.version) == ("1.0", "1.1")
    assert isinstance(GROUPS["MON_HOC"][0], Field)
