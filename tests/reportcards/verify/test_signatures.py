"""What is refused of a signature that stands at its place."""

import hmac
from base64 import b64decode, b64encode
from copy import deepcopy
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

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
    canonical,
    dsig,
    edited,
    one,
    place_of,
    refusals,
    respelled,
    sign_again,
    signature_of,
)

C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
TIME_ID = f"{DATA_ID}-leader-time"


def signed_info(root: Element) -> Element:
    return one(signature_of(root, LEADER), dsig("SignedInfo"))


def references(root: Element) -> list[Element]:
    return signed_info(root).findall(dsig("Reference"))


def add_reference(root: Element, uri: str, *transforms: str) -> None:
    extra = deepcopy(references(root)[0])
    extra.set("URI", uri)
    chain = one(extra, dsig("Transforms"))
    for algorithm in transforms:
        add_child(chain, "Transform", Algorithm=algorithm)
    signed_info(root).append(extra)


def add_child(parent: Element, name: str, **attributes: str) -> Element:
    child = parent.makeelement(dsig(name), attributes)
    parent.append(child)
    return child


def reference_to_the_signature(root: Element) -> None:
    add_reference(root, f"#{DATA_ID}-leader")


def reference_to_the_whole_file(root: Element) -> None:
    add_reference(root, "", "http://www.w3.org/2000/09/xmldsig#enveloped-signature")


def reference_to_a_file(root: Element) -> None:
    add_reference(root, "file:///etc/passwd")


def reference_to_the_network(root: Element) -> None:
    references(root)[0].set("URI", f"http://127.0.0.1:9/{DATA_ID}")


def reference_by_xpointer(root: Element) -> None:
    references(root)[0].set("URI", f"#xpointer(id('{DATA_ID}'))")


def reference_twice(root: Element) -> None:
    add_reference(root, f"#{DATA_ID}")


def no_reference_to_the_data(root: Element) -> None:
    signed_info(root).remove(references(root)[0])


def no_reference_to_the_time(root: Element) -> None:
    signed_info(root).remove(references(root)[1])


def references_in_another_order(root: Element) -> None:
    signed_info(root).append(references(root)[0])


def no_references(root: Element) -> None:
    for reference in references(root):
        signed_info(root).remove(reference)


def reference_to_a_part_only(root: Element) -> None:
    one(root[0], "QUA_TRINH_HOC_TAP").set("Id", f"{DATA_ID}-part")
    references(root)[0].set("URI", f"#{DATA_ID}-part")


REFERENCES = [
    reference_to_the_signature,
    reference_to_the_whole_file,
    reference_to_a_file,
    reference_to_the_network,
    reference_by_xpointer,
    reference_twice,
    no_reference_to_the_data,
    no_reference_to_the_time,
    references_in_another_order,
    no_references,
    reference_to_a_part_only,
]


@pytest.mark.parametrize("change", REFERENCES, ids=lambda change: change.__name__)
def test_refuses_references_to_anything_but_data_and_time(
    change, card: bytes, people: People, grounds: Grounds
):
    """Though the leader herself signs them, with digests and value that are right."""
    tampered = edited(card, change, lambda root: sign_again(root, LEADER, people.hanh))
    assert refusals(tampered, grounds) & {"unexpected_element", "unexpected_attribute"}


def test_signing_again_alone_is_no_attack(card: bytes, people: People, grounds: Grounds):
    """So what the tests of this file find is the change, not how they make it."""
    again = edited(card, lambda root: sign_again(root, LEADER, people.hanh))
    assert again != card
    assert refusals(again, grounds) == set()


TRANSFORMS = {
    "XSLT": "http://www.w3.org/TR/1999/REC-xslt-19991116",
    "XPath": "http://www.w3.org/TR/1999/REC-xpath-19991116",
    "XPath filter": "http://www.w3.org/2002/06/xmldsig-filter2",
    "base64": "http://www.w3.org/2000/09/xmldsig#base64",
    "enveloped": "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
    "inclusive": C14N,
    "with comments": f"{EXCLUSIVE}WithComments",
}


@pytest.mark.parametrize("algorithm", TRANSFORMS.values(), ids=list(TRANSFORMS))
@pytest.mark.parametrize("is_added", [True, False], ids=["added", "instead"])
def test_refuses_other_transforms(
    is_added: bool, algorithm: str, card: bytes, people: People, grounds: Grounds
):
    def change(root: Element) -> None:
        transforms = one(references(root)[0], dsig("Transforms"))
        if not is_added:
            transforms.remove(transforms[0])
        add_child(transforms, "Transform", Algorithm=algorithm)

    tampered = edited(card, change, lambda root: sign_again(root, LEADER, people.hanh))
    codes = {"unexpected_element"} if is_added else {"algorithm_not_allowed"}
    assert codes <= refusals(tampered, grounds)


