from assessments.actions._records import lock_class_period
from assessments.issue_policies import check_not_issued
from assessments.models import SupplementaryAssessment
from rulesets import Period


def lock_assessment(assessment: SupplementaryAssessment) -> SupplementaryAssessment:
    """As it stands now, under the lock of its class's summer; no card of the year is in force."""
    class_period = lock_class_period(
        assessment.record.class_period.school_class, Period.SUPPLEMENTARY
    )
    fresh = SupplementaryAssessment.objects.with_pupil().get(pk=assessment.pk)
    fresh.record.class_period = class_period
    check_not_issued([fresh.record.enrollment_id])
    return fresh


def lock_assessment_and_year(assessment: SupplementaryAssessment) -> SupplementaryAssessment:
    """Nobody reopens the year's end while the summer is decided upon it."""
    lock_class_period(assessment.record.class_period.school_class, Period.END_YEAR)
    return lock_assessment(assessment)
