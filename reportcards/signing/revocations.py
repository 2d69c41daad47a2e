"""Certificate revocation lists (RFC 5280 §5), read offline."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from reportcards.signing.certificates import UNREADABLE, extension, written_name
from reportcards.signing.refusals import SigningRefused


@dataclass(frozen=True)
class RevokedEntry:
    """When a certificate was revoked (UTC), and why in the words of RFC 5280: "keyCompromise"."""

    revoked_at: datetime
    reason: str


class RevocationList:
    """A full list of one issuer; times are in UTC. Keep it to check many: what is slow is kept."""

    def __init__(self, crl: x509.CertificateRevocationList) -> None:
        self.crl = crl
        self.issuer = written_name(crl.issuer)
        number = extension(crl, x509.CRLNumber)
        self.number = None if number is None else number.crl_number
        self.this_update = crl.last_update_utc
        self.next_update = crl.next_update_utc
        self.revoked_count = len(crl)

    @classmethod
    def read(cls, content: bytes) -> "RevocationList":
        """The list of a DER or PEM file, or SigningRefused: crl_unreadable."""
        is_pem = b"-----BEGIN X509 CRL-----" in content
        load = x509.load_pem_x509_crl if is_pem else x509.load_der_x509_crl
        try:
            return cls(load(content))
        except UNREADABLE as error:
            raise SigningRefused("crl_unreadable") from error

    def is_signed_by(self, issuer: x509.Certificate) -> bool:
        return _is_signed_by(self, issuer)

    def speaks_of(self, certificate: x509.Certificate) -> bool:
        """The certificate's issuer made it, and it leaves out no certificate or reason of hers."""
        return certificate.issuer == self.crl.issuer and self._is_full_for(certificate)

    def entry(self, certificate: x509.Certificate) -> RevokedEntry | None:
        found = self.crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if found is None:
            return None
        reason = extension(found, x509.CRLReason)
        return RevokedEntry(
            found.revocation_date_utc, reason.reason.value if reason else "unspecified"
        )

    def is_fresh_for(self, certificate: x509.Certificate, at: datetime) -> bool:
        """It was to be renewed after that moment, and made before the certificate could leave it.

        An authority may drop a certificate from its lists once that has expired.
        """
        is_current = self.next_update is None or at <= self.next_update
        return is_current and self.this_update <= certificate.not_valid_after_utc

    def _is_full_for(self, certificate: x509.Certificate) -> bool:
        if extension(self.crl, x509.DeltaCRLIndicator):
            return False
        part = extension(self.crl, x509.IssuingDistributionPoint)
        if part is None:
            return True
        if part.indirect_crl or part.only_some_reasons or part.only_contains_attribute_certs:
            return False
        constraints = extension(certificate, x509.BasicConstraints)
        is_ca = constraints is not None and constraints.ca
        if part.only_contains_user_certs if is_ca else part.only_contains_ca_certs:
            return False
        return not part.full_name or bool(set(part.full_name) & _list_names(certificate))


@lru_cache(maxsize=64)
def _is_signed_by(revocations: RevocationList, issuer: x509.Certificate) -> bool:
    crl = revocations.crl
    usage = extension(issuer, x509.KeyUsage)
    if crl.issuer != issuer.subject or (usage is not None and not usage.crl_sign):
        return False
    try:
        return crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except (TypeError, UnsupportedAlgorithm):
        return False


def _list_names(certificate: x509.Certificate) -> set[x509.GeneralName]:
    """Where the certificate says that its list is found."""
    points = extension(certificate, x509.CRLDistributionPoints) or ()
    return {name for point in points for name in point.full_name or ()}
