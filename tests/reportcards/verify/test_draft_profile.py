"""The draft of 2025: other slots, other parts; verified by the same code from its table."""

from typing import Any

import pytest

from reportcards.profiles.document import build_card
from reportcards.profiles.tables import Profile
from reportcards.signing.xmldsig import sign_card
from reportcards.verify import Grounds
from tests.reportcards.authorities import SIGNED_AT, People, signer_of
from tests.reportcards.cards import UUID
from tests.reportcards.draft_2025 import draft_payload, draft_profile
from tests.reportcards.verify.tampering import Element, edited, one, refusals
from tests.reportcards.verify.test_standing import with_changes

NGOC_ID, HANH_ID, PHUC_ID = "066185000022", "066175000011", "066079000033"


@pytest.fixture(scope="module")
def payload() -> dict[str, Any]:
    return draft_payload()


@pytest.fixture(scope="module")
def profile(payload: dict[str, Any]) -> Profile:
    return draft_profile(payload)


@pytest.fixture(scope="module")
def draft(payload: dict[str, Any], profile: Profile, people: People) -> bytes:
    """Ms Ngọc and Mr Phúc teach; the leader and the seal sign the whole."""
    signers = {
        "teacher-gv1": (people.ngoc, NGOC_ID),
        "teacher-gv2": (people.phuc, PHUC_ID),
        "homeroom": (people.ngoc, NGOC_ID),
        "leader": (people.hanh, HANH_ID),
        "seal": (people.seal, None),
    }
    card = build_card(payload, profile)
    for slot in profile.slots:
        issued, personal_id = signers[slot.key]
        card = sign_card(
            card, slot, signer_of(issued), personal_id=personal_id, signed_at=SIGNED_AT
        )
    return card


@pytest.fixture
def draft_grounds(grounds: Grounds, profile: Profile) -> Grounds:
    return with_changes(grounds, profile=profile)


def subject(root: Element, code: str) -> Element:
    return one(root, f".//DIEM_TONG_KET[@Id='HB-{UUID}-{code}']")


def test_a_card_of_the_draft_is_valid(draft: bytes, draft_grounds: Grounds):
    assert refusals(draft, draft_grounds) == set()


def test_a_subjects_change_is_found_by_its_teachers_signature(draft: bytes, draft_grounds: Grounds):
    def change(root: Element) -> None:
        one(subject(root, "toan"), "MUC_DAT_DUOC").text = "C"

    assert refusals(edited(draft, change), draft_grounds) == {"data_changed"}


def test_the_subject_of_another_teacher_is_not_taken_for_hers(draft: bytes, draft_grounds: Grounds):
    """The part is found by its Id at a place where the profile has one, and only there."""

    def swap(root: Element) -> None:
        maths, english = subject(root, "toan"), subject(root, "ngoai_ngu_1")
        maths.attrib["Id"], english.attrib["Id"] = english.attrib["Id"], maths.attrib["Id"]

    assert "data_changed" in refusals(edited(draft, swap), draft_grounds)


def test_a_part_outside_of_its_place_is_none(draft: bytes, draft_grounds: Grounds):
    def move(root: Element) -> None:
        part = subject(root, "toan")
        root[0].append(part)

    assert "data_changed" in refusals(edited(draft, move), draft_grounds)


def test_two_teachers_slots_share_a_tag_and_are_told_apart(draft: bytes, draft_grounds: Grounds):
    def take_out(root: Element) -> None:
        teachers = one(root, "DANH_SACH_THONG_TIN_KY/DANH_SACH_GVBM")
        teachers.remove(teachers[1])

    assert refusals(edited(draft, take_out), draft_grounds) == {"signature_missing"}
