"""The one form that a signature may have: what it refers to, by which algorithms, and no more."""

import hmac
from base64 import b64encode
from copy import deepcopy
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from reportcards.verify import Grounds, verify_file
from tests.reportcards.authorities import LEADER, SEAL, People
from tests.reportcards.verify.tampering import (
    DATA_ID,
    Element,
    canonical,
    dsig,
    edited,
    one,
    refusals,
    sign_again,
    signature_of,
)

C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"


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
