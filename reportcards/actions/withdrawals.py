"""Thu hồi: asked for with a reason, decided by the department (CV 2088, III.3; QĐ 1789, Đ21)."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessments.issue_locks import release_enrollment
from audit.events import Happening, record_events
from reportcards.actions._life import card_scope, lock_card, move_card
from reportcards.archive import store_decision
from reportcards.card_permissions import (
    check_user_can_ask_withdrawal,
    check_user_can_record_delivery,
)
from reportcards.card_policies import check_year_is_not_closed
from reportcards.errors import DecisionMissing, ReasonMissing, WithdrawalAnswered
from reportcards.models import ReportCard, WithdrawalCause, WithdrawalRequest
from reportcards.workflow import CardStep
from schools.models import StaffMember


@dataclass(frozen=True)
class Attachment:
    """The decision on a change of civil status, as the family brought it."""

    name: str
    content: bytes


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
    stored = store_decision(card, attachment.name, attachment.content) if attachment else None
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
    card = lock_card(request.report_card)
    if not decision.is_granted and not decision.refusal.strip():
        raise ReasonMissing
    step = CardStep.WITHDRAW if decision.is_granted else CardStep.REFUSE_WITHDRAWAL
    move_card(card, step, by=by.acting_user, reason=decision.refusal, reference=decision.number)
    _answer(request, decision, by)
    if decision.is_granted:
        release_enrollment(card.enrollment)
    request.refresh_from_db()
    return request


@transaction.atomic
def take_back_report_card(*, report_card: ReportCard, reason: str, by: StaffMember) -> ReportCard:
    """A card that the department refused is no record of its: it takes nobody's decision."""
    check_user_can_ask_withdrawal(by, report_card.school_year.school)
    card = lock_card(report_card)
    move_card(card, CardStep.TAKE_BACK, by=by.acting_user, reason=reason)
    release_enrollment(card.enrollment)
    return card


def _answer(request: WithdrawalRequest, decision: Decision, by: StaffMember) -> None:
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
    record_events(
        [
            Happening(
                "withdrawal_request.granted"
                if decision.is_granted
                else "withdrawal_request.refused",
                request,
                card_scope(request.report_card),
                {"decision_number": (None, decision.number)},
                decision.refusal,
            )
        ],
        by=by.acting_user,
    )
