"""Whether a certificate is believed at a moment: offline, by roots, chains and CRLs (RFC 5280)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509.verification import (
    ClientVerifier,
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from reportcards.signing.certificates import (
    can_sign,
    check_key,
    common_name,
    is_ca,
    is_demo,
    written_name,
)
from reportcards.signing.holders import Holder, holder_refusals
from reportcards.signing.refusals import Refusal, SigningRefused
from reportcards.signing.revocations import RevocationList

Chain = tuple[x509.Certificate, ...]

LONGEST_CHAIN = 4


@dataclass(frozen=True)
class TrustStore:
    """The authorities that are believed: roots, and the intermediates that lead to them."""

    roots: Chain
    intermediates: Chain = ()

    @classmethod
    def from_pem(cls, bundle: bytes) -> "TrustStore":
        """The authorities of a PEM file, or SigningRefused: trust_unreadable.

        Whichever is signed by its own key is a root.
        """
        try:
            certificates = x509.load_pem_x509_certificates(bundle)
        except ValueError as error:
            raise SigningRefused("trust_unreadable") from error
        roots = tuple(each for each in certificates if _is_root(each))
        return cls(roots, tuple(each for each in certificates if each not in roots))

    def chain(self, certificate: x509.Certificate, at: datetime) -> Chain:
        """From the certificate to a root, each valid at that moment; empty where there is none."""
        if not self.roots:
            return ()
        try:
            verified = self._verifier(at).verify(certificate, list(self.intermediates))
        except VerificationError:
            return ()
        return tuple(verified.chain)

    def _verifier(self, at: datetime) -> ClientVerifier:
        # The library's usual policies are those of web servers and browsers: they would demand
        # what no signing certificate has, so what is demanded of a holder stands in `can_sign`.
        policy = PolicyBuilder().store(Store(list(self.roots))).time(at.astimezone(UTC))
        return (
            policy.max_chain_depth(LONGEST_CHAIN)
            .extension_policies(ca_policy=_authorities(), ee_policy=ExtensionPolicy.permit_all())
            .build_client_verifier()
        )


def check_certificate(
    certificate: x509.Certificate,
    *,
    holder: Holder,
    trust: TrustStore,
    crls: Iterable[RevocationList],
    at: datetime,
    accepts_demo: bool,
    requires_crl: bool = False,
) -> tuple[Refusal, ...]:
    """Why a certificate is not to sign, or was not to sign, at that moment; empty: it may.

    Refusals: expired, not_yet_valid, is_ca, wrong_usage, weak_key, unsupported_key,
    wrong_person, no_personal_id, wrong_organisation, demo_in_production, unknown_issuer,
    issuer_expired, revoked, issuer_revoked. crl_missing and crl_stale are warnings unless
    requires_crl.
    """
    chain = trust.chain(certificate, at)
    # Of an issuer that has expired meanwhile the lists still tell.
    issued = chain or trust.chain(certificate, certificate.not_valid_before_utc)
    refusals = [
        *_own_refusals(certificate, at, accepts_demo=accepts_demo),
        *holder_refusals(certificate, holder),
        *_revocation_refusals(issued, tuple(crls), at, requires_crl=requires_crl),
    ]
    if not issued:
        refusals.append(_issuer_refusal("unknown_issuer", certificate))
    elif not chain and _is_valid(certificate, at):
        refusals.append(_issuer_refusal("issuer_expired", certificate))
    return tuple(refusals)


def _own_refusals(
    certificate: x509.Certificate, at: datetime, *, accepts_demo: bool
) -> Iterator[Refusal]:
    """What the certificate says itself."""
    params = {"certified": common_name(certificate.subject)}
    if at > certificate.not_valid_after_utc:
        yield Refusal("expired", params | {"on": certificate.not_valid_after_utc})
    if at < certificate.not_valid_before_utc:
        yield Refusal("not_yet_valid", params | {"on": certificate.not_valid_before_utc})
    if is_ca(certificate):
        yield Refusal("is_ca", params)
    elif not can_sign(certificate):
        yield Refusal("wrong_usage", params)
    if is_demo(certificate) and not accepts_demo:
        yield Refusal("demo_in_production", params)
    try:
        check_key(certificate)
    except SigningRefused as refused:
        yield refused.refusal


def _is_valid(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _issuer_refusal(code: str, certificate: x509.Certificate) -> Refusal:
    issuer = common_name(certificate.issuer) or written_name(certificate.issuer)
    return Refusal(code, {"certified": common_name(certificate.subject), "issuer": issuer})


def _revocation_refusals(
    chain: Chain, crls: tuple[RevocationList, ...], at: datetime, *, requires_crl: bool
) -> Iterator[Refusal]:
    for position, (member, issuer) in enumerate(pairwise(chain)):
        of_issuer = [crl for crl in crls if crl.speaks_of(member) and crl.is_signed_by(issuer)]
        code = "issuer_revoked" if position else "revoked"
        yield from _entries(code, member, of_issuer, at)
        if position == 0:
            yield from _crl_warnings(member, of_issuer, at, is_warning=not requires_crl)


def _entries(
    code: str, certificate: x509.Certificate, crls: list[RevocationList], at: datetime
) -> Iterator[Refusal]:
    """At most one: the earliest revocation that any list tells of."""
    entries = [entry for crl in crls if (entry := crl.entry(certificate))]
    past = [entry for entry in entries if entry.revoked_at <= at]
    if past:
        first = min(past, key=lambda entry: entry.revoked_at)
        params = {"certified": common_name(certificate.subject), "on": first.revoked_at}
        yield Refusal(code, params | {"reason": first.reason})


def _crl_warnings(
    certificate: x509.Certificate, crls: list[RevocationList], at: datetime, *, is_warning: bool
) -> Iterator[Refusal]:
    params: dict[str, object] = {"issuer": common_name(certificate.issuer)}
    if not crls:
        yield Refusal("crl_missing", params, is_warning)
    elif not any(crl.is_fresh_for(certificate, at) for crl in crls):
        newest = max(crl.this_update for crl in crls)
        yield Refusal("crl_stale", params | {"on": newest}, is_warning)


def _authorities() -> ExtensionPolicy:
    """An authority says that it is one, and that it signs certificates."""
    anyway = Criticality.AGNOSTIC
    policy = ExtensionPolicy.permit_all()
    policy = policy.require_present(x509.BasicConstraints, anyway, _check_is_authority)
    return policy.require_present(x509.KeyUsage, anyway, _check_signs_certificates)


def _check_is_authority(
    _policy: Policy, _certificate: x509.Certificate, constraints: x509.BasicConstraints
) -> None:
    if not constraints.ca:
        raise ValueError("no certification authority")


def _check_signs_certificates(
    _policy: Policy, _certificate: x509.Certificate, usage: x509.KeyUsage
) -> None:
    if not usage.key_cert_sign:
        raise ValueError("signs no certificates")


def _is_root(certificate: x509.Certificate) -> bool:
    if certificate.subject != certificate.issuer:
        return False
    try:
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
