"""From the check of a slot to the report on its signature, with the certificate's standing."""

from collections.abc import Iterator
from functools import lru_cache

from cryptography import x509

from reportcards.signing.certificates import common_name, describe
from reportcards.signing.holders import Holder
from reportcards.signing.refusals import Refusal
from reportcards.verify.findings import Finding
from reportcards.verify.grounds import Grounds, Refusals, standing
from reportcards.verify.pdf_signatures import PdfSignature, PdfSlotCheck
from reportcards.verify.report import CertificateReport, SignatureReport
from reportcards.verify.signatures import INTEGRITY_CODES, SlotCheck
from reportcards.verify.slots import SlotContent

# Whoever has the key may have signed at any time that she writes down.
COMPROMISED = {"keyCompromise", "cACompromise", "aACompromise"}


def report_on_missing(check: SlotCheck | PdfSlotCheck) -> SignatureReport:
    return SignatureReport(check.slot.key, None, False, None, check.findings)  # noqa: FBT003


def report_on_signature(
    check: SlotCheck | PdfSlotCheck,
    content: SlotContent | PdfSignature,
    holder: Holder,
    grounds: Grounds,
    *,
    is_archived: bool,
) -> SignatureReport:
    """is_archived: the archive has this very file, so that it was not made later."""
    then = grounds.refusals(content.certificate, holder, content.signed_at)
    now = grounds.refusals_now(content.certificate, holder)
    certificate = certificate_report(content.certificate, then, now)
    findings = (
        *check.findings,
        *(_finding(refusal) for refusal in then),
        *_since(then, now, is_archived=is_archived),
        *([Finding("demo_certificate", is_warning=True)] if certificate.is_demo else []),
    )
    codes = {finding.code for finding in check.findings}
    return SignatureReport(
        slot=check.slot.key,
        signed_at=content.signed_at,
        is_intact=not codes & INTEGRITY_CODES,
        certificate=certificate,
        findings=findings,
    )


def certificate_report(
    certificate: x509.Certificate, then: Refusals, now: Refusals
) -> CertificateReport:
    described = _described(certificate)
    revoked = _revocation(now)
    return CertificateReport(
        subject=described.subject,
        holder=described.common_name,
        organisation=described.organisation,
        issuer=common_name(certificate.issuer) or described.issuer,
        serial=described.serial,
        valid_from=described.not_before,
        valid_until=described.not_after,
        at_signing=standing(then),
        now=standing(now),
        revoked_at=revoked.params["on"] if revoked else None,  # type: ignore[arg-type]
        is_demo=described.is_demo,
    )


_described = lru_cache(maxsize=64)(describe)


def _since(then: Refusals, now: Refusals, *, is_archived: bool) -> Iterator[Finding]:
    """Revoked after the signing: only what is archived is known to have been signed before."""
    revoked = _revocation(now)
    if revoked is None or _revocation(then):
        return
    if revoked.params["reason"] in COMPROMISED and not is_archived:
        yield Finding("compromised_since", revoked.params)
    else:
        yield Finding("revoked_since", revoked.params, is_warning=True)


def _revocation(refusals: Refusals) -> Refusal | None:
    return next((refusal for refusal in refusals if refusal.code == "revoked"), None)


def _finding(refusal: Refusal) -> Finding:
    return Finding(refusal.code, refusal.params, refusal.is_warning)
