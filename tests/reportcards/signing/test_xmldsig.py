"""What a signature in a card looks like, and that xmlsec1 believes it."""

import datetime
import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from lxml import etree

from reportcards.profiles import Slot
from reportcards.profiles.document import build_card
from reportcards.signing.certificates import read_certificate, subject_name
from reportcards.signing.demo_authority import DemoAuthority, Issued
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.xmldsig import (
    XMLDSIG,
    Preparation,
    complete_signature,
    prepare_signature,
    sign_card,
)
from tests.reportcards.authorities import (
    HOMEROOM,
    LEADER,
    SEAL,
    SIGNED_AT,
    V1_0,
    People,
    signed_card,
    signer_of,
)
from tests.reportcards.cards import UUID, card_payload
from tests.reportcards.signing.certificates import self_signed
from tests.reportcards.xmlsec import verifies

DS = {"ds": XMLDSIG}

every_key = pytest.mark.parametrize("holder", ["hanh", "phuc"], ids=["P-256", "RSA-2048"])


@pytest.fixture
def card() -> bytes:
    return build_card(card_payload(), V1_0)


@pytest.fixture
def prepare(card: bytes, people: People) -> Callable[..., Preparation]:
    """Prepares Ms Hạnh's signature, or what is said otherwise."""

    def prepared(**changes: object) -> Preparation:
        given = {
            "card": card,
            "slot": LEADER,
            "certificate": people.hanh.certificate,
            "personal_id": "066175000011",
            "signed_at": SIGNED_AT,
        }
        return prepare_signature(**(given | changes))  # type: ignore[arg-type]

    return prepared


def slot_of(card: bytes, slot: Slot) -> etree._Element:
    found = etree.fromstring(card).find("/".join(slot.path))
    assert found is not None
    return found


def canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True)


def signed_digest(issued: Issued, digest: bytes) -> bytes:
    """As a signing service on the phone does: it sees the digest only."""
    assert isinstance(issued.key, ec.EllipticCurvePrivateKey)
    return issued.key.sign(digest, ec.ECDSA(Prehashed(SHA256())))


def test_nothing_that_stood_in_the_card_changes_with_a_further_signature(people: People):
    card = build_card(card_payload(), V1_0)
    begin, end = card.index(b"<DU_LIEU_HOC_BA"), card.index(b"<DANH_SACH_THONG_TIN_KY/>")
    signed = signed_card(people, card_payload())
    assert signed[:end] == card[:end]
    assert signed.count(card[begin:end]) == 1


def test_a_later_signature_leaves_the_bytes_of_an_earlier_one(card: bytes, people: People):
    first = sign_card(
        card, HOMEROOM, signer_of(people.ngoc), personal_id="066185000022", signed_at=SIGNED_AT
    )
    begin, end = first.index(b"<GVCN>"), first.index(b"</GVCN>")
    second = sign_card(first, SEAL, signer_of(people.seal), personal_id=None, signed_at=SIGNED_AT)
    assert second[: end + len(b"</GVCN>")] == first[: end + len(b"</GVCN>")]
    assert first[begin:end] in second


def test_the_slots_stand_in_the_order_in_which_they_were_signed(people: People):
    signed = etree.fromstring(signed_card(people, card_payload()))
    [slots] = signed.findall("DANH_SACH_THONG_TIN_KY")
    assert [slot.tag for slot in slots] == ["GVCN", "CBQL", "KY_PHAT_HANH"]


def test_a_slot_holds_the_time_the_personal_id_and_the_signature(prepare):
    slot = slot_of(prepare().card, LEADER)
    assert [child.tag for child in slot] == ["NGAY_KY", "SO_CCCD", f"{{{XMLDSIG}}}Signature"]
    assert slot.findtext("NGAY_KY") == "2027-05-31T09:00:00+07:00"
    assert slot.findtext("SO_CCCD") == "066175000011"


@pytest.mark.parametrize(("slot", "personal_id"), [(SEAL, "066175000011"), (LEADER, None)])
def test_no_personal_id_stands_where_there_is_none(prepare, slot: Slot, personal_id: str | None):
    prepared = prepare(slot=slot, personal_id=personal_id)
    assert slot_of(prepared.card, slot).find("SO_CCCD") is None


