"""The summer of those who have not completed the year's programme (Điều 11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.completeness import expectations
from assessments.models import PeriodRecord, SubjectResult, SupplementaryAssessment, YearDecision
from assessments.models.supplementary import SupplementaryAssessmentQuerySet
from assessments.workflow import Status
from assessments.year_results import levels_by_trait, results_by_subject, year_source
from rulesets import Period, Ruleset, YearResult, YearRow
from schools.models import School, SchoolClass
from students.models import Enrollment
from students.models.enrollment import EnrollmentQuerySet

WITH_THE_PRINCIPAL = (Status.SUBMITTED, Status.SIGNED_OFF)


@dataclass(frozen=True)
class Reassessed:
    """What is assessed again: codes of subjects and of traits."""

    subjects: tuple[str, ...]
    traits: tuple[str, ...]


@dataclass(frozen=True)
class SummerCase:
    """A pupil who has not completed the programme, and how far her summer has come."""

    enrollment: Enrollment
    assessment: SupplementaryAssessment | None

    @property
    def is_decided(self) -> bool:
        return self.assessment is not None and self.assessment.is_decided

    @property
    def status(self) -> str:
        return self.assessment.record.status if self.assessment else ""


def not_completed() -> EnrollmentQuerySet:
    """Pupils whose signed year says so."""
    signed = YearDecision.objects.filter(has_completed=False, signed_off_at__isnull=False)
    return Enrollment.objects.filter(year_decision__in=signed)


def summer_cases(school_class: SchoolClass) -> list[SummerCase]:
    pupils = not_completed().filter(school_class=school_class)
    assessments = {
        row.record.enrollment_id: row for row in assessments_of_class(school_class).with_pupil()
    }
    return [
        SummerCase(enrollment, assessments.get(enrollment.pk))
        for enrollment in pupils.select_related("student").in_roll_order()
    ]


def assessments_of(school: School) -> SupplementaryAssessmentQuerySet:
    return SupplementaryAssessment.objects.for_school(school).with_pupil()


def summers_awaiting_decision(school: School) -> SupplementaryAssessmentQuerySet:
    return assessments_of(school).filter(record__status=Status.SUBMITTED)


def summers_with_teachers(classes: Sequence[SchoolClass]) -> list[SummerCase]:
    """Of homeroom classes: pupils without a plan, and those whose summer is under way."""
    pupils = (
        not_completed()
        .filter(school_class__in=classes)
        .exclude(period_records__supplementary_assessment__record__status__in=WITH_THE_PRINCIPAL)
        .select_related("student", "school_class")
        .in_roll_order()
    )
    assessments = {
        row.record.enrollment_id: row
        for row in SupplementaryAssessment.objects.filter(
            record__enrollment__in=pupils
        ).select_related("record")
    }
    return [SummerCase(pupil, assessments.get(pupil.pk)) for pupil in pupils]


def assessment_of(enrollment: Enrollment) -> SupplementaryAssessment | None:
    return SupplementaryAssessment.objects.filter(record__enrollment=enrollment).first()


def assessments_of_class(school_class: SchoolClass) -> SupplementaryAssessmentQuerySet:
    return SupplementaryAssessment.objects.filter(record__class_period__school_class=school_class)


def shortfalls(ruleset: Ruleset, first: YearResult) -> Reassessed:
    """What kept the pupil from completing: the natural content of a plan."""
    reasons = first.reasons_against(lowest_completed(ruleset).outcome)
    named = [reason.params for reason in reasons]
    return Reassessed(
        subjects=_codes_named(named, "subject"),
        traits=_codes_named(named, "trait"),
    )


def lowest_completed(ruleset: Ruleset) -> YearRow:
    return ruleset.year_rows[-2]


def _codes_named(named: list[Mapping[str, str | int]], noun: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(params[noun]) for params in named if noun in params))


def first_result(school_class: SchoolClass, enrollment: Enrollment) -> YearResult:
    first = end_of_year_record(enrollment)
    return _derived(school_class, enrollment, results_by_subject(first), levels_by_trait(first))


def later_result(assessment: SupplementaryAssessment) -> YearResult:
    """Derived from the first results and, for what is assessed again, from the later ones only."""
    enrollment = assessment.record.enrollment
    first = end_of_year_record(enrollment)
    later = with_results(assessment.record)
    results = {
        code: row
        for code, row in results_by_subject(first).items()
        if code not in assessment.subject_codes
    }
    levels = {
        code: level
        for code, level in levels_by_trait(first).items()
        if code not in assessment.trait_codes
    }
    return _derived(
        assessment.record.class_period.school_class,
        enrollment,
        results | results_by_subject(later),
        levels | levels_by_trait(later),
    )


def with_results(record: PeriodRecord) -> PeriodRecord:
    """Read afresh, with all that a year result is derived from."""
    return PeriodRecord.objects.prefetch_related(
        "subject_results__test_scores", "trait_results"
    ).get(pk=record.pk)


def end_of_year_record(enrollment: Enrollment) -> PeriodRecord:
    first = PeriodRecord.objects.get(enrollment=enrollment, class_period__period=Period.END_YEAR)
    return with_results(first)


def _derived(
    school_class: SchoolClass,
    enrollment: Enrollment,
    results: Mapping[str, SubjectResult],
    levels: Mapping[str, str],
) -> YearResult:
    subjects = expectations(school_class, Period.END_YEAR)[enrollment.grade_level].subjects
    source = year_source(
        school_class, enrollment, subjects=subjects, results=results, levels=levels
    )
    return school_class.school_year.ruleset.year_result(source)
