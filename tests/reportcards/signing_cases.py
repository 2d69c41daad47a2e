"""Runs over the cards of 4A, and what became of each."""

import datetime
import hashlib
from collections.abc import Callable
from typing import Any

import time_machine
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils import timezone

from reportcards import actions
from reportcards.models import (
    KeyPlace,
    ReportCard,
    RevocationList,
    SigningCertificate,
    SigningRun,
    SlotKey,
    TaskState,
)
from reportcards.models.leases import LEASE
from reportcards.signing.certificates import read_certificate, written_name
from reportcards.signing.demo_authority import (
    DemoAuthority,
    Issued,
    Revocation,
    issue_for_person,
    make_crl,
)
from reportcards.signing.signature_values import PrivateKey
from reportcards.signing.signers import Pkcs12Signer
from reportcards.signing_runs import WaitingSignature
from reportcards.two_signatures import SignatureValues
from schools.models import StaffMember
from tests.cast import Cast
from tests.reportcards.authorities import IN_SEPTEMBER
from tests.reportcards.digital_cards import Keys, register
from tests.reportcards.tokens import MODULE, SoftToken


def homeroom_run(cast: Cast, cards: list[ReportCard], keys: Keys) -> SigningRun:
    return actions.start_signing_run(
        report_cards=cards, slot=SlotKey.HOMEROOM, certificate=keys.ngoc, by=cast.ngoc
    )


def leader_run(cast: Cast, cards: list[ReportCard], keys: Keys) -> SigningRun:
    return actions.start_signing_run(
        report_cards=cards, slot=SlotKey.LEADER, certificate=keys.hanh, by=cast.hanh
    )


def sign_next(cast: Cast, run: SigningRun, keys: Keys, **options: int) -> None:
    """As Ms Ngọc."""
    actions.sign_next_cards(run=run, signer=keys.signer(keys.ngoc), by=cast.ngoc, **options)


def states(run: SigningRun) -> list[str]:
    """In the order of the class: Anh, H'Hen, Đức."""
    return list(run.tasks.in_class_order().values_list("state", flat=True))


def refusals(run: SigningRun) -> list[str]:
    return list(run.tasks.in_class_order().values_list("refusal", flat=True))


def fail_all(run: SigningRun, refusal: str = "Token bị rút ra.") -> None:
    run.tasks.update(state=TaskState.FAILED, refusal=refusal)


def after_the_lease() -> time_machine.travel:
    return time_machine.travel(timezone.now() + LEASE + datetime.timedelta(seconds=1), tick=False)


class MeanwhileSigner:
    """While the key works on its first card, something else happens."""

    def __init__(self, signer: Pkcs12Signer, happening: Callable[[], object]) -> None:
        self._signer, self._happening, self.signed = signer, happening, 0

    @property
    def certificate(self):
        return self._signer.certificate

    def sign(self, message: bytes) -> bytes:
        self.signed += 1
        if self.signed == 1:
            self._happening()
        return self._signer.sign(message)


def revoke(certificate: SigningCertificate, authority: DemoAuthority) -> RevocationList:
    """The authority's next list, as the clerk uploads it."""
    read = read_certificate(certificate.pem.encode())
    now = timezone.now()
    crl = make_crl(authority.issuer, [Revocation(read.serial_number, now)], number=7, at=now)
    content = crl.public_bytes(Encoding.DER)
    return RevocationList.objects.create(
        issuer_name=written_name(authority.issuer.certificate.subject),
        this_update=crl.last_update_utc,
        next_update=crl.next_update_utc,
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
    )


def remote_certificate(
    cast: Cast, authority: DemoAuthority, *, key_kind: str = "P-256"
) -> tuple[SigningCertificate, Issued]:
    """Ms Ngọc's other certificate, whose key only her phone has."""
    issued = issue_for_person(
        authority,
        cast.ngoc.full_name,
        cast.ngoc.personal_id or "",
        cast.school.name,
        at=IN_SEPTEMBER,
        key_kind=key_kind,  # type: ignore[arg-type]
    )
    row = register(cast, cast.ngoc, issued, authority, key_place=KeyPlace.REMOTE)
    return row, issued


def sign_digest(key: PrivateKey, digest: bytes) -> bytes:
    """What the phone does: it never sees the card."""
    prehashed = Prehashed(SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(digest, ec.ECDSA(prehashed))
    return key.sign(digest, padding.PKCS1v15(), prehashed)


def values_of(key: PrivateKey, waiting: WaitingSignature) -> SignatureValues:
    """Both values that the phone sends back for a card."""
    return SignatureValues(sign_digest(key, waiting.digest), sign_digest(key, waiting.pdf_digest))


def hsm_certificate(
    cast: Cast,
    authority: DemoAuthority,
    token: SoftToken,
    settings: Any,
    *,
    owner: StaffMember | None = None,
) -> SigningCertificate:
    """Its key lies on a token of SoftHSM, which is the server's: of Ms Ngọc, or of who is named."""
    staff = owner or cast.ngoc
    issued = issue_for_person(
        authority, staff.full_name, staff.personal_id or "", cast.school.name, at=IN_SEPTEMBER
    )
    token.hold(issued, "signer", b"\x01")
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = MODULE, token.label
    settings.PKCS11_PIN = token.pin
    return register(cast, staff, issued, authority, key_place=KeyPlace.PKCS11, key_label="signer")
