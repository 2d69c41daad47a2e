"""The permission matrix's lines for withdrawing cards, for copies and for a guardian's files."""

import uuid

from django.utils import timezone

from reportcards.actions.copies import Recipient, give_certified_copy
from reportcards.archive import store_file
from reportcards.models import (
    ArchivedFile,
    CopyKind,
    FileKind,
    ReportCard,
    WithdrawalCause,
    WithdrawalRequest,
)
from reportcards.workflow import CardState
from tests.pages import get, post
from tests.reportcards.cards import card_payload
from tests.rows import saved_row

OFFICE = "hanh phuc tam van"
PDF = b"%PDF-1.7\n%%EOF\n"


def a_card(cast, state=CardState.ISSUED, **fields):
    """Anh's, as a row."""
    number = uuid.uuid4()
    payload = card_payload(uuid=str(number))
    return saved_row(ReportCard, cast, uuid=number, payload=payload, state=state, **fields)


def an_issued_card(cast):
    return {"uuid": a_card(cast).uuid}


def a_refused_card(cast):
    return {"uuid": a_card(cast, CardState.REFUSED).uuid}


def a_withdrawn_card(cast):
    return {"uuid": a_card(cast, CardState.WITHDRAWN).uuid}


def a_replaced_card(cast):
    old = a_card(cast, CardState.SUPERSEDED)
    a_card(cast, supersedes=old)
    return {"uuid": old.uuid}


def a_request(cast):
    """For a change of civil status, with its decision."""
    card = a_card(cast, CardState.WITHDRAWAL_REQUESTED)
    decision: ArchivedFile = store_file(card, FileKind.DECISION, b"%PDF-", ending="pdf")
    WithdrawalRequest.objects.create(
        report_card=card,
        cause=WithdrawalCause.CIVIL_STATUS,
        reason="Đổi họ theo quyết định.",
        attachment=decision,
        asked_at=timezone.now(),
        asked_by=cast.hanh.user,
    )
    return {"uuid": card.uuid}


def a_copy(cast):
    recipient = Recipient("Phạm Thị Hòa", "Căn cước 066185001234", "Nộp hồ sơ lớp 6")
    copy = give_certified_copy(
        report_card=laid_out(cast), kind=CopyKind.FILE_AGAIN, recipient=recipient, by=cast.van
    )
    return {"pk": copy.pk}


def laid_out(cast):
    card = a_card(cast)
    store_file(card, FileKind.PDF, PDF)
    return card


def a_copys_file(cast):
    return {**a_copy(cast), "kind": "pdf"}


def the_pages(cast):
    return {"uuid": laid_out(cast).uuid}


def a_childs_file(cast):
    return {"student_id": cast.anh.student_id, **the_pages(cast), "kind": "pdf"}


def the_child(cast):
    return {"student_id": cast.anh.student_id}


WITHDRAWAL_PAGES = [
    # Withdrawing; what is posted is empty
    get("request_withdrawal", "hanh phuc", an_issued_card),
    post("request_withdrawal", "hanh phuc", an_issued_card, answer=422),
    get("decide_withdrawal", f"{OFFICE} ngoc", a_request),
    post("decide_withdrawal", "tam van", a_request, answer=422),
    get("withdrawal_attachment", OFFICE, a_request),
    get("take_back_card", "hanh phuc", a_refused_card),
    post("take_back_card", "hanh phuc", a_refused_card, answer=422),
    get("replace_card", f"{OFFICE} ngoc", a_withdrawn_card),
    get("correct_pupil", "tam", a_withdrawn_card),
    post("correct_pupil", "tam", a_withdrawn_card, answer=422),
    get("card_difference", f"{OFFICE} ngoc", a_replaced_card),
    # The register of copies
    get("copies", OFFICE, except_for={"quang": 200}),
    get("give_copy", OFFICE, an_issued_card),
    post("give_copy", OFFICE, an_issued_card, answer=422),
    get("given_copy", OFFICE, a_copy),
    get("given_copy_file", OFFICE, a_copys_file),
    get("card_pdf", f"{OFFICE} ngoc", the_pages),
    # A guardian's
    get("child_cards", "hoa", the_child, refused=404),
    get("child_card_file", "hoa", a_childs_file, refused=404),
]
