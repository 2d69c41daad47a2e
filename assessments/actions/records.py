"""One pupil alone: reopened by the principal, corrected, submitted and signed again."""

import datetime

from django.db import transaction

from assessments.actions._records import lock_record
from assessments.actions._requests import grant_pending_requests
from assessments.actions._steps import move_records, write_sign_offs
from assessments.issue_policies import check_not_issued
from assessments.models import PeriodRecord
from assessments.permissions import check_user_can_sign, check_user_is_homeroom_teacher
from assessments.policies import (
    check_class_is_signed_off,
    check_record_is_complete,
    check_was_seen,
)
from assessments.workflow import Step
from schools.models import StaffMember


@transaction.atomic
def reopen_record(*, record: PeriodRecord, reason: str, by: StaffMember) -> PeriodRecord:
    check_user_can_sign(by, record.class_period.school_class)
    record = _locked(record)
    move_records([record], Step.REOPEN, by=by, reason=reason)
    grant_pending_requests(record.class_period, record=record, by=by)
    return lock_record(record)


@transaction.atomic
def submit_record(*, record: PeriodRecord, by: StaffMember) -> PeriodRecord:
    check_user_is_homeroom_teacher(by, record.class_period.school_class)
    record = _locked(record)
    check_record_is_complete(record)
    move_records([record], Step.SUBMIT, by=by)
    return lock_record(record)


@transaction.atomic
def return_record(*, record: PeriodRecord, reason: str, by: StaffMember) -> PeriodRecord:
    check_user_can_sign(by, record.class_period.school_class)
    record = _locked(record)
    move_records([record], Step.RETURN, by=by, reason=reason)
    return lock_record(record)


@transaction.atomic
def sign_off_record(
    *, record: PeriodRecord, by: StaffMember, seen_at: datetime.datetime | None = None
) -> PeriodRecord:
    check_user_can_sign(by, record.class_period.school_class)
    record = _locked(record)
    if seen_at:
        check_was_seen(record, seen_at)
    write_sign_offs([record], by=by)
    move_records([record], Step.SIGN_OFF, by=by)
    return lock_record(record)


def _locked(record: PeriodRecord) -> PeriodRecord:
    """Read afresh under its class's lock; until that is signed off, a pupil goes with the class."""
    record = lock_record(record)
    check_class_is_signed_off(record.class_period)
    check_not_issued([record.enrollment_id])
    return record
