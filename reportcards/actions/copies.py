"""What is given of a card, to whom and why (QĐ 1789, Điều 3.3, 26 and 27.2)."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from audit.events import Changes, record_event
from reportcards.actions._card_pdfs import laid_out_pdf
from reportcards.actions._life import card_scope, lock_card
from reportcards.archive import content_of, newest_file
from reportcards.card_files import (
    CardFile,
    copy_file,
    decision_file,
    plain_file,
    unissued_file,
)
from reportcards.card_permissions import (
    check_user_can_give_copies,
    check_user_can_see_card,
)
from reportcards.errors import FileLost
from reportcards.issued_policies import (
    check_can_be_copied,
    check_is_in_making,
    check_is_issued,
)
from reportcards.models import (
    ArchivedFile,
    CertifiedCopy,
    CopyKind,
    FileKind,
    ReportCard,
    WithdrawalRequest,
)
from reportcards.permissions import check_user_is_guardian
from schools.models import School, StaffMember


@dataclass(frozen=True)
class Recipient:
    """Who is given the copy: `identity` names the paper that she showed."""

    name: str
    identity: str
    purpose: str


@transaction.atomic
def give_certified_copy(
    *, report_card: ReportCard, kind: CopyKind, recipient: Recipient, by: StaffMember
) -> CertifiedCopy:
    """A line of the school's register, under its next number."""
    check_user_can_give_copies(by, report_card.school_year.school)
    card = lock_card(report_card)
    check_can_be_copied(card, kind)
    copy = CertifiedCopy.objects.create(
        school=card.school_year.school,
        number=_next_number(card.school_year.school),
        report_card=card,
        kind=kind,
        recipient_name=recipient.name,
        recipient_identity=recipient.identity,
        purpose=recipient.purpose,
        given_by=by.acting_user,
    )
    record_event(
        "certified_copy.given",
        by=by.acting_user,
        target=copy,
        scope=card_scope(card),
        changes={"number": (None, copy.number), "recipient": (None, recipient.name)},
        reason=recipient.purpose,
    )
    return copy


def download_copy(*, copy: CertifiedCopy, kind: FileKind, by: StaffMember) -> CardFile:
    """The files of a line of the register; on paper a copy says that it is one."""
    check_user_can_give_copies(by, copy.school)
    stored = _stored(copy.report_card, kind)
    file = copy_file(copy, stored, content_of(stored))
    _record_downloaded(copy.report_card, file, by=by.acting_user, number=copy.number)
    return file


def download_card_file(*, report_card: ReportCard, kind: FileKind, by: StaffMember) -> CardFile:
    check_user_can_see_card(by, report_card)
    stored = _stored(report_card, kind)
    file = plain_file(report_card, stored, content_of(stored))
    _record_downloaded(report_card, file, by=by.acting_user)
    return file


def open_unissued_pdf(*, report_card: ReportCard, by: StaffMember) -> CardFile:
    """What the next signature will stand under, laid out here if no worker came yet."""
    check_user_can_see_card(by, report_card)
    check_is_in_making(report_card)
    file = unissued_file(report_card, laid_out_pdf(report_card, by=by.acting_user))
    _record_downloaded(report_card, file, by=by.acting_user)
    return file


def download_child_card_file(*, report_card: ReportCard, kind: FileKind, by: User) -> CardFile:
    """For a guardian, as often as she loses it (Điều 27.2)."""
    check_user_is_guardian(by, report_card.student)
    stored = _stored(report_card, kind)
    file = plain_file(report_card, stored, content_of(stored))
    _record_downloaded(report_card, file, by=by)
    return file


def download_decision(*, request: WithdrawalRequest, by: StaffMember) -> CardFile:
    """What the family attached: for the office alone."""
    card = request.report_card
    check_user_can_give_copies(by, card.school_year.school)
    if request.attachment is None:
        raise FileLost
    file = decision_file(card, request.attachment, content_of(request.attachment))
    _record_downloaded(card, file, by=by.acting_user)
    return file


def _stored(card: ReportCard, kind: FileKind) -> ArchivedFile:
    check_is_issued(card)
    stored = newest_file(card, kind)
    if stored is None:
        raise FileLost
    return stored


def _next_number(school: School) -> int:
    """Without gaps: nobody else takes a number until this line is written or given up."""
    School.objects.select_for_update().get(pk=school.pk)
    last = CertifiedCopy.objects.filter(school=school).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def _record_downloaded(
    card: ReportCard, file: CardFile, *, by: User, number: int | None = None
) -> None:
    changes: Changes = {"file_name": (None, f"{file.name}.{file.ending}")}
    record_event(
        "report_card.downloaded",
        by=by,
        target=card,
        scope=card_scope(card),
        changes=changes if number is None else {**changes, "number": (None, number)},
    )
