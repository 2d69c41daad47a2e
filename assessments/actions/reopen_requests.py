from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.actions._records import lock_class_period, lock_record
from assessments.actions._requests import scope_of
from assessments.actions.class_periods import reopen_class_period
from assessments.actions.records import reopen_record
from assessments.errors import NotOnRoster, ReasonMissing, StepNotAllowed
from assessments.issue_policies import check_not_issued
from assessments.models import ClassPeriod, PeriodRecord, ReopenRequest
from assessments.permissions import check_user_can_ask_to_reopen, check_user_can_sign
from assessments.policies import check_can_move
from assessments.workflow import Step
from audit.events import record_event
from schools.models import StaffMember


@transaction.atomic
def request_reopening(
    *,
    class_period: ClassPeriod,
    reason: str,
    by: StaffMember,
    record: PeriodRecord | None = None,
) -> ReopenRequest:
    """Ask the principal to reopen the class, or one pupil of it."""
    check_user_can_ask_to_reopen(by, class_period.school_class)
    if not reason.strip():
        raise ReasonMissing
    class_period = lock_class_period(class_period.school_class, class_period.period)
    record = _pupils_record(class_period, record) if record else None
    check_can_move(Step.REOPEN, record or class_period)
    check_not_issued(
        [record.enrollment_id]
        if record
        else class_period.records.values_list("enrollment", flat=True)
    )
    if ReopenRequest.objects.pending().filter(class_period=class_period, record=record).exists():
        raise StepNotAllowed(_("Đề nghị mở lại trước đó đang chờ hiệu trưởng trả lời."))
    request = ReopenRequest.objects.create(
        class_period=class_period,
        record=record,
        reason=reason,
        asked_at=timezone.now(),
        asked_by=by.acting_user,
    )
    record_event(
        "reopen_request.asked",
        by=by.acting_user,
        target=request,
        scope=scope_of(request),
        reason=reason,
    )
    return request


@transaction.atomic
def decide_reopen_request(
    *, request: ReopenRequest, is_granted: bool, by: StaffMember
) -> ReopenRequest:
    asked_for = request.class_period
    check_user_can_sign(by, asked_for.school_class)
    lock_class_period(asked_for.school_class, asked_for.period)
    decided = (
        ReopenRequest.objects.pending()
        .filter(pk=request.pk)
        .update(is_granted=is_granted, decided_at=timezone.now(), decided_by=by.acting_user)
    )
    if decided != 1:
        raise StepNotAllowed(_("Đề nghị này đã được trả lời."))
    if is_granted:
        _reopen(request, by)
    record_event(
        "reopen_request.granted" if is_granted else "reopen_request.refused",
        by=by.acting_user,
        target=request,
        scope=scope_of(request),
    )
    return request


def _pupils_record(class_period: ClassPeriod, record: PeriodRecord) -> PeriodRecord:
    if record.class_period_id != class_period.pk:
        raise NotOnRoster
    return lock_record(record)


def _reopen(request: ReopenRequest, by: StaffMember) -> None:
    if request.record:
        reopen_record(record=request.record, reason=request.reason, by=by)
    else:
        reopen_class_period(class_period=request.class_period, reason=request.reason, by=by)
