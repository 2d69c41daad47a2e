"""Anh's summer, for tests: what each state begins with, and its steps."""

import pytest

from assessments import actions
from assessments.models import SupplementaryAssessment
from students.models import Enrollment
from tests.assessments import year_ends
from tests.assessments.year_ends import PLAN
from tests.cast import Cast


@pytest.fixture
def planned(in_july: Cast) -> SupplementaryAssessment:
    return year_ends.plan(in_july)


@pytest.fixture
def reassessed(planned: SupplementaryAssessment, cast: Cast) -> SupplementaryAssessment:
    year_ends.save_later(cast, planned, level="H", score=6)
    return planned


@pytest.fixture
def still_lacking(planned: SupplementaryAssessment, cast: Cast) -> SupplementaryAssessment:
    year_ends.save_later(cast, planned, level="C", score=4)
    return planned


def submit(
    assessment: SupplementaryAssessment, cast: Cast, case_reason: str = ""
) -> SupplementaryAssessment:
    return actions.submit_supplementary_assessment(
        assessment=assessment, case_reason=case_reason, by=cast.ngoc
    )


def decide(
    assessment: SupplementaryAssessment, cast: Cast, promoted: bool | None, reason: str = ""
) -> SupplementaryAssessment:
    return actions.decide_supplementary_assessment(
        assessment=assessment, is_promoted=promoted, reason=reason, by=cast.hanh
    )


def stored(assessment: SupplementaryAssessment) -> SupplementaryAssessment:
    return SupplementaryAssessment.objects.with_pupil().get(pk=assessment.pk)


def plan_for(cast: Cast, pupil: Enrollment, **plan: object) -> SupplementaryAssessment:
    plan = {"plan": PLAN, "subject_codes": ["toan"], "trait_codes": [], **plan}
    return actions.plan_supplementary_assessment(enrollment=pupil, by=cast.ngoc, **plan)
