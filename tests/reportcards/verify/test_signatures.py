"""What is refused of a signature that stands at its place."""

from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from reportcards.profiles.document import build_card
from reportcards.signing.xmldsig import sign_card
from reportcards.verify import Grounds, verify_file
from tests.reportcards.authorities import (
    HOMEROOM,
    LEADER,
    SEAL,
    SIGNED_AT,
    V1_0,
    People,
    signer_of,
)
from tests.reportcards.cards import UUID, card_payload
from tests.reportcards.verify.tampering import (
    DATA_ID,
    Element,
    dsig,
    edited,
    one,
    place_of,
    refusals,
    respelled,
    sign_again,
    signature_of,
)


def no_value(root: Element) -> None:
    one(signature_of(root, LEADER), dsig("SignatureValue")).text = None


def test_refuses_a_signature_without_its_value(card: bytes, grounds: Grounds):
    """As `prepare_signature` leaves it for a signing service."""
    assert "unexpected_text" in refusals(edited(card, no_value), grounds)


def test_refuses_a_value_of_another_signature(card: bytes, people: People, grounds: Grounds):
    other = sign_card(
        build_card(card_payload(body={"weight_kg": "27"}), V1_0),
        LEADER,
        signer_of(people.hanh),
        personal_id="066175000011",
        signed_at=SIGNED_AT,
    )
    value = other[other.index(b"<SignatureValue>") : other.index(b"</SignatureValue>")]

    def borrow(root: Element) -> None:
        text = value.decode().removeprefix("<SignatureValue>")
        one(signature_of(root, LEADER), dsig("SignatureValue")).text = text

    assert refusals(edited(card, borrow), grounds) == {"signature_invalid"}


def test_refuses_a_value_as_der(card: bytes, grounds: Grounds):
    """XML-DSig has r and s side by side (RFC 4050); two spellings would be two files."""

    def rewrite(root: Element) -> None:
        element = one(signature_of(root, LEADER), dsig("SignatureValue"))
        pair = b64decode(element.text or "")
        half = len(pair) // 2
        der = encode_dss_signature(int.from_bytes(pair[:half]), int.from_bytes(pair[half:]))
        element.text = b64encode(der).decode()

    assert refusals(edited(card, rewrite), grounds) == {"signature_invalid"}


CHANGED_TEXTS = {
    "a result": (
        "<KET_QUA_XEP_LOAI>Hoàn thành tốt<",
        "<KET_QUA_XEP_LOAI>Hoàn thành xuất sắc<",
        {"data_changed"},
    ),
    "a space in a name": ("Lê Minh Anh<", "Lê  Minh Anh<", {"data_changed"}),
    "a score": (
        "<DIEM_KIEM_TRA_DINH_KY>9<",
        "<DIEM_KIEM_TRA_DINH_KY>10<",
        {"data_changed"},
    ),
    "her time": (
        "<SigningTime>2027-05-31T09:00:00",
        "<SigningTime>2027-05-30T09:00:00",
        {"signing_time_changed", "time_differs"},
    ),
    "her NGAY_KY": (
        "<NGAY_KY>2027-05-31T09:00:00",
        "<NGAY_KY>2027-05-30T09:00:00",
        {"time_differs"},
    ),
    "the same time, written otherwise": (
        "<NGAY_KY>2027-05-31T09:00:00+07:00",
        "<NGAY_KY>2027-05-31T02:00:00Z",
        {"time_differs"},
    ),
    "her SO_CCCD": (
        "</NGAY_KY><SO_CCCD>066185000022<",
        "</NGAY_KY><SO_CCCD>066185000023<",
        {"personal_id_differs"},
    ),
    "the name of the subject": (
        "CN=Trần Thị Ngọc",
        "CN=Trần Thị Hồng Ngọc",
        {"subject_name_differs"},
    ),
    "the target": (
        f'Target="#{DATA_ID}-homeroom"',
        f'Target="#{DATA_ID}-leader"',
        {"unexpected_attribute", "stray_signature"},
    ),
    "the Id of the time": (
        f'Id="{DATA_ID}-homeroom-time"',
        f'Id="{DATA_ID}-homeroom-hour"',
        {"unexpected_attribute", "stray_signature"},
    ),
    "a day that is none": (
        "<SigningTime>2027-05-31T",
        "<SigningTime>2027-02-30T",
        {"bad_time", "stray_signature"},
    ),
    "base64 with a line break": (
        "<SignatureValue>",
        "<SignatureValue>\n",
        {"unexpected_text", "stray_signature"},
    ),
    "base64 without its padding": (
        "=</DigestValue>",
        "</DigestValue>",
        {"not_canonical", "stray_signature"},
    ),
    "a certificate cut short": (
        "<X509Certificate>MII",
        "<X509Certificate>MIIA",
        {"not_canonical", "stray_signature"},
    ),
    "another certificate than DER": (
        "<X509Certificate>MII",
        "<X509Certificate>AII",
        {"certificate_unreadable", "stray_signature"},
    ),
}


