"""The summer of one pupil: planned, assessed again, put before the principal, decided by her."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.actions._records import ensure_records, lock_class_period, record_scope
from assessments.actions._steps import move_records, write_sign_offs
from assessments.actions._supplementary import lock_assessment, lock_assessment_and_year
from assessments.errors import InvalidEntry
from assessments.issue_policies import check_not_issued
from assessments.models import PeriodRecord, SupplementaryAssessment
from assessments.permissions import check_user_can_sign, check_user_is_homeroom_teacher
from assessments.policies import check_can_move, check_record_is_editable
from assessments.supplementary import later_result
from assessments.supplementary_policies import (
    check_case_is_complete,
    check_is_not_completed,
    check_keeps_what_was_entered,
    check_plan_content,
    check_promotion,
)
from assessments.workflow import Step
from audit.events import record_event
from rulesets import Period
from schools.models import StaffMember
from students.models import Enrollment

PLANNED = ("plan", "subject_codes", "trait_codes")


@transaction.atomic
def plan_supplementary_assessment(
    *,
    enrollment: Enrollment,
    plan: str,
    subject_codes: Sequence[str],
    trait_codes: Sequence[str],
    by: StaffMember,
) -> SupplementaryAssessment:
    """The homeroom teacher says what is assessed again and how the pupil is helped until then."""
    check_user_is_homeroom_teacher(by, enrollment.school_class)
    check_is_not_completed(enrollment)
    if not plan.strip():
        raise InvalidEntry(_("Hãy ghi kế hoạch hướng dẫn, giúp đỡ em."))
    check_plan_content(enrollment, subject_codes, trait_codes)
    record = _open_record(enrollment)
    check_keeps_what_was_entered(record, subject_codes, trait_codes)
    assessment = _known(record) or SupplementaryAssessment(
        record=record, grade_level=enrollment.grade_level
    )
    before = {name: getattr(assessment, name) for name in PLANNED}
    assessment.plan = plan
    assessment.subject_codes, assessment.trait_codes = list(subject_codes), list(trait_codes)
    assessment.planned_at, assessment.planned_by = timezone.now(), by.acting_user
    assessment.save()
    record_event(
        "supplementary_assessment.planned",
        by=by.acting_user,
        target=record,
        scope=record_scope(record),
        changes={
            name: (_as_text(before[name]), _as_text(getattr(assessment, name)))
            for name in PLANNED
            if before[name] != getattr(assessment, name)
        },
    )
    return assessment


def _open_record(enrollment: Enrollment) -> PeriodRecord:
    class_period = lock_class_period(enrollment.school_class, Period.SUPPLEMENTARY)
    record = ensure_records(class_period, [enrollment.pk])[enrollment.pk]
    record.enrollment, record.class_period = enrollment, class_period
    check_record_is_editable(record)
    check_not_issued([enrollment.pk])
    return record


def _known(record: PeriodRecord) -> SupplementaryAssessment | None:
    return SupplementaryAssessment.objects.filter(record=record).first()


def _as_text(value: str | list[str]) -> str | None:
    return (value if isinstance(value, str) else ", ".join(value)) or None


@transaction.atomic
def submit_supplementary_assessment(
    *, assessment: SupplementaryAssessment, case_reason: str = "", by: StaffMember
) -> SupplementaryAssessment:
    """To the principal: as completed, or with the reason why she has to decide the promotion."""
    check_user_is_homeroom_teacher(by, assessment.record.class_period.school_class)
    assessment = lock_assessment(assessment)
    check_can_move(Step.SUBMIT, assessment.record)
    check_is_not_completed(assessment.record.enrollment)
    result = later_result(assessment)
    check_case_is_complete(result, case_reason)
    assessment.derived_result, assessment.case_reason = result.outcome, case_reason
    assessment.save(update_fields=["derived_result", "case_reason"])
    move_records([assessment.record], Step.SUBMIT, by=by)
    return assessment


@transaction.atomic
def return_supplementary_assessment(
    *, assessment: SupplementaryAssessment, reason: str, by: StaffMember
) -> SupplementaryAssessment:
    check_user_can_sign(by, assessment.record.class_period.school_class)
    assessment = lock_assessment(assessment)
    move_records([assessment.record], Step.RETURN, by=by, reason=reason)
    return assessment


@transaction.atomic
def decide_supplementary_assessment(
    *,
    assessment: SupplementaryAssessment,
    is_promoted: bool | None,
    reason: str = "",
    by: StaffMember,
) -> SupplementaryAssessment:
    """The principal signs the later results, and decides the promotion of who still lacks."""
    check_user_can_sign(by, assessment.record.class_period.school_class)
    assessment = lock_assessment_and_year(assessment)
    check_can_move(Step.SIGN_OFF, assessment.record)
    check_is_not_completed(assessment.record.enrollment)
    result = later_result(assessment)
    ruleset = assessment.record.class_period.school_class.school_year.ruleset
    has_completed = ruleset.is_completed(result.outcome)
    check_promotion(assessment, has_completed=has_completed, is_promoted=is_promoted, reason=reason)
    now = timezone.now()
    SupplementaryAssessment.objects.filter(pk=assessment.pk).update(
        derived_result=result.outcome,
        has_completed=has_completed,
        is_promoted=is_promoted,
        decision_reason=reason,
        decided_at=now,
        decided_by=by.acting_user,
        locked_at=now,
    )
    write_sign_offs([assessment.record], by=by)
    move_records([assessment.record], Step.SIGN_OFF, by=by)
    record_event(
        "supplementary_assessment.decided",
        by=by.acting_user,
        target=assessment.record,
        scope=record_scope(assessment.record),
        changes={
            "result": (None, result.outcome.value),
            "has_completed": (None, has_completed),
            "is_promoted": (None, is_promoted),
        },
        reason=reason,
    )
    return lock_assessment(assessment)


@transaction.atomic
def reopen_supplementary_assessment(
    *, assessment: SupplementaryAssessment, reason: str, by: StaffMember
) -> SupplementaryAssessment:
    check_user_can_sign(by, assessment.record.class_period.school_class)
    assessment = lock_assessment(assessment)
    check_can_move(Step.REOPEN, assessment.record)
    SupplementaryAssessment.objects.filter(pk=assessment.pk).update(
        decided_at=None, decided_by=None, locked_at=None
    )
    move_records([assessment.record], Step.REOPEN, by=by, reason=reason)
    return lock_assessment(assessment)
