"""Results as rows, without the steps that lead to them."""

from typing import Any

from django.utils import timezone

from assessments.models import (
    ClassPeriod,
    PeriodRecord,
    SubjectResult,
    TestScore,
    TraitResult,
    YearDecision,
)
from rulesets import Period
from schools.models import SchoolClass, SchoolYear
from students.models import Enrollment
from tests import factories
from tests.cast import Cast

END_TERM_1, END_YEAR = Period.END_TERM_1, Period.END_YEAR


def pupil(school_class: SchoolClass, *, grade_level: int = 0, **facts: Any) -> Enrollment:
    """A boy of the Kinh, but for what is said otherwise."""
    enrolled = {"grade_level": grade_level or school_class.lowest_grade}
    if facts.pop("is_not_assessed", False):
        enrolled["is_not_assessed"] = True
    student = factories.make_student("Phan Gia Bảo", **{"gender": "male", **facts})
    return factories.enroll(student, school_class, **enrolled)


def record_of(enrollment: Enrollment, period: str = END_TERM_1) -> PeriodRecord:
    class_period, _ = ClassPeriod.objects.get_or_create(
        school_class=enrollment.school_class, period=period
    )
    record, _ = PeriodRecord.objects.get_or_create(class_period=class_period, enrollment=enrollment)
    return record


def enter(
    cast: Cast,
    enrollment: Enrollment,
    level: str,
    *scores: int,
    subject: str = "toan",
    period: str = END_TERM_1,
) -> SubjectResult:
    """Of several scores the later ones are of retests, so here only the first is a row."""
    result = SubjectResult.objects.create(
        record=record_of(enrollment, period),
        subject_code=subject,
        level=level,
        saved_at=timezone.now(),
        saved_by=cast.ngoc.user,
    )
    for score in scores:
        TestScore.objects.create(result=result, score=score)
    return result


def enter_trait(cast: Cast, enrollment: Enrollment, trait: str, level: str) -> TraitResult:
    return TraitResult.objects.create(
        record=record_of(enrollment),
        trait_code=trait,
        level=level,
        saved_at=timezone.now(),
        saved_by=cast.ngoc.user,
    )


def decide(cast: Cast, enrollment: Enrollment, outcome: str, **fields: Any) -> YearDecision:
    has_completed = outcome != "not_completed"
    is_last = enrollment.grade_level == 5
    return YearDecision.objects.create(
        **{
            "enrollment": enrollment,
            "grade_level": enrollment.grade_level,
            "ruleset_key": "tt27",
            "derived_result": outcome,
            "confirmed_result": outcome,
            "has_completed": has_completed,
            "is_promoted": True if has_completed and not is_last else None,
            "decided_at": timezone.now(),
            "decided_by": cast.ngoc.user,
            **fields,
        }
    )


def full_class(
    cast: Cast,
    year: SchoolYear,
    name: str,
    grade_level: int,
    *,
    pupils: int,
    period: str = END_TERM_1,
) -> None:
    """Every second pupil a girl; all T and 9 in Toán."""
    school_class = factories.make_class(year, name, (grade_level,))
    for number in range(pupils):
        gender = "female" if number % 2 else "male"
        enter(cast, pupil(school_class, gender=gender), "T", 9, period=period)