METHODS = {
    "SHA-1": ("DigestMethod", "http://www.w3.org/2000/09/xmldsig#sha1"),
    "MD5": ("DigestMethod", "http://www.w3.org/2001/04/xmldsig-more#md5"),
    "SHA-512": ("DigestMethod", "http://www.w3.org/2001/04/xmlenc#sha512"),
    "no digest": ("DigestMethod", "urn:none"),
    "RSA-SHA1": ("SignatureMethod", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
    "ECDSA-SHA1": ("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1"),
    "DSA": ("SignatureMethod", "http://www.w3.org/2000/09/xmldsig#dsa-sha1"),
    "HMAC": ("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"),
    "none": ("SignatureMethod", "urn:none"),
    "no name": ("SignatureMethod", ""),
    "RSA, of a P-256 key": (
        "SignatureMethod",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    ),
    "inclusive": ("CanonicalizationMethod", C14N),
    "with comments": ("CanonicalizationMethod", f"{EXCLUSIVE}WithComments"),
}


@pytest.mark.parametrize(("name", "algorithm"), METHODS.values(), ids=list(METHODS))
def test_refuses_other_algorithms(
    name: str, algorithm: str, card: bytes, people: People, grounds: Grounds
):
    def change(root: Element) -> None:
        next(signed_info(root).iter(dsig(name))).set("Algorithm", algorithm)

    tampered = edited(card, change, lambda root: sign_again(root, LEADER, people.hanh))
    assert "algorithm_not_allowed" in refusals(tampered, grounds)


def test_refuses_a_code_made_with_the_public_key_as_its_secret(
    card: bytes, people: People, grounds: Grounds
):
    """HMAC needs no key that others do not have, if a verifier lets the file choose it."""

    def forge(root: Element) -> None:
        one(root[0], "TONG_KET/KET_QUA_XEP_LOAI").text = "Hoàn thành xuất sắc"
        sign_again(root, LEADER, people.hanh)
        method = one(signed_info(root), dsig("SignatureMethod"))
        method.set("Algorithm", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")
        key = people.hanh.certificate.public_key()
        secret = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        code = hmac.new(secret, canonical(signed_info(root)), sha256).digest()
        value = one(signature_of(root, LEADER), dsig("SignatureValue"))
        value.text = b64encode(code).decode()

    report = verify_file(edited(card, forge), grounds).cards[0]
    codes = {finding.code for finding in report.signatures[1].findings}
    assert codes == {"algorithm_not_allowed"}
    assert not report.signatures[1].is_intact


def parameters_of_the_canonical_form(root: Element) -> None:
    method = one(signed_info(root), dsig("CanonicalizationMethod"))
    method.append(method.makeelement(f"{{{EXCLUSIVE}}}InclusiveNamespaces", PrefixList="x"))


def second_object(root: Element) -> None:
    signature = signature_of(root, LEADER)
    signature.append(deepcopy(one(signature, dsig("Object"))))


def manifest(root: Element) -> None:
    add_child(one(signature_of(root, LEADER), dsig("Object")), "Manifest", Id=f"{DATA_ID}-m")


def second_property(root: Element) -> None:
    properties = one(signature_of(root, LEADER), f"{dsig('Object')}/{dsig('SignatureProperties')}")
    properties.append(deepcopy(properties[0]))


def second_signing_time(root: Element) -> None:
    signed_property = next(signature_of(root, LEADER).iter(dsig("SignatureProperty")))
    signed_property.append(deepcopy(signed_property[0]))


def no_object(root: Element) -> None:
    signature = signature_of(root, LEADER)
    signature.remove(one(signature, dsig("Object")))


def no_value(root: Element) -> None:
    one(signature_of(root, LEADER), dsig("SignatureValue")).text = None


def nested_signature(root: Element) -> None:
    one(signature_of(root, LEADER), dsig("Object")).append(deepcopy(signature_of(root, SEAL)))


SHAPES = [
    parameters_of_the_canonical_form,
    second_object,
    manifest,
    second_property,
    second_signing_time,
    no_object,
    nested_signature,
]


@pytest.mark.parametrize("change", SHAPES, ids=lambda change: change.__name__)
def test_refuses_anything_more_or_less_in_a_signature(
    change, card: bytes, people: People, grounds: Grounds
):
    tampered = edited(card, change, lambda root: sign_again(root, LEADER, people.hanh))
    assert {"unexpected_element", "stray_signature"} <= refusals(tampered, grounds)


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
        digest = one(references(root)[0], dsig("DigestValue"))
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
