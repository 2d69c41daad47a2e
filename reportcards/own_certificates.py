"""The certificates that a person may sign a slot with, and what is to be said of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from audit.errors import DomainError
from reportcards.models import SigningCertificate, SlotKey
from reportcards.models.certificates import SigningCertificateQuerySet
from reportcards.signing.certificates import common_name, read_certificate
from reportcards.signing_sentences import sentence_of
from reportcards.trusted import reasons_against, refusals_of
from schools.models import StaffMember


@dataclass(frozen=True)
class OwnCertificate:
    """`reasons` say why it cannot sign today; `warnings` leave that to its holder."""

    certificate: SigningCertificate
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def name(self) -> str:
        return certified_name(self.certificate)

    @property
    def is_usable(self) -> bool:
        return not self.reasons


def certified_name(certificate: SigningCertificate) -> str:
    """Whose it is, as it says itself."""
    return common_name(read_certificate(certificate.pem.encode()).subject)


def own_certificates(staff: StaffMember, slot: str) -> list[OwnCertificate]:
    """In use; those that can sign first."""
    rows = certificates_of(staff, slot).in_use().select_related("school", "staff_member")
    known = [_looked_at(row, slot) for row in rows.order_by("-added_at", "-pk")]
    return sorted(known, key=lambda own: not own.is_usable)


def certificates_of(staff: StaffMember, slot: str) -> SigningCertificateQuerySet:
    of_school = SigningCertificate.objects.for_school(staff.school)
    return of_school.of_seal() if slot == SlotKey.SEAL else of_school.of_staff(staff)


def _looked_at(certificate: SigningCertificate, slot: str) -> OwnCertificate:
    """Where the installation trusts nobody yet, that is the reason."""
    now = timezone.now()
    try:
        reasons = tuple(reasons_against(certificate, slot=slot, at=now))
        warnings = tuple(_warnings(certificate)) if not reasons else ()
    except DomainError as refusal:
        return OwnCertificate(certificate, (str(refusal.message),), ())
    return OwnCertificate(certificate, reasons, warnings)


def _warnings(certificate: SigningCertificate) -> Iterator[str]:
    for refusal in refusals_of(certificate, at=timezone.now()):
        if refusal.is_warning:
            yield sentence_of(refusal)
