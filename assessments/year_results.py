"""The year result of each pupil of a class, as the ruleset derives it."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.models import PeriodRecord
from assessments.roster import roster
from rulesets import Period, SubjectOutcome, YearOutcome, YearResult, YearSource
from schools.models import SchoolClass
from students.models import Enrollment

UNDECIDED = frozenset({YearOutcome.INCOMPLETE, YearOutcome.NOT_ASSESSED})


@dataclass(frozen=True)
class PupilYear:
    enrollment: Enrollment
    record: PeriodRecord | None
    derived: YearResult

    @property
    def is_editable(self) -> bool:
        return self.record is None or self.record.is_editable

    @property
    def can_be_confirmed(self) -> bool:
        return self.is_editable and self.derived.outcome not in UNDECIDED


def year_results(school_class: SchoolClass) -> list[PupilYear]:
    records = {
        record.enrollment_id: record
        for record in PeriodRecord.objects.filter(
            class_period__school_class=school_class, class_period__period=Period.END_YEAR
        ).prefetch_related("subject_results__test_scores", "trait_results")
    }
    offered = [(row.grade_level, row.subject_code) for row in school_class.subject_offerings.all()]
    return [
        pupil_year(
            school_class,
            enrollment,
            records.get(enrollment.pk),
            subjects=[
                code for grade_level, code in offered if grade_level == enrollment.grade_level
            ],
        )
        for enrollment in roster(school_class, Period.END_YEAR).select_related("year_decision")
    ]


def pupil_year(
    school_class: SchoolClass,
    enrollment: Enrollment,
    record: PeriodRecord | None,
    *,
    subjects: Iterable[str],
) -> PupilYear:
    """`subjects` are the codes that the pupil's grade is offered."""
    source = _source(school_class, enrollment, record, subjects)
    return PupilYear(enrollment, record, school_class.school_year.ruleset.year_result(source))


def has_changed_since(pupil: PupilYear) -> bool:
    """The results, so that they no longer give what was confirmed."""
    outcome = pupil.derived.outcome
    return outcome not in UNDECIDED and pupil.enrollment.year_decision.derived_result != outcome


def _source(
    school_class: SchoolClass,
    enrollment: Enrollment,
    record: PeriodRecord | None,
    subjects: Iterable[str],
) -> YearSource:
    results = {row.subject_code: row for row in record.subject_results.all()} if record else {}
    levels = {row.trait_code: row.level for row in record.trait_results.all()} if record else {}
    outcomes = tuple(
        SubjectOutcome(
            code,
            level=(results[code].level or None) if code in results else None,
            score=results[code].effective_score if code in results else None,
        )
        for code in sorted(subjects)
    )
    return YearSource(
        grade_level=enrollment.grade_level,
        subjects=outcomes,
        traits=levels,
        is_special_class=school_class.is_special,
        is_not_assessed=enrollment.is_not_assessed,
    )
