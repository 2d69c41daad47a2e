"""Thu hồi: asked for with a reason, decided by the department (CV 2088, III.3; QĐ 1789, Đ21)."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessments.issue_locks import release_enrollment
from audit.events import record_event
from reportcards.actions._life import card_scope, lock_card, move_card
from reportcards.archive import store_decision
from reportcards.attachments import Attachment
from reportcards.card_permissions import (
    check_user_can_ask_withdrawal,
    check_user_can_record_delivery,
)
from reportcards.card_policies import (
    check_year_is_not_closed,
)
from reportcards.errors import (
    DecisionIncomplete,
    DecisionInFuture,
    DecisionMissing,
    ReasonMissing,
    WithdrawalAnswered,
)
from reportcards.issued_policies import (
    check_is_being_replaced,
)
from reportcards.models import ReportCard, WithdrawalCause, WithdrawalRequest
from reportcards.workflow import CardStep
from schools.models import StaffMember
from schools.permissions import check_user_is_registrar, check_user_works_at
from students.actions import update_student
from students.changes import Details
from students.models import Student


@dataclass(frozen=True)
class Decision:
    """The department's document; `refusal` says why where it does not allow the withdrawal."""

    is_granted: bool
    number: str
    decided_on: datetime.date
    refusal: str = ""


@transaction.atomic
def request_withdrawal(
    *,
    report_card: ReportCard,
    cause: WithdrawalCause,
    reason: str,
    by: StaffMember,
    attachment: Attachment | None = None,
) -> WithdrawalRequest:
    check_user_can_ask_withdrawal(by, report_card.school_year.school)
    check_year_is_not_closed(report_card.school_year)
    if cause == WithdrawalCause.CIVIL_STATUS and attachment is None:
        raise DecisionMissing
    card = lock_card(report_card)
    move_card(card, CardStep.REQUEST_WITHDRAWAL, by=by.acting_user, reason=reason)
    stored = store_decision(card, attachment) if attachment else None
    return WithdrawalRequest.objects.create(
        report_card=card,
        cause=cause,
        reason=reason,
        attachment=stored,
        asked_at=timezone.now(),
        asked_by=by.acting_user,
    )


@transaction.atomic
def decide_withdrawal(
    *, request: WithdrawalRequest, decision: Decision, by: StaffMember
) -> WithdrawalRequest:
    """What the department decided, as its document says; granted, the pupil's results are free."""
    check_user_can_record_delivery(by, request.report_card.school_year.school)
    _check_is_whole(decision)
    card = lock_card(request.report_card)
    _answer(request, decision, by)
    step = CardStep.WITHDRAW if decision.is_granted else CardStep.REFUSE_WITHDRAWAL
    move_card(card, step, by=by.acting_user, reason=decision.refusal, reference=decision.number)
    if decision.is_granted:
        _release(card)
    record_event(
        f"withdrawal_request.{'granted' if decision.is_granted else 'refused'}",
        by=by.acting_user,
        target=request,
        scope=card_scope(card),
        changes={"decision_number": (None, decision.number)},
        reason=decision.refusal,
    )
    request.refresh_from_db()
    return request


@transaction.atomic
def take_back_report_card(*, report_card: ReportCard, reason: str, by: StaffMember) -> ReportCard:
    """A card that the department refused is no record of its: it takes nobody's decision."""
    check_user_can_ask_withdrawal(by, report_card.school_year.school)
    card = lock_card(report_card)
    move_card(card, CardStep.TAKE_BACK, by=by.acting_user, reason=reason)
    _release(card)
    return card


def _check_is_whole(decision: Decision) -> None:
    if not decision.number.strip():
        raise DecisionIncomplete
    if decision.decided_on > timezone.localdate():
        raise DecisionInFuture
    if not decision.is_granted and not decision.refusal.strip():
        raise ReasonMissing


@transaction.atomic
def correct_pupil(*, report_card: ReportCard, details: Details, by: StaffMember) -> Student:
    """Her civil status, or what was wrong in her file: the new card is made from what it says."""
    school = report_card.school_year.school
    check_user_works_at(by, school)
    check_user_is_registrar(by)
    card = lock_card(report_card)
    check_is_being_replaced(card)
    student = Student.objects.select_for_update().get(pk=card.student_id)
    update_student(student=student, details=details, school=school, by=by.acting_user)
    record_event(
        "report_card.pupil_corrected",
        by=by.acting_user,
        target=card,
        scope=card_scope(card),
        changes={"uuid": (None, str(card.uuid))},
    )
    return student


def _answer(request: WithdrawalRequest, decision: Decision, by: StaffMember) -> None:
    """Once: whoever comes second reads what was answered."""
    answered = (
        WithdrawalRequest.objects.pending()
        .filter(pk=request.pk)
        .update(
            is_granted=decision.is_granted,
            decided_at=timezone.now(),
            decided_by=by.acting_user,
            decision_number=decision.number,
            decided_on=decision.decided_on,
            refusal=decision.refusal,
        )
    )
    if answered != 1:
        raise WithdrawalAnswered


def _release(card: ReportCard) -> None:
    """Unless another card of the same year, such as a transfer's, still stands on the results."""
    others = ReportCard.objects.in_force().filter(enrollment=card.enrollment_id)
    if not others.exists():
        release_enrollment(card.enrollment)
