import datetime
from collections.abc import Mapping

from django.db import transaction

from assessments.actions._records import ensure_records, lock_class_period
from assessments.actions._requests import grant_pending_requests
from assessments.actions._steps import move_class_period, move_records, write_sign_offs
from assessments.issue_policies import check_not_issued
from assessments.models import ClassPeriod, PeriodRecord
from assessments.permissions import check_user_can_sign, check_user_is_homeroom_teacher
from assessments.policies import (
    check_class_is_complete,
    check_period_has_opened,
    check_roster_has_pupils,
    check_subjects_are_confirmed,
    check_was_seen,
)
from assessments.roster import roster
from assessments.workflow import Status, Step, transition_for
from audit.events import recorded_together
from schools.models import SchoolClass, StaffMember


@transaction.atomic
@recorded_together()
def submit_class_period(*, school_class: SchoolClass, period: str, by: StaffMember) -> ClassPeriod:
    """Hand the class to the principal, late too; the roster is frozen as it stands."""
    check_user_is_homeroom_teacher(by, school_class)
    time = check_period_has_opened(school_class, period)
    class_period = lock_class_period(school_class, period)
    days_late = time.days_late if class_period.status == Status.OPEN else 0
    check_roster_has_pupils(school_class, period)
    check_class_is_complete(school_class, period)
    check_subjects_are_confirmed(school_class, class_period)
    ensure_records(class_period, roster(school_class, period).values_list("pk", flat=True))
    records = _records_in(class_period, Step.SUBMIT)
    move_class_period(class_period, Step.SUBMIT, by=by, days_late=days_late)
    move_records(records, Step.SUBMIT, by=by)
    return class_period


@transaction.atomic
@recorded_together()
def return_class_period(
    *,
    class_period: ClassPeriod,
    reason: str,
    pupil_reasons: Mapping[int, str] | None = None,
    by: StaffMember,
) -> ClassPeriod:
    """`pupil_reasons` says by record what is to be mended for single pupils."""
    check_user_can_sign(by, class_period.school_class)
    class_period = lock_class_period(class_period.school_class, class_period.period)
    records = _records_in(class_period, Step.RETURN)
    own = {pk: text for pk, text in (pupil_reasons or {}).items() if text.strip()}
    move_class_period(class_period, Step.RETURN, by=by, reason=reason)
    move_records([row for row in records if row.pk not in own], Step.RETURN, by=by, reason=reason)
    for record in records:
        if record.pk in own:
            move_records([record], Step.RETURN, by=by, reason=own[record.pk])
    return class_period


@transaction.atomic
@recorded_together()
def sign_off_class_period(
    *, class_period: ClassPeriod, by: StaffMember, seen_at: datetime.datetime | None = None
) -> ClassPeriod:
    """Sign the class: every pupil's payload is kept with its digest, and locked.

    `seen_at` is when the class was handed in, as the page showed it.
    """
    check_user_can_sign(by, class_period.school_class)
    class_period = lock_class_period(class_period.school_class, class_period.period)
    if seen_at:
        check_was_seen(class_period, seen_at)
    records = _records_in(class_period, Step.SIGN_OFF)
    move_class_period(class_period, Step.SIGN_OFF, by=by)
    write_sign_offs(records, by=by)
    move_records(records, Step.SIGN_OFF, by=by)
    return class_period


@transaction.atomic
@recorded_together()
def reopen_class_period(*, class_period: ClassPeriod, reason: str, by: StaffMember) -> ClassPeriod:
    """Pupils who await their own signature go back to the teachers with their class."""
    check_user_can_sign(by, class_period.school_class)
    class_period = lock_class_period(class_period.school_class, class_period.period)
    signed, awaiting = (_records_in(class_period, step) for step in (Step.REOPEN, Step.RETURN))
    move_class_period(class_period, Step.REOPEN, by=by, reason=reason)
    move_records(signed, Step.REOPEN, by=by, reason=reason)
    move_records(awaiting, Step.RETURN, by=by, reason=reason)
    grant_pending_requests(class_period, by=by)
    return class_period


def _records_in(class_period: ClassPeriod, step: Step) -> list[PeriodRecord]:
    """The class's records that take the step with it; a pupil reopened alone goes her own way."""
    sources: tuple[Status, ...] = transition_for(step).sources
    pupils = roster(class_period.school_class, class_period.period)
    in_source = class_period.records.filter(status__in=sources, enrollment__in=pupils)
    records = list(in_source.select_related("enrollment"))
    check_not_issued([record.enrollment_id for record in records])
    for record in records:
        record.class_period = class_period
    return records
