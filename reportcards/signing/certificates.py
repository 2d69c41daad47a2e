"""What a certificate says of its holder and its key."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from reportcards.signing.refusals import SigningRefused

E = TypeVar("E", bound=x509.ExtensionType)
HasExtensions = x509.Certificate | x509.CertificateRevocationList | x509.RevokedCertificate

SMALLEST_RSA_BITS = 2048
DEMO_MARKER = "CHỨNG THƯ THỬ NGHIỆM"
# Under 2.25 every UUID is an object identifier that nobody else has.
DEMO_POLICY = x509.ObjectIdentifier("2.25.230403745001237549522831173747881190416")

# What the library raises for content that is no certificate, or one that it does not know.
UNREADABLE = (
    OverflowError,  # a negative serial number
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)

# Where Vietnamese certification authorities write whose certificate it is.
IDENTIFYING_ATTRIBUTES = (NameOID.USER_ID, NameOID.SERIAL_NUMBER, NameOID.ORGANIZATION_IDENTIFIER)
# "CCCD:012345678901", "012345678901", and ETSI EN 319 412-1's "PNOVN-012345678901".
PERSONAL_ID = re.compile(r"(?:(?:CCCD|CC|DDCN)[:\s]\s*|(?:PNO|IDC)VN-)?([0-9]{12})", re.I)
OTHER_PURPOSES = {
    ExtendedKeyUsageOID.SERVER_AUTH,
    ExtendedKeyUsageOID.CODE_SIGNING,
    ExtendedKeyUsageOID.TIME_STAMPING,
    ExtendedKeyUsageOID.OCSP_SIGNING,
}
# The names of RFC 4519 for what RFC 4514 would leave as numbers.
ATTRIBUTE_NAMES = {
    NameOID.SERIAL_NUMBER: "serialNumber",
    NameOID.GIVEN_NAME: "givenName",
    NameOID.SURNAME: "sn",
    NameOID.TITLE: "title",
    NameOID.ORGANIZATION_IDENTIFIER: "organizationIdentifier",
    NameOID.EMAIL_ADDRESS: "emailAddress",
}


@dataclass(frozen=True)
class CertificateDescription:
    """A certificate for people to read; times are in UTC, the serial and fingerprint in hex."""

    subject: str
    issuer: str
    common_name: str
    organisation: str
    personal_id: str | None
    serial: str
    not_before: datetime
    not_after: datetime
    algorithm: str
    can_sign: bool
    is_ca: bool
    is_demo: bool
    fingerprint: str


def read_certificate(content: bytes) -> x509.Certificate:
    """The certificate of a DER or PEM file, or SigningRefused: certificate_unreadable."""
    is_pem = b"-----BEGIN CERTIFICATE-----" in content
    load = x509.load_pem_x509_certificate if is_pem else x509.load_der_x509_certificate
    try:
        certificate = load(content)
        describe(certificate)  # names and extensions are parsed when they are asked for
    except UNREADABLE as error:
        raise SigningRefused("certificate_unreadable") from error
    return certificate


def describe(certificate: x509.Certificate) -> CertificateDescription:
    return CertificateDescription(
        subject=subject_name(certificate),
        issuer=written_name(certificate.issuer),
        common_name=common_name(certificate.subject),
        organisation=_first(certificate.subject, NameOID.ORGANIZATION_NAME),
        personal_id=personal_id(certificate),
        serial=serial(certificate),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        algorithm=key_algorithm(certificate),
        can_sign=can_sign(certificate),
        is_ca=is_ca(certificate),
        is_demo=is_demo(certificate),
        fingerprint=fingerprint(certificate),
    )


def subject_name(certificate: x509.Certificate) -> str:
    """The subject by RFC 4514, exactly as it is written into X509SubjectName."""
    return written_name(certificate.subject)


def written_name(name: x509.Name) -> str:
    return name.rfc4514_string(ATTRIBUTE_NAMES)


def common_name(name: x509.Name) -> str:
    return _first(name, NameOID.COMMON_NAME)


def personal_id(certificate: x509.Certificate) -> str | None:
    """The 12 digits of the holder's personal ID, or None: an older ID card, an organisation."""
    found = [PERSONAL_ID.fullmatch(text.strip()) for text in identifiers(certificate)]
    return next((match[1] for match in found if match), None)


def identifiers(certificate: x509.Certificate) -> tuple[str, ...]:
    """What identifies the holder in the subject, as it is written there."""
    subject = certificate.subject
    return tuple(
        str(attribute.value)
        for kind in IDENTIFYING_ATTRIBUTES
        for attribute in subject.get_attributes_for_oid(kind)
    )


def serial(certificate: x509.Certificate) -> str:
    """In hexadecimal, two digits a byte: "0A1B"."""
    number = certificate.serial_number
    return number.to_bytes(max(1, (number.bit_length() + 7) // 8)).hex().upper()


def fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(SHA256()).hex()


def key_algorithm(certificate: x509.Certificate) -> str:
    """ "RSA-2048", "ECDSA-secp256r1", or the name of a kind of key that no card is signed with."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA-{key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"ECDSA-{key.curve.name}"
    return type(key).__name__.removesuffix("PublicKey")


def check_key(certificate: x509.Certificate) -> None:
    """RSA from 2048 bits or P-256, or SigningRefused: weak_key, unsupported_key."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size < SMALLEST_RSA_BITS:
            raise SigningRefused("weak_key", algorithm=key_algorithm(certificate))
    elif not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise SigningRefused("unsupported_key", algorithm=key_algorithm(certificate))


def can_sign(certificate: x509.Certificate) -> bool:
    """The key usage says so: digitalSignature or contentCommitment (nonRepudiation).

    Not where an extended usage names servers, programs or clocks only, or where something that
    must be understood is not (RFC 5280 §4.2).
    """
    usage = extension(certificate, x509.KeyUsage)
    if usage is None or not (usage.digital_signature or usage.content_commitment):
        return False
    purposes = extension(certificate, x509.ExtendedKeyUsage)
    if purposes is not None and set(purposes) <= OTHER_PURPOSES:
        return False
    critical = [each.value for each in certificate.extensions if each.critical]
    return not any(isinstance(value, x509.UnrecognizedExtension) for value in critical)


def is_ca(certificate: x509.Certificate) -> bool:
    constraints = extension(certificate, x509.BasicConstraints)
    return constraints is not None and constraints.ca


def is_demo(certificate: x509.Certificate) -> bool:
    """Made by the demo authority: its policy, or its words in a name."""
    policies = extension(certificate, x509.CertificatePolicies) or ()
    if any(policy.policy_identifier == DEMO_POLICY for policy in policies):
        return True
    names = (certificate.subject, certificate.issuer)
    return any(DEMO_MARKER in str(attribute.value) for name in names for attribute in name)


def _first(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    return next((str(found.value) for found in name.get_attributes_for_oid(oid)), "")


def extension(holder: HasExtensions, kind: type[E]) -> E | None:
    try:
        return holder.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