def test_the_time_is_written_for_vietnam_to_the_second(prepare):
    in_utc = datetime.datetime(2027, 5, 31, 20, 15, 30, 999_999, tzinfo=datetime.UTC)
    slot = slot_of(prepare(signed_at=in_utc).card, LEADER)
    assert slot.findtext("NGAY_KY") == "2027-06-01T03:15:30+07:00"
    assert slot.findtext(".//ds:SigningTime", namespaces=DS) == slot.findtext("NGAY_KY")


def test_the_time_of_signing_has_its_own_reference_beside_the_data(prepare):
    slot = slot_of(prepare().card, LEADER)
    references = slot.findall(".//ds:Reference", DS)
    assert [each.get("URI") for each in references] == [f"#HB-{UUID}", f"#HB-{UUID}-leader-time"]
    [signed_property] = slot.findall(
        "ds:Signature/ds:Object/ds:SignatureProperties/ds:SignatureProperty", DS
    )
    assert dict(signed_property.attrib) == {
        "Id": f"HB-{UUID}-leader-time",
        "Target": f"#HB-{UUID}-leader",
    }
    assert slot.find("ds:Signature", DS).get("Id") == f"HB-{UUID}-leader"


def test_every_id_of_a_signed_card_is_its_own_and_carries_the_uuid(people: People):
    signed = etree.fromstring(signed_card(people, card_payload()))
    ids = [element.get("Id") for element in signed.iter() if element.get("Id")]
    assert len(ids) == len(set(ids)) == 7
    assert all(each.startswith(f"HB-{UUID}") for each in ids)


@every_key
def test_only_sha256_and_the_exclusive_canonical_form_are_used(prepare, people: People, holder):
    signature = slot_of(prepare(certificate=getattr(people, holder).certificate).card, LEADER).find(
        "ds:Signature", DS
    )
    used = {element.get("Algorithm") for element in signature.iter() if element.get("Algorithm")}
    kind = "rsa" if holder == "phuc" else "ecdsa"
    assert used == {
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2001/04/xmlenc#sha256",
        f"http://www.w3.org/2001/04/xmldsig-more#{kind}-sha256",
    }


def test_the_certificate_and_its_subject_stand_in_the_signature(prepare, people: People):
    slot = slot_of(prepare().card, LEADER)
    written = slot.findtext(".//ds:X509Data/ds:X509SubjectName", namespaces=DS)
    assert written == subject_name(people.hanh.certificate)
    encoded = slot.findtext(".//ds:X509Data/ds:X509Certificate", namespaces=DS)
    read = read_certificate(
        b"-----BEGIN CERTIFICATE-----\n" + encoded.encode() + b"\n-----END CERTIFICATE-----"
    )
    assert read == people.hanh.certificate


def test_base64_stands_without_line_breaks(people: People):
    signed = etree.fromstring(signed_card(people, card_payload()))
    for tag in ("SignatureValue", "X509Certificate", "DigestValue"):
        texts = [element.text for element in signed.iter(f"{{{XMLDSIG}}}{tag}")]
        assert texts
        assert not any(set(text) & set(" \r\n\t") for text in texts)


def test_the_digest_is_that_of_what_stands_in_the_completed_card(prepare, people: People):
    prepared = prepare()
    completed = complete_signature(prepared, signed_digest(people.hanh, prepared.digest))
    signed_info = slot_of(completed, LEADER).find(".//ds:SignedInfo", DS)
    assert canonical(signed_info) == prepared.signed_info
    assert hashlib.sha256(canonical(signed_info)).digest() == prepared.digest


def test_preparing_again_gives_the_same_digest(prepare):
    assert prepare() == prepare()


@pytest.mark.parametrize(
    "change",
    [
        {"signed_at": SIGNED_AT + datetime.timedelta(seconds=1)},
        {"slot": HOMEROOM},
        {"card": build_card(card_payload(student={"full_name": "Lê Minh Ánh"}), V1_0)},
    ],
    ids=["time", "slot", "data"],
)
def test_anything_else_that_is_signed_has_another_digest(prepare, change):
    assert prepare(**change).digest != prepare().digest


def test_a_value_made_elsewhere_completes_the_card(
    prepare, people: People, demo_authority: DemoAuthority, tmp_path: Path
):
    prepared = prepare()
    file = tmp_path / "card.xml"
    file.write_bytes(complete_signature(prepared, signed_digest(people.hanh, prepared.digest)))
    assert verifies(file, LEADER, demo_authority, uuid=UUID)


