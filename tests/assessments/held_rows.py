"""The rows behind a report card, and the lock that stands on them while it is in force."""

from django.db import transaction
from django.utils import timezone

from assessments.issue_locks import hold_enrollments
from assessments.models import (
    PeriodRecord,
    SubjectResult,
    SupplementaryAssessment,
    TestScore,
    TraitResult,
    YearDecision,
)
from students.models import Enrollment

HELD = [
    PeriodRecord,
    SubjectResult,
    TestScore,
    TraitResult,
    YearDecision,
    SupplementaryAssessment,
]


def hold(*pupils: Enrollment) -> None:
    with transaction.atomic():
        hold_enrollments(pupils, timezone.now())


def everything() -> list[list[dict[str, object]]]:
    return [list(model._base_manager.values()) for model in HELD]
