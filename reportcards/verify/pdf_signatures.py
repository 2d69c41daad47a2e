"""Whether each signature of a PDF is one: over the whole file as it was, by this certificate.

Only one spelling of the container is taken, the one that `signing.cms` writes. It is written again
from what it says, and has to be the same: no other algorithm, no attribute or certificate more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader

from reportcards.profiles.tables import Profile, Slot
from reportcards.signing.certificates import check_key
from reportcards.signing.cms import SignatureContainer, read_container, waiting_container
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signature_values import check_signature_value, side_by_side_as_der
from reportcards.signing.trust import Chain
from reportcards.verify.findings import Finding
from reportcards.verify.pdf_fields import (
    UNREADABLE,
    FieldRefused,
    FilledField,
    is_filled,
    read_field,
)
from reportcards.verify.slots import read_der

LONGEST_CHAIN = 4
TIME = re.compile(r"D:(\d{14})([+-]\d\d)'(\d\d)'?", re.ASCII)


@dataclass(frozen=True)
class PdfSignature:
    """What a container says, and of which field; its value has not been verified."""

    field: FilledField
    container: SignatureContainer
    certificate: x509.Certificate
    signed_at: datetime
    value: bytes


@dataclass(frozen=True)
class PdfSlotCheck:
    """One slot of a PDF. Without content there is no signature that could be read."""

    slot: Slot
    content: PdfSignature | None
    findings: tuple[Finding, ...] = ()


def check_fields(
    content: bytes, reader: PdfFileReader, fields: dict[str, DictionaryObject], profile: Profile
) -> list[PdfSlotCheck]:
    """Every slot of the profile that has a filled field, in the order of the profile."""
    return [
        _check_field(content, reader, slot, fields[slot.key])
        for slot in profile.slots
        if slot.key in fields and is_filled(fields[slot.key])
    ]


def _check_field(
    content: bytes, reader: PdfFileReader, slot: Slot, field: DictionaryObject
) -> PdfSlotCheck:
    try:
        signature = _read(read_field(content, reader, slot.key, field))
    except FieldRefused as refused:
        return PdfSlotCheck(slot, None, (Finding(refused.code),))
    return PdfSlotCheck(slot, signature, tuple(_integrity(signature)))


def _read(field: FilledField) -> PdfSignature:
    """Raises FieldRefused: signature_form, certificate_unreadable, bad_time."""
    try:
        container = read_container(field.container)
        signed_data = container.content["content"]
        if len(signed_data["certificates"]) > LONGEST_CHAIN:
            raise FieldRefused("signature_form")
        enclosed = [read_der(each.chosen.dump()) for each in signed_data["certificates"]]
        chain = _chain(container.certificate, enclosed)
        value = signed_data["signer_infos"][0]["signature"].native
        written = _spelling(chain, len(value)).of(container.message_digest, value)
    except SigningRefused:
        raise FieldRefused("certificate_unreadable") from None
    except UNREADABLE:
        raise FieldRefused("signature_form") from None
    is_one = field.container.startswith(written) and not any(field.container[len(written) :])
    if not is_one:
        raise FieldRefused("signature_form")
    return PdfSignature(field, container, chain[0], _time(field.time), value)


@dataclass(frozen=True)
class Spelling:
    """A container but for the document's digest and the signature's value."""

    start: bytes
    between: bytes
    end: bytes

    def of(self, message_digest: bytes, value: bytes) -> bytes:
        return b"".join([self.start, message_digest, self.between, value, self.end])


@lru_cache(maxsize=64)
def _spelling(chain: Chain, value_size: int) -> Spelling:
    """The same few people sign whole classes, so it is written once for each of them."""
    digest = sha256(b"the digest of a document").digest()
    value = (sha256(b"the value of a signature").digest() * value_size)[:value_size]
    waiting = waiting_container(digest, chain[0], chain[1:])
    start, _digest, rest = read_container(waiting).with_value(value).partition(digest)
    between, _value, end = rest.partition(value)
    return Spelling(start, between, end)


def _time(text: str) -> datetime:
    found = TIME.fullmatch(text)
    try:
        hours, minutes = (int(number) for number in found.groups()[1:]) if found else (0, 0)
        offset = timezone(timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes))
        at = datetime.strptime(found[1] if found else "", "%Y%m%d%H%M%S")
    except ValueError:
        raise FieldRefused("bad_time") from None
    return at.replace(tzinfo=offset)


def _chain(certificate: x509.Certificate, enclosed: Sequence[x509.Certificate]) -> Chain:
    """The certificate and those that lead on from it, as far as they are enclosed."""
    chain = [certificate]
    while issuer := _issuer(chain[-1], [each for each in enclosed if each not in chain]):
        chain.append(issuer)
    return tuple(chain)


def _issuer(
    certificate: x509.Certificate, others: Sequence[x509.Certificate]
) -> x509.Certificate | None:
    return next((each for each in others if _has_issued(each, certificate)), None)


def _has_issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _integrity(signature: PdfSignature) -> Iterator[Finding]:
    """Codes: data_changed, signature_invalid, weak_key, unsupported_key."""
    if signature.container.message_digest != sha256(signature.field.signed).digest():
        yield Finding("data_changed")
    certificate, value = signature.certificate, signature.value
    try:
        check_key(certificate)
        found = check_signature_value(certificate, value, signature.container.signed_attributes)
    except SigningRefused as refused:
        code = refused.code if refused.code != "signature_does_not_fit" else "signature_invalid"
        yield Finding(code, refused.refusal.params)
        return
    if isinstance(certificate.public_key(), ec.EllipticCurvePublicKey):
        found = side_by_side_as_der(found)
    if found != value:  # r and s side by side, which CMS does not know
        yield Finding("signature_invalid")


def is_same_certificate(one: x509.Certificate, other: x509.Certificate) -> bool:
    return one.public_bytes(Encoding.DER) == other.public_bytes(Encoding.DER)