@pytest.mark.parametrize(("old", "new", "codes"), CHANGED_TEXTS.values(), ids=list(CHANGED_TEXTS))
def test_finds_a_changed_text(old: str, new: str, codes: set[str], card: bytes, grounds: Grounds):
    found = refusals(respelled(card, old, new), grounds)
    assert {code for code in found if not code.startswith("structure")} == codes


def test_finds_loose_bits_at_the_end_of_base64(card: bytes, grounds: Grounds):
    """The last letter before "=" has two bits that decoding drops."""

    def loosen(root: Element) -> None:
        digest = one(
            one(signature_of(root, LEADER), f"{dsig('SignedInfo')}/{dsig('Reference')}"),
            dsig("DigestValue"),
        )
        text = str(digest.text)
        digest.text = f"{text[:-2]}{chr(ord(text[-2]) + 1)}="

    assert {"not_canonical", "stray_signature"} <= refusals(edited(card, loosen), grounds)


def test_finds_a_signature_that_was_taken_out(card: bytes, grounds: Grounds):
    def take_out(root: Element) -> None:
        root[1].remove(place_of(root, LEADER))

    assert refusals(edited(card, take_out), grounds) == {"signature_missing"}


def test_finds_the_homeroom_teachers_signature_taken_out(card: bytes, grounds: Grounds):
    """Optional in v1.0; but this card names its homeroom teacher."""

    def take_out(root: Element) -> None:
        root[1].remove(place_of(root, HOMEROOM))

    assert refusals(edited(card, take_out), grounds) == {"signature_missing"}


def test_a_card_that_names_no_homeroom_teacher_needs_no_signature_of_one(
    people: People, grounds: Grounds
):
    card = build_card(card_payload(homeroom_signer=None), V1_0)
    for slot, issued in ((LEADER, people.hanh), (SEAL, people.seal)):
        card = sign_card(
            card,
            slot,
            signer_of(issued),
            personal_id="066175000011",
            signed_at=SIGNED_AT,
        )
    report = verify_file(card, grounds)
    assert report.is_valid
    assert [each.slot for each in report.cards[0].signatures] == ["leader", "seal"]


def test_refuses_a_card_that_nobody_has_sealed(people: People, grounds: Grounds):
    card = sign_card(
        build_card(card_payload(), V1_0),
        HOMEROOM,
        signer_of(people.ngoc),
        personal_id="066185000022",
        signed_at=SIGNED_AT,
    )
    report = verify_file(card, grounds)
    assert not report.is_valid
    assert [bool(each.certificate) for each in report.cards[0].signatures] == [True, False, False]


def test_refuses_a_card_without_any_signature(grounds: Grounds):
    assert refusals(build_card(card_payload(), V1_0), grounds) == {"signature_missing"}


def test_refuses_a_card_of_another_version(people: People, card: bytes, grounds: Grounds):
    def change(root: Element) -> None:
        one(root[0], "THONG_TIN_CHUNG/PHIEN_BAN").text = "2.0"

    tampered = edited(card, change, *(signing(slot, people) for slot in V1_0.slots))
    assert refusals(tampered, grounds) == {"other_version"}


@pytest.mark.parametrize(
    "uuid",
    [UUID.upper(), UUID.replace("-42d3-", "-12d3-"), UUID.replace("-", ""), "1", ""],
    ids=["capital letters", "version 1", "no hyphens", "one digit", "empty"],
)
def test_refuses_a_card_whose_id_is_no_uuid(uuid: str, card: bytes, grounds: Grounds):
    assert "no_uuid" in refusals(card.replace(UUID.encode(), uuid.encode()), grounds)


def signing(slot, people: People):
    issued = {"homeroom": people.ngoc, "leader": people.hanh, "seal": people.seal}[slot.key]
    return lambda root: sign_again(root, slot, issued)
