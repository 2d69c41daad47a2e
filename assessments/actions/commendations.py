"""Commendations during the year: proposed and decided, or a letter of praise (Điều 13)."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.commendation_policies import (
    check_commendation_step,
    check_day_of_school_year,
    check_pupil_can_be_commended,
    check_text_present,
)
from assessments.commendation_workflow import (
    DECIDED,
    DECIDED_KINDS,
    LETTER_EVENT,
    PROPOSAL_EVENT,
    CommendationKind,
    CommendationStatus,
    CommendationStep,
    commendation_transition,
)
from assessments.errors import InvalidEntry
from assessments.models import Commendation
from assessments.permissions import (
    check_user_can_commend,
    check_user_can_sign,
    check_user_can_withdraw_commendation,
)
from audit.events import Changes, Scope, record_event
from schools.models import StaffMember
from students.models import Enrollment


@dataclass(frozen=True)
class AwardDecision:
    """What the decision says; `given_on` is the day of the decision where none is named."""

    number: str
    decided_on: datetime.date
    given_on: datetime.date | None = None
    awarding_body: str = ""


@transaction.atomic
def propose_commendation(
    *, enrollment: Enrollment, kind: str, achievement: str, wording: str, by: StaffMember
) -> Commendation:
    """Điều 13.1.b and 13.2: for the principal, or for a level above the school, to decide."""
    check_user_can_commend(by, enrollment.school_class)
    if kind not in DECIDED_KINDS:
        raise InvalidEntry(_("Hãy chọn hình thức khen thưởng."))
    check_text_present(achievement, _("Hãy ghi thành tích của em."))
    check_text_present(wording, _("Hãy ghi nội dung sẽ ghi vào học bạ."))
    check_pupil_can_be_commended(enrollment)
    commendation = Commendation.objects.create(
        enrollment=enrollment,
        kind=kind,
        achievement=achievement,
        wording=wording,
        proposed_at=timezone.now(),
        proposed_by=by.acting_user,
    )
    changes = {"kind": (None, kind), "achievement": (None, achievement), "wording": (None, wording)}
    _record(PROPOSAL_EVENT, commendation, by, changes)
    return commendation


@transaction.atomic
def write_praise_letter(
    *, enrollment: Enrollment, achievement: str, given_on: datetime.date, by: StaffMember
) -> Commendation:
    """Điều 13.3: managers and teachers send it themselves; nobody has to decide."""
    check_user_can_commend(by, enrollment.school_class)
    check_text_present(achievement, _("Hãy ghi lời khen."))
    check_pupil_can_be_commended(enrollment)
    check_day_of_school_year(enrollment.school_class.school_year, given_on)
    letter = Commendation.objects.create(
        enrollment=enrollment,
        kind=CommendationKind.PRAISE_LETTER,
        status=CommendationStatus.SENT,
        achievement=achievement,
        given_on=given_on,
        proposed_at=timezone.now(),
        proposed_by=by.acting_user,
    )
    changes = {"achievement": (None, achievement), "given_on": (None, given_on.isoformat())}
    _record(LETTER_EVENT, letter, by, changes)
    return letter


@transaction.atomic
def forward_commendation(*, commendation: Commendation, by: StaffMember) -> Commendation:
    """Điều 13.2: the school has considered it and proposes it to a higher level."""
    check_user_can_sign(by, commendation.enrollment.school_class)
    _move(commendation, CommendationStep.FORWARD, by=by)
    return commendation


@transaction.atomic
def award_commendation(
    *, commendation: Commendation, decision: AwardDecision, by: StaffMember
) -> Commendation:
    school_class = commendation.enrollment.school_class
    check_user_can_sign(by, school_class)
    check_text_present(decision.number, _("Hãy ghi số quyết định."))
    if commendation.is_of_higher_level:
        check_text_present(decision.awarding_body, _("Hãy ghi cấp nào khen thưởng."))
    given_on = decision.given_on or decision.decided_on
    for day in (decision.decided_on, given_on):
        check_day_of_school_year(school_class.school_year, day)
    values = {
        "decision_number": decision.number,
        "decided_on": decision.decided_on,
        "given_on": given_on,
        "awarding_body": decision.awarding_body if commendation.is_of_higher_level else "",
    }
    _move(commendation, CommendationStep.AWARD, by=by, values=values)
    return commendation


@transaction.atomic
def decline_commendation(
    *, commendation: Commendation, reason: str, by: StaffMember
) -> Commendation:
    check_user_can_sign(by, commendation.enrollment.school_class)
    _move(commendation, CommendationStep.DECLINE, by=by, reason=reason)
    return commendation


@transaction.atomic
def withdraw_commendation(
    *, commendation: Commendation, reason: str, by: StaffMember
) -> Commendation:
    """What was written for the wrong pupil: its author, or a leader; an award only a leader."""
    check_user_can_withdraw_commendation(by, commendation)
    _move(commendation, CommendationStep.WITHDRAW, by=by, reason=reason)
    return commendation


def _move(
    commendation: Commendation,
    step: CommendationStep,
    *,
    by: StaffMember,
    reason: str = "",
    values: dict[str, Any] | None = None,
) -> None:
    """Takes the step from where the row stands now, and records it."""
    stands = Commendation.objects.select_for_update().get(pk=commendation.pk)
    check_commendation_step(stands, step, reason)
    transition = commendation_transition(step)
    told = {name: value for name, value in (values or {}).items() if value}
    written: dict[str, Any] = {"status": transition.target, **told}
    if transition.target in DECIDED:
        written |= {"decided_at": timezone.now(), "decided_by": by.acting_user}
    if transition.needs_reason:
        written["closing_reason"] = reason
    Commendation.objects.filter(pk=stands.pk).update(**written)
    commendation.refresh_from_db(fields=[*written])
    changes = {
        name: (None, value.isoformat() if isinstance(value, datetime.date) else value)
        for name, value in told.items()
    }
    _record(transition.event, commendation, by, changes, reason)


def _record(
    event: str, commendation: Commendation, by: StaffMember, changes: Changes, reason: str = ""
) -> None:
    enrollment = commendation.enrollment
    record_event(
        event,
        by=by.acting_user,
        target=commendation,
        scope=Scope(
            enrollment.school_class.school_year.school_id,
            enrollment.school_class_id,
            enrollment.student_id,
        ),
        changes=changes,
        reason=reason,
    )
