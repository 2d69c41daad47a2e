"""What the database counts for many classes at once; progress.py says what the counts mean."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q

from assessments.completeness import REQUIRED_FIELDS
from assessments.models import (
    ClassPeriod,
    PeriodRecord,
    Retest,
    SubjectResult,
    TestScore,
    TraitResult,
    YearDecision,
)
from assessments.models.periods import PeriodRecordQuerySet
from assessments.roster import roster_day
from assessments.workflow import Status
from assessments.year_results import changed_since_confirmed
from rulesets import Period
from schools.models import PeriodWindow, SchoolClass, SchoolYear
from students.models import Enrollment
from students.models.enrollment import EnrollmentQuerySet

ClassGrade = tuple[int, int]


@dataclass(frozen=True)
class PupilCount:
    assessed: int = 0
    not_assessed: int = 0


@dataclass(frozen=True)
class SubjectCount:
    leveled: int = 0
    scored: int = 0
    complete: int = 0
    awaiting_retest: int = 0
    unexplained: int = 0  # exempt without a reason
    saved_at: datetime.datetime | None = None


@dataclass(frozen=True)
class RecordCount:
    """One pupil's record: how many traits have a level, how many required fields are empty."""

    status: str
    is_assessed: bool
    traits: int
    empty_fields: int
    saved_at: datetime.datetime | None


@dataclass(frozen=True)
class DecisionCount:
    decided: int = 0
    changed_since: int = 0  # confirmed, and then the results behind it changed
    decided_at: datetime.datetime | None = None


@dataclass(frozen=True)
class Counts:
    """By class and grade level (and subject)."""

    pupils: Mapping[ClassGrade, PupilCount]
    subjects: Mapping[tuple[int, int, str], SubjectCount]
    records: Mapping[ClassGrade, list[RecordCount]]
    traits_saved_at: Mapping[int, datetime.datetime]
    decisions: Mapping[ClassGrade, DecisionCount]


def stored_class_periods(classes: Sequence[SchoolClass], period: str) -> dict[int, ClassPeriod]:
    by_class = {school_class.pk: school_class for school_class in classes}
    rows = ClassPeriod.objects.filter(school_class__in=classes, period=period)
    class_periods = {}
    for row in rows.select_related("status_changed_by"):
        row.school_class = by_class[row.school_class_id]
        class_periods[row.school_class_id] = row
    return class_periods


def count(
    classes: Sequence[SchoolClass],
    class_periods: Mapping[int, ClassPeriod],
    *,
    school_year: SchoolYear,
    period: str,
) -> Counts:
    roster = rosters(classes, class_periods, school_year, period)
    records = PeriodRecord.objects.filter(
        class_period__in=[row.pk for row in class_periods.values()],
        enrollment__in=roster.values("pk"),
    )
    return Counts(
        pupils=_pupils(roster),
        subjects=_subjects(records, exempt_level=school_year.ruleset.exempt_level.code),
        records=_records(records, REQUIRED_FIELDS[period]),
        traits_saved_at=_traits_saved_at(records),
        decisions=_decisions(classes, roster) if period == Period.END_YEAR else {},
    )


def rosters(
    classes: Sequence[SchoolClass],
    class_periods: Mapping[int, ClassPeriod],
    school_year: SchoolYear,
    period: str,
) -> EnrollmentQuerySet:
    """The rosters of all these classes (roster.py has the rule) as one query."""
    frozen = {
        row.school_class_id: row for row in class_periods.values() if row.status != Status.OPEN
    }
    window = PeriodWindow.objects.filter(school_year=school_year, period=period).first()
    enrolled = Enrollment.objects.filter(
        school_class__in=[row.pk for row in classes if row.pk not in frozen]
    ).enrolled_on_day(roster_day(window))
    submitted = PeriodRecord.objects.handed_in().filter(
        class_period__in=[row.pk for row in frozen.values()], enrollment=OuterRef("pk")
    )
    return Enrollment.objects.filter(Q(pk__in=enrolled.values("pk")) | Exists(submitted))


def _pupils(roster: EnrollmentQuerySet) -> dict[ClassGrade, PupilCount]:
    rows = roster.values_list("school_class_id", "grade_level").annotate(
        assessed=Count("pk", filter=Q(is_not_assessed=False)),
        not_assessed=Count("pk", filter=Q(is_not_assessed=True)),
    )
    return {(row[0], row[1]): PupilCount(*row[2:]) for row in rows}


def _subjects(
    records: PeriodRecordQuerySet, *, exempt_level: str
) -> dict[tuple[int, int, str], SubjectCount]:
    has_level = ~Q(level="")
    is_unexplained = Q(level=exempt_level, exemption_reason="")
    has_score = Q(level=exempt_level) | Q(has_test_score=True)
    is_complete = has_level & has_score & Q(awaits_retest=False) & ~is_unexplained
    rows = (
        SubjectResult.objects.filter(
            record__in=records.filter(enrollment__is_not_assessed=False).values("pk")
        )
        .alias(
            has_test_score=Exists(TestScore.objects.filter(result=OuterRef("pk"))),
            awaits_retest=Exists(
                Retest.objects.awaiting_score().filter(
                    record=OuterRef("record"), subject_code=OuterRef("subject_code")
                )
            ),
        )
        .values_list(
            "record__class_period__school_class_id",
            "record__enrollment__grade_level",
            "subject_code",
        )
        .annotate(
            leveled=Count("pk", filter=has_level),
            scored=Count("pk", filter=has_score),
            complete=Count("pk", filter=is_complete),
            awaiting_retest=Count("pk", filter=Q(awaits_retest=True)),
            unexplained=Count("pk", filter=is_unexplained),
            last_saved_at=Max("saved_at"),
        )
    )
    return {(row[0], row[1], row[2]): SubjectCount(*row[3:]) for row in rows}


def _records(
    records: PeriodRecordQuerySet, required: Sequence[str]
) -> dict[ClassGrade, list[RecordCount]]:
    rows = records.annotate(traits=Count("trait_results")).values_list(
        "class_period__school_class_id",
        "enrollment__grade_level",
        "status",
        "enrollment__is_not_assessed",
        "traits",
        "saved_at",
        *required,
    )
    counts: dict[ClassGrade, list[RecordCount]] = defaultdict(list)
    for class_id, grade_level, status, is_not_assessed, traits, saved_at, *values in rows:
        empty = sum(value in {None, ""} for value in values)
        counts[class_id, grade_level].append(
            RecordCount(status, not is_not_assessed, traits, empty, saved_at)
        )
    return counts


def _traits_saved_at(records: PeriodRecordQuerySet) -> dict[int, datetime.datetime]:
    rows = TraitResult.objects.filter(record__in=records.values("pk"))
    return dict(
        rows.values_list("record__class_period__school_class_id").annotate(last=Max("saved_at"))
    )


def _decisions(
    classes: Sequence[SchoolClass], roster: EnrollmentQuerySet
) -> dict[ClassGrade, DecisionCount]:
    assessed = roster.filter(is_not_assessed=False)
    changed = Counter(
        (enrollment.school_class_id, enrollment.grade_level)
        for enrollment in changed_since_confirmed(classes, assessed)
    )
    rows = (
        YearDecision.objects.filter(enrollment__in=assessed.values("pk"))
        .values_list("enrollment__school_class_id", "enrollment__grade_level")
        .annotate(decided=Count("pk"), last_decided_at=Max("decided_at"))
    )
    return {
        (class_id, grade_level): DecisionCount(decided, changed[class_id, grade_level], decided_at)
        for class_id, grade_level, decided, decided_at in rows
    }
