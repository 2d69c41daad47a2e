"""The register of signing certificates: who adds, approves and ends one."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from audit.events import Changes, Happening, Scope, record_event, record_events
from audit.models import SystemJob
from reportcards.card_permissions import check_user_can_keep_register
from reportcards.certificates.errors import AlreadyRegistered, ApprovalInFuture, CertificateEnded
from reportcards.certificates.permissions import check_user_can_end, check_user_can_register
from reportcards.errors import CertificateNotUsable
from reportcards.models import KeyPlace, SigningCertificate, StoredKey
from reportcards.sealed_keys import seal, unseal
from reportcards.signing.certificates import describe, read_certificate
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signers import Pkcs12Signer
from reportcards.signing_sentences import sentence_of
from reportcards.trusted import check_can_be_registered
from schools.models import StaffMember


@sensitive_variables()
@transaction.atomic
def register_key_file(
    *, container: bytes, passphrase: str, owner: StaffMember | None, by: StaffMember
) -> SigningCertificate:
    """Opened once to read its certificate; the file is kept sealed, the passphrase is not kept.

    owner: None for the school's seal.
    """
    check_user_can_register(by, owner)
    with _refusals_as_sentences():
        signer = Pkcs12Signer.open(container, passphrase)
    row = _row(signer.certificate, KeyPlace.PKCS12, owner=owner, by=by)
    row.chain_pem = _pem(*signer.intermediates)
    _register(row, by=by)
    sealed = seal(container, fingerprint=row.fingerprint)
    StoredKey.objects.create(certificate=row, sealed=sealed)
    return row


@transaction.atomic
def register_token_certificate(
    *, certificate: bytes, key_label: str, owner: StaffMember | None, by: StaffMember
) -> SigningCertificate:
    """Its key stays in a USB token or an HSM at the server (PKCS#11), under this label."""
    check_user_can_register(by, owner)
    row = _row(_read(certificate), KeyPlace.PKCS11, owner=owner, by=by)
    row.key_label = key_label
    return _register(row, by=by)


@transaction.atomic
def register_remote_certificate(
    *, certificate: bytes, owner: StaffMember | None, by: StaffMember
) -> SigningCertificate:
    """Its key is with a remote signing service, or in a token at its owner's own machine."""
    check_user_can_register(by, owner)
    return _register(_row(_read(certificate), KeyPlace.REMOTE, owner=owner, by=by), by=by)


@transaction.atomic
def record_certificate_approval(
    *,
    certificate: SigningCertificate,
    approved_on: datetime.date,
    reference: str,
    by: StaffMember,
) -> SigningCertificate:
    """By hand, from the department's letter; once more to put the letter right."""
    check_user_can_keep_register(by, certificate.school)
    if approved_on > timezone.localdate():
        raise ApprovalInFuture
    row = _lock(certificate)
    changes: Changes = {
        "approved_on": (row.approved_on and row.approved_on.isoformat(), approved_on.isoformat()),
        "approval_reference": (row.approval_reference, reference),
    }
    row.approved_on, row.approval_reference = approved_on, reference
    row.approved_at, row.approved_by = timezone.now(), by.acting_user
    row.save(update_fields=["approved_on", "approval_reference", "approved_at", "approved_by"])
    _record("approved", row, changes, by=by)
    return row


@transaction.atomic
def end_certificate(*, certificate: SigningCertificate, by: StaffMember) -> SigningCertificate:
    """Nothing is signed with it any more, and its key file is deleted; its row stays."""
    check_user_can_end(by, certificate)
    row = _lock(certificate)
    row.ended_at, row.ended_by = timezone.now(), by.acting_user
    row.save(update_fields=["ended_at", "ended_by"])
    StoredKey.objects.filter(certificate=row).delete()
    _record("ended", row, {"ended_at": (None, row.ended_at.isoformat())}, by=by)
    return row


@transaction.atomic
def reseal_stored_keys(*, by: SystemJob) -> int:
    """After KEY_SEALING_SECRET has changed; then no former one is needed any more."""
    keys = StoredKey.objects.select_related("certificate").select_for_update().order_by("pk")
    resealed = [_reseal(stored) for stored in keys]
    record_events(
        [Happening("signing_certificate.resealed", row, Scope(row.school_id)) for row in resealed],
        by=by,
    )
    return len(resealed)


def _reseal(stored: StoredKey) -> SigningCertificate:
    fingerprint = stored.certificate.fingerprint
    container = unseal(bytes(stored.sealed), fingerprint=fingerprint)
    stored.sealed = seal(container, fingerprint=fingerprint)
    stored.save(update_fields=["sealed"])
    return stored.certificate


@contextmanager
def _refusals_as_sentences() -> Iterator[None]:
    try:
        yield
    except SigningRefused as refused:
        raise CertificateNotUsable(sentence_of(refused.refusal)) from None


def _read(certificate: bytes) -> x509.Certificate:
    with _refusals_as_sentences():
        return read_certificate(certificate)


def _row(
    certificate: x509.Certificate,
    key_place: KeyPlace,
    *,
    owner: StaffMember | None,
    by: StaffMember,
) -> SigningCertificate:
    description = describe(certificate)
    return SigningCertificate(
        school=by.school,
        staff_member=owner,
        key_place=key_place,
        pem=_pem(certificate),
        subject_name=description.subject,
        issuer_name=description.issuer,
        serial_number=description.serial,
        personal_id=description.personal_id or "",
        valid_from=description.not_before,
        valid_until=description.not_after,
        fingerprint=description.fingerprint,
        is_demo=description.is_demo,
        added_at=timezone.now(),
        added_by=by.acting_user,
    )


def _register(row: SigningCertificate, *, by: StaffMember) -> SigningCertificate:
    check_can_be_registered(row, at=timezone.now())
    in_use = SigningCertificate.objects.for_school(row.school).in_use()
    if in_use.filter(fingerprint=row.fingerprint).exists():
        raise AlreadyRegistered
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyRegistered from error
    changes: Changes = {
        name: (None, getattr(row, name)) for name in ("serial_number", "fingerprint", "key_place")
    }
    _record("registered", row, changes, by=by)
    return row


def _lock(certificate: SigningCertificate) -> SigningCertificate:
    row = SigningCertificate.objects.select_for_update().get(pk=certificate.pk)
    if row.ended_at is not None:
        raise CertificateEnded
    return row


def _record(event: str, row: SigningCertificate, changes: Changes, *, by: StaffMember) -> None:
    record_event(
        f"signing_certificate.{event}",
        by=by.acting_user,
        target=row,
        scope=Scope(row.school_id),
        changes=changes,
    )


def _pem(*certificates: x509.Certificate) -> str:
    return "".join(each.public_bytes(Encoding.PEM).decode() for each in certificates)
