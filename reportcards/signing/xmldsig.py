"""XML-DSig signatures in the slots of a card (CV 2088/BGDĐT-GDPT, specification §1.6).

Each signature stands outside the data node and covers it, and its own signing time, by two
References with exclusive canonical form, so that a card stays verifiable inside a list of cards.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from lxml.etree import _Element
from signxml import DigestAlgorithm, SignatureConstructionMethod, SignatureMethod, XMLSigner
from signxml.algorithms import CanonicalizationMethod

from reportcards.profiles.canonical import canonical
from reportcards.profiles.tables import ID_ATTRIBUTE, Slot, element_id
from reportcards.signing.certificates import check_key, subject_name
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signature_values import check_signature_value
from reportcards.signing.signers import Signer

XMLDSIG = "http://www.w3.org/2000/09/xmldsig#"
VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class Preparation:
    """A card that waits for the value of one signature.

    card: the XML with the Signature in its slot, SignatureValue empty; signed_info: the canonical
    SignedInfo, which is what the key signs; digest: its SHA-256 (32 bytes), which is what a remote
    service or a token is given. The same card, slot, certificate, ID and time give the same again.
    """

    card: bytes
    signed_info: bytes
    digest: bytes
    slot_key: str


class _KeyElsewhere:
    """Stands where signxml expects the key, and keeps what the real one is to sign."""

    key_size = 256
    signed_info = b""

    def sign(self, signed_info: bytes, **_algorithm: object) -> bytes:
        self.signed_info = signed_info
        return encode_dss_signature(1, 1)


def sign_card(
    card: bytes, slot: Slot, signer: Signer, *, personal_id: str | None, signed_at: datetime
) -> bytes:
    """The card with one more signature; nothing that stood in it before changes."""
    preparation = prepare_signature(
        card, slot, certificate=signer.certificate, personal_id=personal_id, signed_at=signed_at
    )
    return complete_signature(preparation, signer.sign(preparation.signed_info))


def prepare_signature(
    card: bytes,
    slot: Slot,
    *,
    certificate: x509.Certificate,
    personal_id: str | None,
    signed_at: datetime,
) -> Preparation:
    """What is to be signed, or SigningRefused: slot_taken, weak_key, unsupported_key.

    signed_at is written to the second with +07:00 as NGAY_KY and as SigningTime. SO_CCCD is left
    out where the slot has none or the signer has no personal ID.
    """
    check_key(certificate)
    root = _parsed(card)
    written_at = signed_at.astimezone(VIETNAM).isoformat(timespec="seconds")
    place = _open_slot(root, slot)
    etree.SubElement(place, "NGAY_KY").text = written_at
    if slot.has_personal_id and personal_id is not None:
        etree.SubElement(place, "SO_CCCD").text = personal_id
    signed_info = _build_signature(root, place, slot, certificate, written_at)
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return Preparation(written, signed_info, sha256(signed_info).digest(), slot.key)


def complete_signature(preparation: Preparation, signature: bytes) -> bytes:
    """The card with the value of the signature, or SigningRefused: signature_does_not_fit.

    An RSA value is taken as it is, an ECDSA value as DER or as r and s side by side. The value is
    checked against what stands in the card, with the key of the certificate that stands there.
    """
    root = _parsed(preparation.card)
    waiting = _waiting_signature(root)
    signed_info = canonical(waiting.find(_tag("SignedInfo")))
    value = check_signature_value(_certificate_in(waiting), signature, signed_info)
    waiting.find(_tag("SignatureValue")).text = b64encode(value).decode()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def read_preparation(card: bytes, slot_key: str) -> Preparation:
    """What `prepare_signature` gave, from the card that was kept meanwhile."""
    waiting = _waiting_signature(_parsed(card))
    signed_info = canonical(waiting.find(_tag("SignedInfo")))
    return Preparation(card, signed_info, sha256(signed_info).digest(), slot_key)


def signing_time_of(preparation: Preparation) -> datetime:
    """When the digest was made: the time that the signature will bear."""
    waiting = _waiting_signature(_parsed(preparation.card))
    return datetime.fromisoformat(waiting.findtext(f".//{_tag('SigningTime')}"))


def _parsed(card: bytes) -> _Element:
    return etree.fromstring(card, etree.XMLParser(resolve_entities=False, no_network=True))


def _tag(name: str) -> str:
    return f"{{{XMLDSIG}}}{name}"


def _uuid(root: _Element) -> str:
    """As the Id of the data node carries it."""
    return str(root[0].attrib[ID_ATTRIBUTE]).removeprefix(element_id(""))


def _open_slot(root: _Element, slot: Slot) -> _Element:
    """The empty element of the slot, made with what leads to it."""
    place = root
    for tag in slot.path[:-1]:
        found = place.find(tag)
        place = found if found is not None else etree.SubElement(place, tag)
    own_id = {ID_ATTRIBUTE: element_id(_uuid(root), slot.own_id)} if slot.own_id else {}
    if any(dict(taken.attrib) == own_id for taken in place.iterchildren(slot.path[-1])):
        raise SigningRefused("slot_taken", slot=slot.key)
    return etree.SubElement(place, slot.path[-1], own_id)


def _build_signature(
    root: _Element, place: _Element, slot: Slot, certificate: x509.Certificate, written_at: str
) -> bytes:
    """Puts the Signature without its value into its place and gives the canonical SignedInfo."""
    uuid = _uuid(root)
    signature_id = element_id(uuid, slot.key)
    # signxml looks for what a Reference names in the card, so the time is there before it begins.
    draft = etree.SubElement(place, _tag("Signature"), nsmap={None: XMLDSIG})
    time_of_signing = _time_of_signing(signature_id, written_at)
    draft.append(time_of_signing)
    key = _KeyElsewhere()
    signature = _builder(_method(certificate)).sign(
        root,
        key=key,  # type: ignore[arg-type]
        key_info=_key_info(certificate),
        reference_uri=[*(element_id(uuid, part) for part in slot.covers), f"{signature_id}-time"],
    )
    signature.set(ID_ATTRIBUTE, signature_id)
    next(signature.iter("{*}SignatureValue")).text = None
    signature.append(time_of_signing)
    place.replace(draft, signature)
    return key.signed_info


def _method(certificate: x509.Certificate) -> SignatureMethod:
    is_rsa = isinstance(certificate.public_key(), rsa.RSAPublicKey)
    return SignatureMethod.RSA_SHA256 if is_rsa else SignatureMethod.ECDSA_SHA256


@cache
def _builder(method: SignatureMethod) -> XMLSigner:
    builder = XMLSigner(
        method=SignatureConstructionMethod.detached,
        signature_algorithm=method,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    builder.namespaces = {None: XMLDSIG}  # type: ignore[dict-item]
    return builder


def _time_of_signing(signature_id: str, written_at: str) -> _Element:
    signed_object = etree.Element(_tag("Object"), nsmap={None: XMLDSIG})
    properties = etree.SubElement(signed_object, _tag("SignatureProperties"))
    identifiers = {"Id": f"{signature_id}-time", "Target": f"#{signature_id}"}
    signature_property = etree.SubElement(properties, _tag("SignatureProperty"), identifiers)
    etree.SubElement(signature_property, _tag("SigningTime")).text = written_at
    return signed_object


def _key_info(certificate: x509.Certificate) -> _Element:
    key_info = etree.Element(_tag("KeyInfo"), nsmap={None: XMLDSIG})
    holder = etree.SubElement(key_info, _tag("X509Data"))
    for tag, text in _certificate_texts(certificate).items():
        etree.SubElement(holder, _tag(tag)).text = text
    return key_info


@lru_cache(maxsize=64)
def _certificate_texts(certificate: x509.Certificate) -> dict[str, str]:
    """Kept, because one certificate signs many cards."""
    encoded = b64encode(certificate.public_bytes(Encoding.DER)).decode()
    return {"X509SubjectName": subject_name(certificate), "X509Certificate": encoded}


def _waiting_signature(root: _Element) -> _Element:
    [value] = [found for found in root.iter(_tag("SignatureValue")) if not found.text]
    return value.getparent()


def _certificate_in(signature: _Element) -> x509.Certificate:
    return x509.load_der_x509_certificate(
        b64decode(signature.findtext(f".//{_tag('X509Certificate')}"))
    )
