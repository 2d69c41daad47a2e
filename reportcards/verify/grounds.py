"""What a verification rests on, and how a certificate stands on it at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from cryptography import x509

from reportcards.profiles import get_profile
from reportcards.profiles.tables import Profile
from reportcards.signing.certificates import fingerprint
from reportcards.signing.holders import Holder
from reportcards.signing.refusals import Refusal
from reportcards.signing.revocations import RevocationList
from reportcards.signing.trust import TrustStore, check_certificate

Refusals = tuple[Refusal, ...]


class Standing(StrEnum):
    VALID = "valid"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNTRUSTED = "untrusted"


STANDINGS = {
    "not_yet_valid": Standing.NOT_YET_VALID,
    "expired": Standing.EXPIRED,
    "revoked": Standing.REVOKED,
    "issuer_revoked": Standing.UNTRUSTED,
    "issuer_expired": Standing.UNTRUSTED,
    "unknown_issuer": Standing.UNTRUSTED,
}


@dataclass(frozen=True)
class Grounds:
    """Authorities, their revocation lists, the moment of the verification, and the profile.

    school_names: what the school's certificate may call it besides what the card does.
    accepts_demo: whether a demo certificate is one at all; where it is, the report says so.
    """

    trust: TrustStore
    at: datetime
    crls: tuple[RevocationList, ...] = ()
    accepts_demo: bool = False
    school_names: tuple[str, ...] = ()
    profile: Profile = field(default_factory=lambda: get_profile("v1.0"))
    _known: dict[str, Refusals] = field(default_factory=dict, init=False, repr=False)

    def with_more(
        self, crls: tuple[RevocationList, ...], school_names: tuple[str, ...]
    ) -> "Grounds":
        return replace(
            self, crls=(*self.crls, *crls), school_names=(*self.school_names, *school_names)
        )

    def refusals(self, certificate: x509.Certificate, holder: Holder, at: datetime) -> Refusals:
        """Why the holder was not to sign with it at that moment, with the lists known now."""
        return check_certificate(
            certificate,
            holder=holder,
            trust=self.trust,
            crls=self.crls,
            at=at,
            accepts_demo=self.accepts_demo,
        )

    def refusals_now(self, certificate: x509.Certificate, holder: Holder) -> Refusals:
        """Asked once of each certificate: the same few signed the cards of a whole list."""
        key = fingerprint(certificate)
        if key not in self._known:
            self._known[key] = self.refusals(certificate, holder, self.at)
        return self._known[key]


def standing(refusals: Iterable[Refusal]) -> Standing:
    """The gravest of what is said about validity; who the holder is does not matter to it."""
    found = {STANDINGS[refusal.code] for refusal in refusals if refusal.code in STANDINGS}
    gravest_last = list(Standing)
    return max(found, key=gravest_last.index, default=Standing.VALID)
