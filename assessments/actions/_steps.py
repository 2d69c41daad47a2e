"""How a step of the workflow is taken: conditionally, so that two people cannot both take it."""

import datetime
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone

from assessments.actions._records import class_scope, record_scope
from assessments.errors import StepNotAllowed
from assessments.models import (
    ClassPeriod,
    PeriodRecord,
    SignOff,
    SubjectResult,
    TestScore,
    TraitResult,
    YearDecision,
)
from assessments.payload import digest_of, signed_payload
from assessments.policies import check_can_move, check_step_has_reason
from assessments.sign_off_listeners import tell_of_sign_offs
from assessments.supplementary_policies import check_no_later_decision
from assessments.workflow import Status, Step, transition_for
from audit.events import Happening, record_event, record_events
from rulesets import Period
from schools.models import StaffMember


def move_class_period(
    class_period: ClassPeriod,
    step: Step,
    *,
    by: StaffMember,
    reason: str = "",
    days_late: int = 0,
) -> None:
    """Moves the class and records the event; exactly one row changes, or nothing does."""
    transition = transition_for(step)
    check_step_has_reason(step, reason)
    check_can_move(step, class_period)
    old = class_period.status
    now = timezone.now()
    moved = ClassPeriod.objects.filter(pk=class_period.pk, status=old).update(
        status=transition.target,
        status_reason=reason,
        status_changed_at=now,
        status_changed_by=by.acting_user,
    )
    if moved != 1:
        raise StepNotAllowed
    class_period.status = transition.target
    record_event(
        f"class_period.{transition.event}",
        by=by.acting_user,
        target=class_period,
        scope=class_scope(class_period),
        changes={
            "status": (old, transition.target),
            "period": (None, class_period.period),
            **({"days_late": (None, days_late)} if days_late else {}),
        },
        reason=reason,
    )


def move_records(
    records: Sequence[PeriodRecord], step: Step, *, by: StaffMember, reason: str = ""
) -> None:
    """Moves records that already stand in one of the step's sources, locking as it goes."""
    transition = transition_for(step)
    check_step_has_reason(step, reason)
    now = timezone.now()
    for record in records:
        check_can_move(step, record)
    moved = PeriodRecord.objects.filter(
        pk__in=[record.pk for record in records], status__in=transition.sources
    ).update(
        status=transition.target,
        status_reason=reason,
        status_changed_at=now,
        locked_at=now if transition.target == Status.SIGNED_OFF else None,
    )
    if moved != len(records):
        raise StepNotAllowed
    if step == Step.SIGN_OFF:
        _lock_results(records, now)
        _decisions_of(records).update(
            signed_off_at=now, signed_off_by=by.acting_user, locked_at=now
        )
    if step == Step.REOPEN:
        check_no_later_decision(records)
        _lock_results(records, None)
        _decisions_of(records).update(signed_off_at=None, signed_off_by=None, locked_at=None)
    record_events(
        [
            Happening(
                f"period_record.{transition.event}",
                record,
                record_scope(record),
                {"status": (record.status, transition.target)},
                reason,
            )
            for record in records
        ],
        by=by.acting_user,
    )


def _lock_results(records: Sequence[PeriodRecord], locked_at: datetime.datetime | None) -> None:
    ids = [record.pk for record in records]
    SubjectResult.objects.filter(record__in=ids).update(locked_at=locked_at)
    TestScore.objects.filter(result__record__in=ids).update(locked_at=locked_at)
    TraitResult.objects.filter(record__in=ids).update(locked_at=locked_at)


def _decisions_of(records: Sequence[PeriodRecord]) -> QuerySet[YearDecision]:
    """A year is decided, signed and reopened with the results of its end."""
    return YearDecision.objects.filter(
        enrollment__in=[
            record.enrollment_id
            for record in records
            if record.class_period.period == Period.END_YEAR
        ]
    )


def write_sign_offs(records: Sequence[PeriodRecord], *, by: StaffMember) -> None:
    """The payloads as signed now, each superseding the record's sign-off before it."""
    now = timezone.now()
    earlier = {
        sign_off.record_id: sign_off
        for sign_off in SignOff.objects.filter(record__in=records).in_force()
    }
    sign_offs = SignOff.objects.bulk_create(
        _sign_off(record, earlier.get(record.pk), by, now)
        for record in PeriodRecord.objects.filter(
            pk__in=[record.pk for record in records]
        ).with_results()
    )
    tell_of_sign_offs(sign_offs, by=by.acting_user)


def _sign_off(
    record: PeriodRecord, earlier: SignOff | None, by: StaffMember, now: datetime.datetime
) -> SignOff:
    payload = signed_payload(record, signer=by, signed_at=now)
    return SignOff(
        record=record,
        payload=payload,
        digest=digest_of(payload),
        signed_at=now,
        signed_by=by.acting_user,
        signer=by,
        supersedes=earlier,
    )
