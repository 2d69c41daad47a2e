"""Signature wrapping: the signed data is still there, but is not what is shown."""

from copy import deepcopy

import pytest

from reportcards.verify import Grounds, verify_file
from tests.reportcards.authorities import HOMEROOM, LEADER, SEAL, V1_0, People, signed_card
from tests.reportcards.cards import UUID, card_payload
from tests.reportcards.verify.tampering import (
    DATA_ID,
    Element,
    batch,
    dsig,
    edited,
    one,
    place_of,
    refusals,
    sign_again,
    signature_of,
)

OTHER_UUID = "6fa459ea-ee8a-4ca4-894e-db77e160355e"


def forged(data: Element, identifier: str | None = DATA_ID) -> Element:
    """The data node as its pupil would like it to be."""
    copy = deepcopy(data)
    one(copy, "TONG_KET/KET_QUA_XEP_LOAI").text = "Hoàn thành xuất sắc"
    copy.attrib.clear()
    if identifier is not None:
        copy.set("Id", identifier)
    return copy


def swap_behind(root: Element, *, identifier: str | None) -> None:
    """The forged node stands first, the signed one behind it."""
    data = root[0]
    root.insert(0, forged(data, identifier))


def swap_and_hide(root: Element, hiding_place: Element) -> None:
    """The forged node stands in place of the signed one, which is kept elsewhere."""
    data = root[0]
    root.replace(data, forged(data))
    hiding_place.append(data)


def second_node_with_the_same_id(root: Element) -> None:
    swap_behind(root, identifier=DATA_ID)


def second_node_with_another_id(root: Element) -> None:
    swap_behind(root, identifier=f"HB-{OTHER_UUID}")


def second_node_without_id(root: Element) -> None:
    swap_behind(root, identifier=None)


def second_node_behind(root: Element) -> None:
    root.insert(1, forged(root[0], f"HB-{OTHER_UUID}"))


def hidden_in_an_object(root: Element) -> None:
    swap_and_hide(root, one(signature_of(root, SEAL), dsig("Object")))


def hidden_in_a_property(root: Element) -> None:
    path = f"{dsig('Object')}/{dsig('SignatureProperties')}/{dsig('SignatureProperty')}"
    swap_and_hide(root, one(signature_of(root, HOMEROOM), path))


def hidden_in_the_slots(root: Element) -> None:
    swap_and_hide(root, root[1])


def hidden_in_the_forged_node(root: Element) -> None:
    data = root[0]
    root.replace(data, forged(data))
    root[0].append(data)


def hidden_behind_a_wrapper(root: Element) -> None:
    wrapper = root.makeelement("GOI")
    swap_and_hide(root, wrapper)
    root.append(wrapper)


def id_moved_into_the_data(root: Element) -> None:
    """What is signed would then be a part of the data."""
    data = root[0]
    data.set("Id", f"HB-{OTHER_UUID}")
    one(data, "THONG_TIN_CHUNG").set("Id", DATA_ID)


def id_on_both(root: Element) -> None:
    one(root[0], "THONG_TIN_CHUNG").set("Id", DATA_ID)


def id_under_another_name(root: Element) -> None:
    one(root[0], "TONG_KET").set("ID", DATA_ID)


def xml_id(root: Element) -> None:
    one(root[0], "TONG_KET").set("{http://www.w3.org/XML/1998/namespace}id", DATA_ID)


def uuid_of_another_card(root: Element) -> None:
    one(root[0], "THONG_TIN_CHUNG/MA_TRA_CUU_UUID").text = OTHER_UUID


SHAPES = {
    second_node_with_the_same_id: {"repeated_id", "data_changed"},
    second_node_with_another_id: {"unexpected_attribute", "stray_signature"},
    second_node_without_id: {"no_uuid"},
    second_node_behind: {"structure: unexpected_element"},
    hidden_in_an_object: {"repeated_id", "data_changed"},
    hidden_in_a_property: {"repeated_id", "data_changed", "unexpected_element"},
    hidden_in_the_slots: {"repeated_id", "data_changed"},
    hidden_in_the_forged_node: {"repeated_id", "data_changed"},
    hidden_behind_a_wrapper: {"repeated_id", "data_changed"},
    id_moved_into_the_data: {"unexpected_attribute", "stray_signature"},
    id_on_both: {"repeated_id", "structure: unexpected_attribute"},
    id_under_another_name: {"repeated_id", "structure: unexpected_attribute"},
    xml_id: {"repeated_id", "structure: unexpected_attribute"},
    uuid_of_another_card: {"data_changed", "structure: id_differs"},
}


def test_the_untouched_card_is_valid(card: bytes, grounds: Grounds):
    assert refusals(card, grounds) == set()


