"""The register of signing certificates: who adds, approves and ends one, and the CRLs."""

import datetime
from collections.abc import Iterable

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from audit.events import Changes, Scope, record_event
from reportcards.card_permissions import check_user_can_keep_register
from reportcards.certificates.errors import (
    AlreadyRegistered,
    ApprovalInFuture,
    CertificateEnded,
)
from reportcards.certificates.permissions import check_user_can_end, check_user_can_register
from reportcards.errors import CertificateNotUsable
from reportcards.models import KeyPlace, SigningCertificate, StoredKey
from reportcards.sealed_keys import seal
from reportcards.signing.certificates import describe, read_certificate
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signers import Pkcs12Signer
from reportcards.signing_sentences import sentence_of
from reportcards.trusted import check_is_believed
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
    signer = _open(container, passphrase)
    row = _registered(signer.certificate, signer.intermediates, KeyPlace.PKCS12, owner=owner, by=by)
    sealed = seal(container, fingerprint=row.fingerprint)
    StoredKey.objects.create(certificate=row, sealed=sealed)
    _record("registered", row, by, _told(row))
    return row


@transaction.atomic
def register_token_certificate(
    *, certificate: bytes, key_label: str, owner: StaffMember | None, by: StaffMember
) -> SigningCertificate:
    """Its key stays in a USB token or an HSM at the server (PKCS#11), under this label."""
    check_user_can_register(by, owner)
    row = _registered(
        _read(certificate), (), KeyPlace.PKCS11, key_label=key_label, owner=owner, by=by
    )
    _record("registered", row, by, _told(row))
    return row


@transaction.atomic
def register_remote_certificate(
    *, certificate: bytes, owner: StaffMember | None, by: StaffMember
) -> SigningCertificate:
    """Its key is with a remote signing service, or in a token at its owner's own machine."""
    check_user_can_register(by, owner)
    row = _registered(_read(certificate), (), KeyPlace.REMOTE, owner=owner, by=by)
    _record("registered", row, by, _told(row))
    return row


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
    row = _locked(certificate)
    if approved_on > timezone.localdate():
        raise ApprovalInFuture
    changes: Changes = {
        "approved_on": (row.approved_on, approved_on),
        "approval_reference": (row.approval_reference, reference),
    }
    row.approved_on, row.approval_reference = approved_on, reference
    row.approved_at, row.approved_by = timezone.now(), by.acting_user
    row.save(update_fields=["approved_on", "approval_reference", "approved_at", "approved_by"])
    _record("approved", row, by, changes)
    return row


@transaction.atomic
def end_certificate(*, certificate: SigningCertificate, by: StaffMember) -> SigningCertificate:
    """Nothing is signed with it any more, and its key file is deleted; its row stays."""
    check_user_can_end(by, certificate)
    row = _locked(certificate)
    row.ended_at, row.ended_by = timezone.now(), by.acting_user
    row.save(update_fields=["ended_at", "ended_by"])
    StoredKey.objects.filter(certificate=row).delete()
    _record("ended", row, by, _told(row))
    return row
