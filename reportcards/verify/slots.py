"""What stands in the slot of a signature: its exact shape, and what it says when it has it.

Only one spelling is taken, the one that `signing.xmldsig` writes: two References, to the data
node and to the signing time, exclusive canonical form, SHA-256, one certificate, nothing else.
Whatever a verifier might be led astray by (another transform, a key without a certificate, a
second Object, a Reference more) is no signature of a card.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from reportcards.profiles.canonical import canonical
from reportcards.profiles.tables import ID_ATTRIBUTE, Slot, element_id
from reportcards.signing.certificates import read_certificate
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.xmldsig import XMLDSIG
from reportcards.verify.findings import Finding
from reportcards.verify.shapes import ALGORITHM, Shape, misfits

EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)", re.ASCII)
PERSONAL_ID = re.compile(r"\d{12}", re.ASCII)
BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
NO_UNUSED_BITS = b"\x00"
ANY_LINE = re.compile(r"[^\r\n]+")


class SlotRefused(Exception):
    """What stands in the slot cannot be read as a signature."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


@dataclass(frozen=True)
class SlotContent:
    """What a slot of the right shape says; nothing of it has been verified.

    digests: of each Reference by the Id that it names; signed_info: in canonical form.
    """

    slot: Slot
    place: etree._Element
    signed_on: str
    personal_id: str | None
    subject_name: str
    certificate: x509.Certificate
    is_rsa: bool
    digests: dict[str, bytes]
    signed_info: bytes
    value: bytes
    signing_time: str
    signed_property: etree._Element

    @property
    def signed_at(self) -> datetime:
        return datetime.fromisoformat(self.signing_time)


def dsig(name: str) -> str:
    return f"{{{XMLDSIG}}}{name}"


def places_of(root: etree._Element, slot: Slot, uuid: str) -> list[etree._Element]:
    """The elements at the slot's path; more than one where somebody has added one."""
    found = root.findall("/".join(slot.path))
    if slot.own_id:
        found = [each for each in found if each.get(ID_ATTRIBUTE) == element_id(uuid, slot.own_id)]
    return found


def read_slot(place: etree._Element, slot: Slot, uuid: str) -> SlotContent:
    """Raises SlotRefused: a code of `misfits`, not_canonical, certificate_unreadable, bad_time."""
    findings = tuple(misfits(place, slot_shape(slot, uuid)))
    if findings:
        raise SlotRefused(*findings)
    signature = place[-1]
    signed_info, value, key_info, signed_object = signature
    subject_name, certificate = key_info[0]
    signed_property = signed_object[0][0]
    return SlotContent(
        slot=slot,
        place=place,
        signed_on=_text(place[0]),
        personal_id=_text(place[1]) if slot.has_personal_id else None,
        subject_name=_text(subject_name),
        certificate=_certificate(certificate),
        is_rsa=signed_info[1].get(ALGORITHM) == RSA_SHA256,
        digests={_named(each): decoded(each[2]) for each in signed_info[2:]},
        signed_info=canonical(signed_info),
        value=decoded(value),
        signing_time=_time(signed_property[0]),
        signed_property=signed_property,
    )


def decoded(element: etree._Element) -> bytes:
    """The bytes of base64 that has no other spelling: no line breaks, no loose bits at its end."""
    text = _text(element)
    try:
        content = b64decode(text, validate=True)
    except Base64Error:
        content = b""
    if b64encode(content).decode() != text:
        raise SlotRefused(Finding("not_canonical", {"tag": etree.QName(element).localname}))
    return content


def signature_id(slot: Slot, uuid: str) -> str:
    return element_id(uuid, slot.key)


def time_id(slot: Slot, uuid: str) -> str:
    return f"{signature_id(slot, uuid)}-time"


def slot_shape(slot: Slot, uuid: str) -> Shape:
    own_id = ((ID_ATTRIBUTE, (element_id(uuid, slot.own_id),)),) if slot.own_id else ()
    personal_id = (Shape("SO_CCCD", text=PERSONAL_ID),) if slot.has_personal_id else ()
    children = (Shape("NGAY_KY", text=TIME), *personal_id, _signature_shape(slot, uuid))
    return Shape(slot.path[-1], own_id, children)


def _signature_shape(slot: Slot, uuid: str) -> Shape:
    named = [*(element_id(uuid, part) for part in slot.covers), time_id(slot, uuid)]
    signed_info = _node(
        "SignedInfo",
        _method("CanonicalizationMethod", EXCLUSIVE),
        _method("SignatureMethod", RSA_SHA256, ECDSA_SHA256),
        *(_reference_shape(each) for each in named),
    )
    certificate = _node("X509Data", _leaf("X509SubjectName", ANY_LINE), _leaf("X509Certificate"))
    own_id = signature_id(slot, uuid)
    return _node(
        "Signature",
        signed_info,
        _leaf("SignatureValue"),
        _node("KeyInfo", certificate),
        _node("Object", _node("SignatureProperties", _property_shape(slot, uuid))),
        Id=own_id,
    )


def _reference_shape(identifier: str) -> Shape:
    return _node(
        "Reference",
        _node("Transforms", _method("Transform", EXCLUSIVE)),
        _method("DigestMethod", SHA256),
        _leaf("DigestValue"),
        URI=f"#{identifier}",
    )


def _property_shape(slot: Slot, uuid: str) -> Shape:
    return _node(
        "SignatureProperty",
        _leaf("SigningTime", TIME),
        Id=time_id(slot, uuid),
        Target=f"#{signature_id(slot, uuid)}",
    )


def _node(name: str, *children: Shape, **attributes: str) -> Shape:
    pairs = tuple((attribute, (text,)) for attribute, text in attributes.items())
    return Shape(dsig(name), pairs, children)


def _leaf(name: str, text: re.Pattern[str] = BASE64) -> Shape:
    return Shape(dsig(name), text=text)


def _method(name: str, *algorithms: str) -> Shape:
    return Shape(dsig(name), ((ALGORITHM, algorithms),))


def _named(reference: etree._Element) -> str:
    return str(reference.get("URI"))[1:]


def _text(element: etree._Element) -> str:
    return element.text or ""


def _time(element: etree._Element) -> str:
    try:
        datetime.fromisoformat(_text(element))
    except ValueError:
        raise SlotRefused(Finding("bad_time")) from None
    return _text(element)


def _certificate(element: etree._Element) -> x509.Certificate:
    try:
        return read_der(decoded(element))
    except SigningRefused:
        raise SlotRefused(Finding("certificate_unreadable")) from None


@lru_cache(maxsize=64)
def read_der(content: bytes) -> x509.Certificate:
    """The same few people sign a whole list. DER has one spelling only.

    The library lets one pass that is not covered by the issuer's signature: bits of that
    signature that are said to be unused, where they are 0.
    """
    certificate = read_certificate(content)
    is_der = certificate.public_bytes(Encoding.DER) == content
    if not is_der or not content.endswith(NO_UNUSED_BITS + certificate.signature):
        raise SigningRefused("certificate_unreadable")
    return certificate


def has_rsa_key(certificate: x509.Certificate) -> bool:
    return isinstance(certificate.public_key(), rsa.RSAPublicKey)
