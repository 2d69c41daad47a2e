"""One signature in one slot of one card, and what follows from the last of them."""

import datetime

from django.utils import timezone

from assessments.issue_locks import hold_enrollments
from reportcards.actions._card_pdfs import laid_out_pdf
from reportcards.actions._life import move_card
from reportcards.archive import store_issued_card
from reportcards.card_permissions import check_user_can_sign_slot, check_user_can_use_certificate
from reportcards.models import (
    DigitalSignature,
    ReportCard,
    RevocationList,
    SigningCertificate,
    SlotKey,
)
from reportcards.signing_policies import SigningFacts, check_can_be_signed
from reportcards.two_signatures import Preparations, SignedDocuments, prepare_both
from reportcards.workflow import SIGNING_STEPS, CardState, CardStep
from schools.models import StaffMember


def hold_results(card: ReportCard, slot: str) -> None:
    """Before the seal is checked: from here on nothing behind the card changes any more."""
    if slot == SlotKey.SEAL:
        hold_enrollments([card.enrollment], at=_now())


def check_slot(
    card: ReportCard,
    slot: str,
    certificate: SigningCertificate,
    *,
    facts: SigningFacts,
    by: StaffMember,
) -> None:
    check_user_can_sign_slot(by, card, slot)
    check_user_can_use_certificate(by, certificate, slot)
    check_can_be_signed(card, slot, facts)


def prepare_slot(
    card: ReportCard, slot: str, certificate: SigningCertificate, *, by: StaffMember
) -> Preparations:
    pdf = laid_out_pdf(card, by=by.acting_user)
    return prepare_both(card, pdf, slot, certificate, by=by, signed_at=_now())


def keep_signature(
    card: ReportCard,
    slot: str,
    documents: SignedDocuments,
    certificate: SigningCertificate,
    *,
    checked_against: RevocationList | None,
    by: StaffMember,
) -> None:
    DigitalSignature.objects.create(
        report_card=card,
        slot=slot,
        certificate=certificate,
        signer=by,
        signed_at=documents.signed_at,
        revocation_list=checked_against,
        document=documents.xml.decode(),
        pdf_update=documents.pdf_update,
    )
    move_card(card, SIGNING_STEPS[slot], by=by.acting_user)
    if slot == SlotKey.SEAL:
        _issue(card, documents, by=by)


def _issue(card: ReportCard, documents: SignedDocuments, *, by: StaffMember) -> None:
    store_issued_card(card, documents.xml, documents.pdf)
    old = card.supersedes
    if old is not None and old.state == CardState.WITHDRAWN:
        move_card(old, CardStep.SUPERSEDE, by=by.acting_user, reference=str(card.uuid))


def _now() -> datetime.datetime:
    """To the second, as the XML writes it."""
    return timezone.now().replace(microsecond=0)
