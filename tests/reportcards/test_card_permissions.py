"""Who of the cast may do what with digital cards: every check, every role."""

from collections.abc import Callable

import pytest

from audit.errors import NotPermitted
from reportcards import card_permissions as may
from reportcards.models import ReportCard, SlotKey
from tests.cast import Cast
from tests.pages import COLLEAGUES
from tests.rows import saved_row

EVERYBODY = (*COLLEAGUES.split(), "quang")

Check = Callable[..., None]

AT_THE_SCHOOL: list[tuple[Check, str]] = [
    (may.check_user_can_make_cards, "tam van"),
    (may.check_user_can_oversee_cards, "hanh phuc tam van"),
    (may.check_user_can_keep_register, "hanh phuc van"),
    (may.check_user_can_record_delivery, "tam van"),
    (may.check_user_can_ask_withdrawal, "hanh phuc"),
]


@pytest.mark.parametrize(
    ("check", "allowed"), AT_THE_SCHOOL, ids=lambda value: getattr(value, "__name__", "")
)
@pytest.mark.parametrize("role", EVERYBODY)
def test_what_is_done_for_the_school(cast: Cast, check: Check, allowed: str, role: str) -> None:
    staff = getattr(cast, role)
    if role in allowed.split():
        check(staff, cast.school)
        return
    with pytest.raises(NotPermitted) as refusal:
        check(staff, cast.school)
    assert str(refusal.value.message)


@pytest.mark.parametrize("check", [row[0] for row in AT_THE_SCHOOL], ids=lambda row: row.__name__)
@pytest.mark.parametrize("role", COLLEAGUES.split())
def test_nobody_does_it_for_another_school(cast: Cast, check: Check, role: str) -> None:
    with pytest.raises(NotPermitted):
        check(getattr(cast, role), cast.other_school)


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_reads_a_classs_cards(cast: Cast, role: str) -> None:
    allowed = role in {"hanh", "phuc", "ngoc", "tam", "van"}
    if allowed:
        may.check_user_can_see_class_cards(getattr(cast, role), cast.school_class)
        return
    with pytest.raises(NotPermitted, match="lớp 4A"):
        may.check_user_can_see_class_cards(getattr(cast, role), cast.school_class)


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_reads_a_card(cast: Cast, role: str) -> None:
    card = saved_row(ReportCard, cast)
    allowed = role in {"hanh", "phuc", "ngoc", "tam", "van"}
    assert may.user_can_see_card(getattr(cast, role), card) is allowed


@pytest.mark.parametrize("role", ["binh", "suong"])
def test_whoever_is_frozen_as_its_signer_reads_it_too(cast: Cast, role: str) -> None:
    """She may have lost the class since; what she signed, or is to sign, stays open to her."""
    staff = getattr(cast, role)
    assert may.user_can_see_card(staff, saved_row(ReportCard, cast, homeroom_signer=staff))


@pytest.mark.parametrize("slot", SlotKey)
@pytest.mark.parametrize("role", EVERYBODY)
def test_who_signs_in_a_slot(cast: Cast, slot: SlotKey, role: str) -> None:
    card = saved_row(ReportCard, cast)
    signers = {SlotKey.HOMEROOM: "ngoc", SlotKey.LEADER: "hanh", SlotKey.SEAL: "van"}
    staff = getattr(cast, role)
    assert may.user_can_sign_slot(staff, card, slot) is (role == signers[slot])
    if role != signers[slot]:
        with pytest.raises(NotPermitted):
            may.check_user_can_sign_slot(staff, card, slot)


def test_a_signer_is_told_whose_signature_is_wanted(cast: Cast) -> None:
    card = saved_row(ReportCard, cast)
    with pytest.raises(NotPermitted, match="Trần Thị Ngọc"):
        may.check_user_can_sign_slot(cast.binh, card, SlotKey.HOMEROOM)
    with pytest.raises(NotPermitted, match="Nguyễn Thị Hạnh"):
        may.check_user_can_sign_slot(cast.phuc, card, SlotKey.LEADER)
    with pytest.raises(NotPermitted, match="văn thư"):
        may.check_user_can_sign_slot(cast.hanh, card, SlotKey.SEAL)
