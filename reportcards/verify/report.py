"""What a verification says: for each signature what QĐ 1789/2024, Điều 12 names, and a verdict.

    FileReport ── CardReport ── SignatureReport ── CertificateReport

Signer and authority, time, the certificate's standing then and now, integrity, structure, and
equality with the archive where one is asked. One thing that is not right, and the card has no
value (Điều 12, last paragraph). Every finding is a code with parameters.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reportcards.profiles.violations import Violation
from reportcards.verify.findings import Finding
from reportcards.verify.grounds import Standing


class Archive(StrEnum):
    """What the archive answers about a card."""

    NOT_ASKED = "not_asked"
    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class CertificateReport:
    """`at_signing` and `now`: its standing, and when it was revoked where it has been."""

    subject: str
    holder: str
    organisation: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_until: datetime
    at_signing: Standing
    now: Standing
    revoked_at: datetime | None
    is_demo: bool


@dataclass(frozen=True)
class SignatureReport:
    """Without a certificate there was no signature that could be read."""

    slot: str
    signed_at: datetime | None
    is_intact: bool
    certificate: CertificateReport | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class CardReport:
    """`findings` are those of the card as a whole; `structure` is what the schema refuses.

    Of a PDF it is the structure of the data that is attached to it. `has_agreeing_pages`: its
    pages were read and say what the data says.
    """

    findings: tuple[Finding, ...]
    uuid: str = ""
    full_name: str = ""
    school: str = ""
    school_year: str = ""
    structure: tuple[Violation, ...] = ()
    signatures: tuple[SignatureReport, ...] = ()
    archive: Archive = Archive.NOT_ASKED
    is_pdf: bool = False
    has_agreeing_pages: bool = False

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        return (
            *self.findings,
            *(finding for signature in self.signatures for finding in signature.findings),
        )

    @property
    def is_valid(self) -> bool:
        """One thing that is not right, and it has no value."""
        return not self.structure and all(found.is_warning for found in self.all_findings)

    @property
    def is_demo(self) -> bool:
        certificates = [signature.certificate for signature in self.signatures]
        return any(certificate and certificate.is_demo for certificate in certificates)


@dataclass(frozen=True)
class FileReport:
    """digest: SHA-256 of the file, in hex. findings: why nothing in it could be verified, or
    what is wrong with a list of cards that may each be right."""

    digest: str
    cards: tuple[CardReport, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def is_valid(self) -> bool:
        return not self.findings and all(card.is_valid for card in self.cards)

    @property
    def is_demo(self) -> bool:
        return any(card.is_demo for card in self.cards)
