"""Another test (Điều 7.1.d): the teacher proposes, a leader answers, the new score is added."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.actions._records import lock_record, record_scope
from assessments.actions.records import reopen_record
from assessments.errors import ReasonMissing, StepNotAllowed
from assessments.issue_policies import check_not_issued
from assessments.models import PeriodRecord, Retest, SubjectResult, TestScore
from assessments.permissions import check_user_can_sign, check_user_teaches_pupil
from assessments.policies import check_record_is_editable, check_score
from assessments.retest_policies import (
    check_no_signature_is_awaited,
    check_retest_can_be_proposed,
    check_retest_step_has_reason,
    check_test_day,
)
from assessments.retest_workflow import PROPOSAL_EVENT, RetestStep, retest_transition
from assessments.workflow import Status
from audit.events import Changes, record_event
from schools.models import StaffMember


@transaction.atomic
def propose_retest(
    *, record: PeriodRecord, subject_code: str, reason: str, by: StaffMember
) -> Retest:
    """A subject teacher finds a score abnormal against her everyday assessment."""
    _check_teacher(by, record, subject_code)
    if not reason.strip():
        raise ReasonMissing(_("Hãy ghi lý do để hiệu trưởng quyết định."))
    record = lock_record(record)
    check_not_issued([record.enrollment_id])
    retest = Retest.objects.create(
        record=record,
        subject_code=subject_code,
        questioned_score=check_retest_can_be_proposed(record, subject_code),
        reason=reason,
        proposed_at=timezone.now(),
        proposed_by=by.acting_user,
    )
    _record(PROPOSAL_EVENT, retest, record, by, {}, reason)
    return retest


@transaction.atomic
def agree_to_retest(*, retest: Retest, by: StaffMember) -> Retest:
    """What was signed off is reopened for this pupil alone; the rest of the class stays signed."""
    check_user_can_sign(by, retest.record.class_period.school_class)
    record = lock_record(retest.record)
    check_no_signature_is_awaited(record)
    check_not_issued([record.enrollment_id])
    _move(retest, RetestStep.AGREE, record, by=by)
    if record.status == Status.SIGNED_OFF:
        reopen_record(record=record, reason=retest.reason, by=by)
    return retest


@transaction.atomic
def decline_retest(*, retest: Retest, reason: str, by: StaffMember) -> Retest:
    check_user_can_sign(by, retest.record.class_period.school_class)
    record = lock_record(retest.record)
    _move(retest, RetestStep.DECLINE, record, by=by, reason=reason)
    return retest


@transaction.atomic
def withdraw_retest(*, retest: Retest, reason: str, by: StaffMember) -> Retest:
    """The teacher's own second thought, or a test that could not be held after all."""
    _check_teacher(by, retest.record, retest.subject_code)
    record = lock_record(retest.record)
    _move(retest, RetestStep.WITHDRAW, record, by=by, reason=reason)
    return retest


@transaction.atomic
def enter_retest_score(
    *, retest: Retest, score: int, taken_on: datetime.date, by: StaffMember
) -> TestScore:
    """A further attempt, which counts from now on; the scores before it stay as they are."""
    _check_teacher(by, retest.record, retest.subject_code)
    record = lock_record(retest.record)
    check_record_is_editable(record)
    check_not_issued([record.enrollment_id])
    check_score(record.class_period.school_class.school_year.ruleset.score_scale, score)
    check_test_day(retest, taken_on)
    result = record.subject_results.get(subject_code=retest.subject_code)
    last = result.attempts[-1]
    changes = {
        "score": (last.score, score),
        "attempt": (last.attempt, last.attempt + 1),
        "taken_on": (None, taken_on.isoformat()),
    }
    _move(retest, RetestStep.TAKE, record, by=by, changes=changes)
    SubjectResult.objects.filter(pk=result.pk).update(
        saved_at=timezone.now(), saved_by=by.acting_user
    )
    return TestScore.objects.create(
        result=result, attempt=last.attempt + 1, score=score, taken_on=taken_on, retest=retest
    )


def _check_teacher(staff: StaffMember, record: PeriodRecord, subject_code: str) -> None:
    school_class = record.class_period.school_class
    check_user_teaches_pupil(staff, school_class, record.enrollment.grade_level, subject_code)


def _move(
    retest: Retest,
    step: RetestStep,
    record: PeriodRecord,
    *,
    by: StaffMember,
    reason: str = "",
    changes: Changes | None = None,
) -> None:
    """Takes the step and records it; exactly one row changes, or nothing does."""
    check_retest_step_has_reason(step, reason)
    transition = retest_transition(step)
    values: dict[str, Any] = {"status": transition.target}
    if step in {RetestStep.AGREE, RetestStep.DECLINE}:
        values |= {"answered_at": timezone.now(), "answered_by": by.acting_user}
    if transition.needs_reason:
        values["closing_reason"] = reason
    waiting = Retest.objects.filter(pk=retest.pk, status__in=transition.sources)
    if waiting.update(**values) != 1:
        raise StepNotAllowed(
            _("Đề nghị kiểm tra lại này vừa thay đổi nên chưa làm được gì; hãy tải lại trang.")
        )
    retest.refresh_from_db(fields=[*values])
    _record(transition.event, retest, record, by, changes or {}, reason)


def _record(
    event: str,
    retest: Retest,
    record: PeriodRecord,
    by: StaffMember,
    changes: Changes,
    reason: str,
) -> None:
    record_event(
        event,
        by=by.acting_user,
        target=retest,
        scope=record_scope(record),
        changes={"subject": (None, retest.subject_code), **changes},
        reason=reason,
    )
