"""One pupil alone: reopened by the principal, corrected, submitted and signed again."""

from django.db import transaction

from assessments.actions._records import lock_class_period
from assessments.actions._requests import grant_pending_requests
from assessments.actions._steps import move_records, write_sign_offs
from assessments.models import PeriodRecord
from assessments.permissions import check_user_can_sign, check_user_is_homeroom_teacher
from assessments.policies import check_record_is_complete
from assessments.workflow import Step
from schools.models import StaffMember


@transaction.atomic
def reopen_record(*, record: PeriodRecord, reason: str, by: StaffMember) -> PeriodRecord:
    check_user_can_sign(by)
    grant_pending_requests(record.class_period, record=record, by=by)
    return _move_alone(record, Step.REOPEN, by=by, reason=reason)


@transaction.atomic
def submit_record(*, record: PeriodRecord, by: StaffMember) -> PeriodRecord:
    check_user_is_homeroom_teacher(by, record.class_period.school_class)
    check_record_is_complete(record)
    return _move_alone(record, Step.SUBMIT, by=by)


@transaction.atomic
def return_record(*, record: PeriodRecord, reason: str, by: StaffMember) -> PeriodRecord:
    check_user_can_sign(by)
    return _move_alone(record, Step.RETURN, by=by, reason=reason)


@transaction.atomic
def sign_off_record(*, record: PeriodRecord, by: StaffMember) -> PeriodRecord:
    check_user_can_sign(by)
    locked = _locked(record)
    write_sign_offs([locked], by=by)
    move_records([locked], Step.SIGN_OFF, by=by)
    return _locked(record)


def _move_alone(
    record: PeriodRecord, step: Step, *, by: StaffMember, reason: str = ""
) -> PeriodRecord:
    move_records([_locked(record)], step, by=by, reason=reason)
    return _locked(record)


def _locked(record: PeriodRecord) -> PeriodRecord:
    class_period = lock_class_period(record.class_period.school_class, record.class_period.period)
    fresh = class_period.records.select_related("enrollment").get(pk=record.pk)
    fresh.class_period = class_period
    return fresh