def test_an_ecdsa_value_is_taken_as_tokens_give_it_too(prepare, people: People):
    prepared = prepare()
    as_der = signed_digest(people.hanh, prepared.digest)
    side_by_side = b"".join(number.to_bytes(32) for number in decode_dss_signature(as_der))
    assert complete_signature(prepared, side_by_side) == complete_signature(prepared, as_der)


@pytest.mark.parametrize("value", [b"", b"\x00" * 64, b"0" * 64, b"\xff" * 256, b"no signature"])
@every_key
def test_refuses_a_value_that_is_no_signature(prepare, people: People, holder: str, value: bytes):
    prepared = prepare(certificate=getattr(people, holder).certificate)
    with pytest.raises(SigningRefused) as refused:
        complete_signature(prepared, value)
    assert refused.value.code == "signature_does_not_fit"


def test_refuses_a_value_by_another_persons_key(prepare, people: People):
    prepared = prepare()
    with pytest.raises(SigningRefused, match="signature_does_not_fit"):
        complete_signature(prepared, signed_digest(people.ngoc, prepared.digest))


def test_refuses_a_value_for_another_digest(prepare, people: People):
    other = prepare(signed_at=SIGNED_AT + datetime.timedelta(seconds=1))
    with pytest.raises(SigningRefused, match="signature_does_not_fit"):
        complete_signature(prepare(), signed_digest(people.hanh, other.digest))


def test_refuses_to_complete_a_card_that_was_changed_while_it_waited(prepare, people: People):
    prepared = prepare()
    changed = prepared.card.replace(b'-leader-time"><Transforms', b'-other-time"><Transforms')
    assert changed != prepared.card
    waiting = Preparation(changed, prepared.signed_info, prepared.digest, prepared.slot_key)
    with pytest.raises(SigningRefused, match="signature_does_not_fit"):
        complete_signature(waiting, signed_digest(people.hanh, prepared.digest))


def test_many_sign_at_once(people: People):
    """As the threads of a server do."""
    cards = [build_card(card_payload(student={"register_number": str(n)}), V1_0) for n in range(24)]

    def signed(card: bytes) -> bytes:
        return sign_card(card, SEAL, signer_of(people.seal), personal_id=None, signed_at=SIGNED_AT)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(signed, cards)) == [signed(card) for card in cards]


def test_nothing_of_the_pupil_stands_in_the_log(people: People, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        signed_card(people, card_payload())
    assert "Minh Anh" not in caplog.text


def test_refuses_a_slot_that_is_signed(prepare, people: People):
    with pytest.raises(SigningRefused) as refused:
        prepare(card=signed_card(people, card_payload()))
    assert refused.value.refusal.code == "slot_taken"
    assert refused.value.refusal.params == {"slot": "leader"}


@pytest.mark.parametrize(
    ("key", "code", "algorithm"),
    [
        (lambda: rsa.generate_private_key(65537, 1024), "weak_key", "RSA-1024"),  # noqa: S505
        (lambda: ec.generate_private_key(ec.SECP384R1()), "unsupported_key", "ECDSA-secp384r1"),
    ],
)
def test_refuses_a_key_that_no_card_is_signed_with(prepare, key, code: str, algorithm: str):
    with pytest.raises(SigningRefused) as refused:
        prepare(certificate=self_signed(key()))
    assert refused.value.refusal.code == code
    assert refused.value.refusal.params == {"algorithm": algorithm}


def test_slots_of_another_tree_are_made_where_the_profile_says(card: bytes, people: People):
    """As in the newer tree: subject teachers share a tag and are told apart by their Id."""
    teachers = [
        Slot(f"gvbm-{code}", ("PHAT_HANH_HOC_BA", "DANH_SACH_GVBM", "GVBM"), own_id=f"gv-{code}")
        for code in ("toan", "tv")
    ]
    for slot in teachers:
        card = sign_card(
            card, slot, signer_of(people.ngoc), personal_id="066185000022", signed_at=SIGNED_AT
        )
    places = etree.fromstring(card).findall("PHAT_HANH_HOC_BA/DANH_SACH_GVBM/GVBM")
    assert [place.get("Id") for place in places] == [f"HB-{UUID}-gv-toan", f"HB-{UUID}-gv-tv"]
    with pytest.raises(SigningRefused, match="slot_taken"):
        prepare_signature(
            card,
            teachers[1],
            certificate=people.ngoc.certificate,
            personal_id=None,
            signed_at=SIGNED_AT,
        )
