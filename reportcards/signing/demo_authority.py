"""A certification authority for demonstrations: a root, an issuing authority, certificates, CRLs.

Whatever it makes says CHỨNG THƯ THỬ NGHIỆM in its subject and carries the demo policy, so that
`certificates.is_demo` finds it and production refuses it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from reportcards.signing.certificates import DEMO_MARKER, DEMO_POLICY
from reportcards.signing.signature_values import PrivateKey

KeyKind = Literal["P-256", "RSA-2048"]

ROOT_YEARS = 20
ISSUER_YEARS = 10
HOLDER_YEARS = 3
CRL_DAYS = 30
YEAR = timedelta(days=365)
# The clock of whoever checks may be behind.
ALLOWANCE = timedelta(minutes=5)


@dataclass(frozen=True)
class Issued:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: PrivateKey


@dataclass(frozen=True)
class DemoAuthority:
    root: Issued
    issuer: Issued

    @property
    def certificates(self) -> tuple[x509.Certificate, x509.Certificate]:
        return self.root.certificate, self.issuer.certificate


@dataclass(frozen=True)
class Revocation:
    serial_number: int
    revoked_at: datetime
    reason: x509.ReasonFlags = x509.ReasonFlags.unspecified


def make_authority(*, at: datetime) -> DemoAuthority:
    """A root that is valid for 20 years from then, and its issuing authority for 10."""
    root_key = new_key("P-256")
    root_name = _name(f"{DEMO_MARKER} - Gốc", organisation=None)
    root = _authority(root_name, root_key, None, at=at, years=ROOT_YEARS, path_length=1)
    issuer_key = new_key("P-256")
    issuer_name = _name(f"{DEMO_MARKER} - Cấp phát", organisation=None)
    issuer = _authority(issuer_name, issuer_key, root, at=at, years=ISSUER_YEARS, path_length=0)
    return DemoAuthority(root, issuer)


def issue_for_person(
    authority: DemoAuthority,
    full_name: str,
    personal_id: str,
    organisation: str,
    *,
    at: datetime,
    key_kind: KeyKind = "P-256",
) -> Issued:
    """A person's certificate: the name as CN, the 12 digits as serialNumber "CCCD:…"."""
    subject = _name(full_name, organisation=organisation, identifier=f"CCCD:{personal_id}")
    return issue(authority, subject, at=at, key_kind=key_kind)


def issue_for_school(
    authority: DemoAuthority,
    name: str,
    ministry_code: str,
    *,
    at: datetime,
    key_kind: KeyKind = "P-256",
) -> Issued:
    """A school's certificate for its seal: the name as CN and O, the ministry's code beside it."""
    subject = _name(name, organisation=name, identifier=ministry_code)
    return issue(authority, subject, at=at, key_kind=key_kind)


def issue(
    authority: DemoAuthority,
    subject: x509.Name,
    *,
    at: datetime,
    until: datetime | None = None,
    key_kind: KeyKind = "P-256",
) -> Issued:
    """A signing certificate for a subject, valid for three years if nothing else is said."""
    key = new_key(key_kind)
    until = until or at + HOLDER_YEARS * YEAR
    builder = _builder(subject, key, authority.issuer, at=at, until=until)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    builder = builder.add_extension(_usage(signs=True), critical=True)
    return Issued(builder.sign(authority.issuer.key, SHA256()), key)


def make_crl(
    issuer: Issued,
    revocations: Iterable[Revocation] = (),
    *,
    number: int,
    at: datetime,
) -> x509.CertificateRevocationList:
    """The list of an authority (`authority.root` or `authority.issuer`), renewed within 30 days."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at)
        .next_update(at + timedelta(days=CRL_DAYS))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(_authority_key(issuer), critical=False)
    )
    for revocation in revocations:
        builder = builder.add_revoked_certificate(_revoked(revocation))
    return builder.sign(issuer.key, SHA256())


def as_pkcs12(issued: Issued, authority: DemoAuthority, passphrase: str) -> bytes:
    """The PKCS#12 file of a holder, with the chain up to the root."""
    name = issued.certificate.subject.rfc4514_string().encode()
    chain = [authority.issuer.certificate, authority.root.certificate]
    protection = BestAvailableEncryption(passphrase.encode())
    return serialize_key_and_certificates(name, issued.key, issued.certificate, chain, protection)


def new_key(kind: KeyKind) -> PrivateKey:
    if kind == "P-256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _name(
    common_name: str, *, organisation: str | None, identifier: str | None = None
) -> x509.Name:
    parts = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, DEMO_MARKER),
        (NameOID.COMMON_NAME, common_name),
        (NameOID.SERIAL_NUMBER, identifier),
    ]
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts if text])


def _authority(
    subject: x509.Name,
    key: PrivateKey,
    parent: Issued | None,
    *,
    at: datetime,
    years: int,
    path_length: int,
) -> Issued:
    builder = _builder(subject, key, parent, at=at, until=at + years * YEAR)
    constraints = x509.BasicConstraints(ca=True, path_length=path_length)
    builder = builder.add_extension(constraints, critical=True)
    builder = builder.add_extension(_usage(signs=False), critical=True)
    return Issued(builder.sign(parent.key if parent else key, SHA256()), key)


def _builder(
    subject: x509.Name, key: PrivateKey, parent: Issued | None, *, at: datetime, until: datetime
) -> x509.CertificateBuilder:
    """What all certificates have; one without a parent signs itself."""
    notice = x509.UserNotice(notice_reference=None, explicit_text=DEMO_MARKER)
    policy = x509.PolicyInformation(DEMO_POLICY, [notice])
    key_identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(parent.certificate.subject if parent else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - ALLOWANCE)
        .not_valid_after(until)
        .add_extension(key_identifier, critical=False)
        .add_extension(x509.CertificatePolicies([policy]), critical=False)
    )
    return builder.add_extension(_authority_key(parent), critical=False) if parent else builder


def _authority_key(issuer: Issued) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())


def _usage(*, signs: bool) -> x509.KeyUsage:
    """Of a holder, who signs documents, or of an authority, which signs certificates and CRLs."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_cert_sign=not signs,
        crl_sign=not signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _revoked(revocation: Revocation) -> x509.RevokedCertificate:
    builder = (
        x509.RevokedCertificateBuilder()
        .serial_number(revocation.serial_number)
        .revocation_date(revocation.revoked_at)
    )
    if revocation.reason != x509.ReasonFlags.unspecified:
        builder = builder.add_extension(x509.CRLReason(revocation.reason), critical=False)
    return builder.build()
