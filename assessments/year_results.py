"""The year result of each pupil of a class, as the ruleset derives it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
)

from assessments.models import (
    PeriodRecord,
    SubjectResult,
    TestScore,
    TraitResult,
    YearDecision,
)
from assessments.models.periods import PeriodRecordQuerySet
from assessments.roster import roster
from assessments.workflow import Status
from rulesets import Period, SubjectOutcome, YearOutcome, YearResult, YearSource
from schools.models import SchoolClass
from students.models import Enrollment
from students.models.enrollment import EnrollmentQuerySet

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
    def is_handed_in(self) -> bool:
        """It lies with the principal, who has not signed it."""
        return self.record is not None and self.record.status == Status.SUBMITTED

    @property
    def can_be_confirmed(self) -> bool:
        return self.is_editable and self.derived.outcome not in UNDECIDED

    @property
    def decision(self) -> YearDecision | None:
        """Of an enrolment that was loaded with it."""
        return getattr(self.enrollment, "year_decision", None)

    @property
    def is_confirmed(self) -> bool:
        return self.decision is not None and self.decision.derived_result == self.derived.outcome

    @property
    def awaits_confirmation(self) -> bool:
        return self.can_be_confirmed and not self.is_confirmed

    @property
    def deviates(self) -> bool:
        """Confirmed otherwise than by the rule: only a person looks at it again."""
        decision = self.decision
        return decision is not None and decision.confirmed_result != decision.derived_result


def year_results(school_class: SchoolClass) -> list[PupilYear]:
    records = {
        record.enrollment_id: record
        for record in PeriodRecord.objects.filter(
            class_period__school_class=school_class, class_period__period=Period.END_YEAR
        ).prefetch_related(*_what_counts())
    }
    offered = _offered_subjects(school_class)
    return [
        pupil_year(
            school_class,
            enrollment,
            records.get(enrollment.pk),
            subjects=offered[enrollment.grade_level],
        )
        for enrollment in roster(school_class, Period.END_YEAR).select_related("year_decision")
    ]


def _offered_subjects(school_class: SchoolClass) -> dict[int, list[str]]:
    """By grade level."""
    offered: dict[int, list[str]] = defaultdict(list)
    for row in school_class.subject_offerings.all():
        offered[row.grade_level].append(row.subject_code)
    return offered


def pupil_year(
    school_class: SchoolClass,
    enrollment: Enrollment,
    record: PeriodRecord | None,
    *,
    subjects: Iterable[str],
) -> PupilYear:
    """`subjects` are the codes that the pupil's grade is offered."""
    source = year_source(
        school_class,
        enrollment,
        subjects=subjects,
        results=results_by_subject(record),
        levels=levels_by_trait(record),
    )
    return PupilYear(enrollment, record, school_class.school_year.ruleset.year_result(source))


def has_changed_since(pupil: PupilYear) -> bool:
    """The results, so that they no longer give what was confirmed."""
    outcome = pupil.derived.outcome
    return outcome not in UNDECIDED and pupil.enrollment.year_decision.derived_result != outcome


def changed_since_confirmed(
    classes: Sequence[SchoolClass], pupils: EnrollmentQuerySet
) -> list[Enrollment]:
    """Those of `pupils`, all in `classes`; only what was saved later is looked at again."""
    by_pk = {school_class.pk: school_class for school_class in classes}
    years = (
        _offered_year(by_pk[record.enrollment.school_class_id], record)
        for record in _saved_since_confirmed(pupils)
    )
    return [year.enrollment for year in years if has_changed_since(year)]


def _offered_year(school_class: SchoolClass, record: PeriodRecord) -> PupilYear:
    enrollment = record.enrollment
    offered = _offered_subjects(school_class)[enrollment.grade_level]
    return pupil_year(school_class, enrollment, record, subjects=offered)


def _saved_since_confirmed(pupils: EnrollmentQuerySet) -> PeriodRecordQuerySet:
    later = Q(record=OuterRef("pk"), saved_at__gt=OuterRef("confirmed_at"))
    return (
        PeriodRecord.objects.filter(class_period__period=Period.END_YEAR)
        .filter(enrollment__in=pupils.values("pk"), enrollment__year_decision__isnull=False)
        .alias(confirmed_at=F("enrollment__year_decision__decided_at"))
        .filter(
            Exists(SubjectResult.objects.filter(later)) | Exists(TraitResult.objects.filter(later))
        )
        .select_related("enrollment__year_decision")
        .prefetch_related(*_what_counts())
    )


def _what_counts() -> list[Prefetch]:
    """Of a school's ten thousand results and their scores no more than the rule asks for."""
    last = TestScore.objects.filter(result=OuterRef("pk")).order_by("-attempt")
    results = SubjectResult.objects.only("record", "subject_code", "level")
    scored = results.annotate(last_score=Subquery(last.values("score")[:1]))
    traits = TraitResult.objects.only("record", "trait_code", "level")
    return [Prefetch("subject_results", scored), Prefetch("trait_results", traits)]


def _last_score(result: SubjectResult) -> int | None:
    """Asked for where it was not loaded with the result."""
    if hasattr(result, "last_score"):
        return result.last_score
    return result.effective_score


def results_by_subject(record: PeriodRecord | None) -> dict[str, SubjectResult]:
    return {row.subject_code: row for row in record.subject_results.all()} if record else {}


def levels_by_trait(record: PeriodRecord | None) -> dict[str, str]:
    return {row.trait_code: row.level for row in record.trait_results.all()} if record else {}


def year_source(
    school_class: SchoolClass,
    enrollment: Enrollment,
    *,
    subjects: Iterable[str],
    results: Mapping[str, SubjectResult],
    levels: Mapping[str, str],
) -> YearSource:
    outcomes = tuple(
        SubjectOutcome(
            code,
            level=(results[code].level or None) if code in results else None,
            score=_last_score(results[code]) if code in results else None,
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
