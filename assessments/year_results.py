"""The year result of each pupil of a class, as the ruleset derives it."""

from dataclasses import dataclass

from assessments.models import PeriodRecord
from assessments.roster import roster
from rulesets import Period, SubjectOutcome, YearResult, YearSource
from schools.models import SchoolClass
from students.models import Enrollment


@dataclass(frozen=True)
class PupilYear:
    enrollment: Enrollment
    derived: YearResult


def year_results(school_class: SchoolClass) -> list[PupilYear]:
    records = {
        record.enrollment_id: record
        for record in PeriodRecord.objects.filter(
            class_period__school_class=school_class, class_period__period=Period.END_YEAR
        ).prefetch_related("subject_results__test_scores", "trait_results")
    }
    offered = {(row.grade_level, row.subject_code) for row in school_class.subject_offerings.all()}
    ruleset = school_class.school_year.ruleset
    return [
        PupilYear(
            enrollment,
            ruleset.year_result(
                _source(school_class, enrollment, records.get(enrollment.pk), offered)
            ),
        )
        for enrollment in roster(school_class, Period.END_YEAR).select_related("year_decision")
    ]


def _source(
    school_class: SchoolClass,
    enrollment: Enrollment,
    record: PeriodRecord | None,
    offered: set[tuple[int, str]],
) -> YearSource:
    results = {row.subject_code: row for row in record.subject_results.all()} if record else {}
    levels = {row.trait_code: row.level for row in record.trait_results.all()} if record else {}
    subjects = tuple(
        SubjectOutcome(
            code,
            level=(results[code].level or None) if code in results else None,
            score=results[code].effective_score if code in results else None,
        )
        for grade_level, code in sorted(offered)
        if grade_level == enrollment.grade_level
    )
    return YearSource(
        grade_level=enrollment.grade_level,
        subjects=subjects,
        traits=levels,
        is_special_class=school_class.is_special,
        is_not_assessed=enrollment.is_not_assessed,
    )