def test_the_card_is_as_its_writer_writes_it(card: bytes):
    assert edited(card) == card


@pytest.mark.parametrize(("shape", "codes"), SHAPES.items(), ids=[each.__name__ for each in SHAPES])
def test_refuses_a_card_wrapped_around_its_signed_data(
    shape, codes: set[str], card: bytes, grounds: Grounds
):
    assert codes <= refusals(edited(card, shape), grounds)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_calls_no_signature_intact_that_covers_something_else(shape, card: bytes, grounds: Grounds):
    report = verify_file(edited(card, shape), grounds).cards[0]
    shows_what_was_signed = shape is second_node_behind
    assert any(each.is_intact for each in report.signatures) is shows_what_was_signed


@pytest.fixture(scope="module")
def other_card(people: People) -> bytes:
    return signed_card(people, card_payload(uuid=OTHER_UUID, student={"full_name": "H'Hen Niê"}))


def test_cards_are_valid_beside_each_other(card: bytes, other_card: bytes, grounds: Grounds):
    report = verify_file(batch(card, other_card), grounds)
    assert report.is_valid
    assert [each.uuid for each in report.cards] == [UUID, OTHER_UUID]


def test_a_signature_over_another_card_of_the_list_is_none_of_this(
    card: bytes, other_card: bytes, grounds: Grounds
):
    """Her neighbour's slots name her neighbour's data, which stands in the same file."""
    slots = other_card[other_card.index(b"<DANH_SACH_THONG_TIN_KY>") :]
    borrowed = card[: card.index(b"<DANH_SACH_THONG_TIN_KY>")] + slots
    report = verify_file(batch(borrowed, other_card), grounds)
    assert [each.is_valid for each in report.cards] == [False, True]
    codes = {finding.code for finding in report.cards[0].all_findings}
    assert {"unexpected_attribute", "stray_signature"} <= codes


def test_a_card_may_not_stand_twice_in_a_list(card: bytes, people: People, grounds: Grounds):
    other = signed_card(people, card_payload(student={"full_name": "H'Hen Niê"}))
    assert refusals(batch(card, other), grounds) == {"repeated_card"}


def test_a_node_of_the_list_with_her_id_is_no_part_of_her_card(
    card: bytes, other_card: bytes, grounds: Grounds
):
    """A verifier that looks for Ids in the whole file would find the honest data there."""

    def forge(root: Element) -> None:
        root.replace(root[0], forged(root[0]))

    report = verify_file(batch(edited(card, forge), card), grounds)
    assert not report.is_valid
    assert [each.is_valid for each in report.cards] == [False, True]


@pytest.mark.parametrize("slot", V1_0.slots, ids=lambda slot: slot.key)
def test_refuses_a_signature_moved_to_another_slot(
    slot, card: bytes, people: People, grounds: Grounds
):
    target = LEADER if slot is not LEADER else HOMEROOM

    def move(root: Element) -> None:
        taken = signature_of(root, slot)
        place_of(root, target).replace(signature_of(root, target), deepcopy(taken))

    found = refusals(edited(card, move), grounds)
    assert {"repeated_id", "unexpected_attribute"} <= found


def test_refuses_a_slot_that_stands_twice(card: bytes, grounds: Grounds):
    def repeat(root: Element) -> None:
        root[1].append(deepcopy(place_of(root, LEADER)))

    assert {"repeated_slot", "repeated_id"} <= refusals(edited(card, repeat), grounds)


def test_refuses_a_second_signature_in_a_slot(card: bytes, grounds: Grounds):
    def add(root: Element) -> None:
        place_of(root, LEADER).append(deepcopy(signature_of(root, SEAL)))

    assert {"unexpected_element", "stray_signature"} <= refusals(edited(card, add), grounds)


def test_refuses_a_signature_outside_of_the_slots(card: bytes, grounds: Grounds):
    def add(root: Element) -> None:
        root.append(deepcopy(signature_of(root, SEAL)))

    assert "stray_signature" in refusals(edited(card, add), grounds)


def test_refuses_a_signature_within_the_data(card: bytes, people: People, grounds: Grounds):
    """The national verifier refuses a signature inside of what it covers, and so do we."""

    def enclose(root: Element) -> None:
        root[0].append(place_of(root, SEAL))
        root[1].insert(2, deepcopy(root[0][-1]))
        for slot, issued in zip(V1_0.slots, (people.ngoc, people.hanh, people.seal), strict=True):
            sign_again(root, slot, issued)

    found = refusals(edited(card, enclose), grounds)
    assert {"stray_signature", "structure: unknown_element"} <= found
