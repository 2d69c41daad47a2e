from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.actions._records import class_scope, lock_class_period
from assessments.errors import RecordLocked
from assessments.models import YearDecision
from assessments.permissions import check_user_is_homeroom_teacher
from assessments.policies import check_period_has_opened
from assessments.year_results import PupilYear, year_results
from audit.events import Happening, Scope, record_events
from rulesets import Period, YearOutcome
from schools.models import SchoolClass, StaffMember
from schools.models.classes import HIGHEST_GRADE


@transaction.atomic
def confirm_year_decisions(*, school_class: SchoolClass, by: StaffMember) -> list[YearDecision]:
    """The homeroom teacher confirms the results that the rule derives (Điều 9.2).

    Pupils whose results are incomplete are passed over, and those who are not with their
    teachers: when one pupil is reopened alone, hers is the only one confirmed. Whoever has not
    completed the programme waits for supplementary assessment: her promotion stays undecided.
    """
    check_user_is_homeroom_teacher(by, school_class)
    check_period_has_opened(school_class, Period.END_YEAR)
    class_period = lock_class_period(school_class, Period.END_YEAR)
    years = year_results(school_class)
    if not class_period.is_editable and not any(row.is_editable for row in years):
        raise RecordLocked(_("Kết quả cuối năm đã gửi hoặc đã ký duyệt nên không đổi được."))
    pupils = [row for row in years if row.can_be_confirmed]
    before = {
        decision.enrollment_id: decision.confirmed_result
        for decision in YearDecision.objects.filter(
            enrollment__in=[row.enrollment for row in pupils]
        )
    }
    decisions = YearDecision.objects.bulk_create(
        [_decision(row, school_class, by) for row in pupils],
        update_conflicts=True,
        unique_fields=["enrollment"],
        update_fields=[
            "derived_result",
            "confirmed_result",
            "has_completed",
            "is_promoted",
            "reward",
            "decided_at",
            "decided_by",
        ],
    )
    scope = class_scope(class_period)
    record_events(
        [
            Happening(
                "year_decision.confirmed",
                row.enrollment,
                Scope(scope.school_id, scope.school_class_id, row.enrollment.student_id),
                {"result": (before.get(row.enrollment.pk), row.derived.outcome.value)},
            )
            for row in pupils
        ],
        by=by.acting_user,
    )
    return decisions


def _decision(row: PupilYear, school_class: SchoolClass, by: StaffMember) -> YearDecision:
    outcome = row.derived.outcome
    has_completed = outcome != YearOutcome.NOT_COMPLETED
    is_last_grade = row.enrollment.grade_level == HIGHEST_GRADE
    return YearDecision(
        enrollment=row.enrollment,
        grade_level=row.enrollment.grade_level,
        ruleset_key=school_class.school_year.ruleset_key,
        derived_result=outcome,
        confirmed_result=outcome,
        has_completed=has_completed,
        is_promoted=True if has_completed and not is_last_grade else None,
        reward=school_class.school_year.ruleset.outcome_reward(outcome),
        decided_at=timezone.now(),
        decided_by=by.acting_user,
    )
