"""Another tree, other slots and other coverage are other rows: no code of ours changes."""

import pytest
from lxml import etree

from reportcards.profiles import PROFILES, element_id
from reportcards.profiles.document import build_card
from reportcards.profiles.relaxations import lacks
from tests.reportcards.cards import UUID
from tests.reportcards.draft_2025 import draft_payload, draft_profile

PAYLOAD = draft_payload()
PROFILE = draft_profile(PAYLOAD)
ROOT = etree.fromstring(build_card(PAYLOAD, PROFILE))


def ids() -> list[str]:
    return ROOT.xpath("//@Id")


def test_the_newer_tree_is_built_from_its_table():
    assert [child.tag for child in ROOT] == [
        "DU_LIEU_HOC_BA", "DANH_SACH_THONG_TIN_KY", "PHAT_HANH_HOC_BA",
    ]  # fmt: skip
    assert [child.tag for child in ROOT[0]] == ["THONG_TIN_HOC_BA", "BANG_DIEM"]
    assert [child.tag for child in ROOT[0][0]] == [
        "THONG_TIN_CHUNG", "QUA_TRINH_HOC_TAP", "TONG_KET",
    ]  # fmt: skip


def test_each_part_that_somebody_signs_has_an_id_of_its_own():
    assert ids() == [
        f"HB-{UUID}",
        f"HB-{UUID}-thongtinhocba",
        *(f"HB-{UUID}-{entry['code']}" for entry in PAYLOAD["subjects"]),
    ]


def test_each_subject_names_its_teacher():
    rows = ROOT.findall("DU_LIEU_HOC_BA/BANG_DIEM/DIEM_TONG_KET")
    assert [row.findtext("GVBM") for row in rows] == ["gv1", "gv1", "gv2", "gv1"]


def test_every_subject_teacher_has_a_slot_under_her_id():
    slots = [slot for slot in PROFILE.slots if slot.path[-1] == "GVBM"]
    assert [(slot.own_id, slot.covers) for slot in slots] == [
        ("gv1", ("tieng_viet", "toan", "dao_duc")),
        ("gv2", ("ngoai_ngu_1",)),
    ]


def test_the_homeroom_teacher_covers_a_part_and_the_school_the_whole():
    assert PROFILE.slot("homeroom").covers == ("thongtinhocba",)
    assert PROFILE.slot("leader").covers == PROFILE.slot("seal").covers == ("",)


@pytest.mark.parametrize("slot", PROFILE.slots, ids=lambda slot: slot.key)
def test_what_a_slot_covers_is_in_the_card_and_the_slot_is_not_in_it(slot):
    for part in slot.covers:
        (covered,) = ROOT.xpath("//*[@Id=$id]", id=element_id(UUID, part))
        assert covered.iterancestors().__next__().tag != slot.path[-1]
    assert slot.path[0] in PROFILE.slot_lists


def test_no_part_is_called_like_a_slot():
    """A signature's Id is made like a part's."""
    parts = {part for slot in PROFILE.slots for part in slot.covers}
    assert not parts & {slot.key for slot in PROFILE.slots}


def test_its_requirements_are_its_own():
    assert [lack.tag for lack in lacks(PAYLOAD, PROFILE)] == ["TEN_QUAN_HUYEN"]


def test_it_is_a_draft_and_not_for_signing():
    assert not PROFILE.can_be_signed
    assert PROFILE.key not in PROFILES
