"""What the database counts: pupils of one kind by what stands in their results."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from assessments.models import (
    Commendation,
    PeriodRecord,
    SubjectResult,
    SupplementaryAssessment,
    TestScore,
    TraitResult,
    YearDecision,
)
from assessments.models.periods import PeriodRecordQuerySet
from assessments.statistics.cube import Tally
from assessments.statistics.cuts import NO_MINORITY, UNKNOWN, Alike
from assessments.statistics.measures import Absent, Topic, YearCode
from rulesets import Ruleset
from schools.models import SchoolClass
from students.models import Gender
from students.models.enrollment import EnrollmentQuerySet

Tallies = Mapping[str, Tally]
"""By the code of what is counted."""


@dataclass(frozen=True)
class Roll:
    """The pupils of a period."""

    assessed: Counter[Alike]
    not_assessed: Counter[Alike]
    without_ethnicity: int

    @property
    def pupils(self) -> Counter[Alike]:
        return self.assessed + self.not_assessed


class Kinds:
    """Reads a row of the database as pupils of one kind."""

    def __init__(self, classes: Iterable[SchoolClass]) -> None:
        self.classes = {school_class.pk: school_class for school_class in classes}

    def alike(self, row: Sequence[Any]) -> Alike:
        """From what `same` asks for. Whoever sits in a special class has a disability."""
        class_id, grade_level, is_girl, is_minority, has_disability = row
        school_class = self.classes[class_id]
        return Alike(
            class_id,
            grade_level,
            is_girl,
            is_minority,
            school_class.is_multigrade,
            has_disability or school_class.is_special,
        )


def same(enrollment: str = "") -> list[Any]:
    """The columns that pupils of one kind have in common; `enrollment` leads to the enrolment."""
    student = f"{enrollment}student__"
    has_disability = ~Q(**{f"{student}disability": ""}) | Q(
        **{f"{enrollment}is_not_assessed": True}
    )
    return [
        F(f"{enrollment}school_class_id"),
        F(f"{enrollment}grade_level"),
        _answer(Q(**{f"{student}gender": Gender.FEMALE})),
        _answer(~Q(**{f"{student}ethnicity_code__in": sorted(NO_MINORITY)})),
        _answer(has_disability),
    ]


def _answer(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


COLUMNS_OF_A_KIND = 5


def roll_of(roster: EnrollmentQuerySet, kinds: Kinds) -> Roll:
    is_unknown = _answer(Q(student__ethnicity_code__in=["", UNKNOWN]))
    rows = roster.values_list(*same(), "is_not_assessed", is_unknown).annotate(n=Count("pk"))
    counted: dict[bool, Counter[Alike]] = {True: Counter(), False: Counter()}
    unknown = 0
    for *kind, is_not_assessed, has_no_ethnicity, n in rows:
        counted[is_not_assessed][kinds.alike(kind)] += n
        unknown += n if has_no_ethnicity else 0
    return Roll(counted[False], counted[True], unknown)


def tallies_of(
    topic: Topic,
    records: PeriodRecordQuerySet,
    roster: EnrollmentQuerySet,
    *,
    ruleset: Ruleset,
    kinds: Kinds,
) -> Tallies:
    """Of the pupils who are assessed."""
    if topic == Topic.SUBJECTS:
        return _subject_levels(_results(records), kinds, ruleset)
    if topic == Topic.SCORES:
        return _scores(_results(records), kinds, ruleset)
    if topic == Topic.TRAITS:
        return _trait_levels(records, kinds)
    return _year_decisions(roster.filter(is_not_assessed=False), kinds)


def records_of(class_period_ids: Iterable[int], roster: EnrollmentQuerySet) -> PeriodRecordQuerySet:
    return PeriodRecord.objects.filter(
        class_period__in=list(class_period_ids), enrollment__in=roster.values("pk")
    )


def _results(records: PeriodRecordQuerySet) -> QuerySet[SubjectResult]:
    assessed = records.filter(enrollment__is_not_assessed=False)
    return SubjectResult.objects.filter(record__in=assessed.values("pk"))


def _subject_levels(results: QuerySet[SubjectResult], kinds: Kinds, ruleset: Ruleset) -> Tallies:
    rows = results.exclude(level="").values_list(
        *same("record__enrollment__"), "subject_code", "level"
    )
    exempt = {ruleset.exempt_level.code: Absent.EXEMPT.value}
    return _tallied(rows.annotate(n=Count("pk")), kinds, rename=exempt)


def _scores(results: QuerySet[SubjectResult], kinds: Kinds, ruleset: Ruleset) -> Tallies:
    """Of each pupil the last attempt; whoever is exempt has none."""
    exempt = Q(level=ruleset.exempt_level.code)
    later = TestScore.objects.filter(result=OuterRef("result"), attempt__gt=OuterRef("attempt"))
    scores = TestScore.objects.filter(~Exists(later), result__in=results.exclude(exempt))
    scored = scores.values_list(
        *same("result__record__enrollment__"), "result__subject_code", "score"
    ).annotate(n=Count("pk"))
    excused = (
        results.filter(exempt)
        .values_list(*same("record__enrollment__"), "subject_code", Value(Absent.EXEMPT.value))
        .annotate(n=Count("pk"))
    )
    return _tallied([*scored, *excused], kinds)


def _trait_levels(records: PeriodRecordQuerySet, kinds: Kinds) -> Tallies:
    assessed = records.filter(enrollment__is_not_assessed=False)
    rows = TraitResult.objects.filter(record__in=assessed.values("pk")).values_list(
        *same("record__enrollment__"), "trait_code", "level"
    )
    return _tallied(rows.annotate(n=Count("pk")), kinds)


def _year_decisions(roster: EnrollmentQuerySet, kinds: Kinds) -> Tallies:
    awarded = Commendation.objects.awarded().filter(enrollment=OuterRef("enrollment"))
    parts: dict[str, Any] = {
        YearCode.OUTCOME: F("confirmed_result"),
        YearCode.COMPLETION: _yes_or_no(Q(completed=True)),
        YearCode.PROMOTION: Case(
            When(promoted=True, then=Value("yes")),
            When(promoted=False, then=Value("no")),
            default=Value("waiting"),
            output_field=CharField(),
        ),
        YearCode.REWARD: Case(
            When(reward="", then=Value("none")),
            default=F("reward_title"),
            output_field=CharField(),
        ),
        YearCode.COMMENDATION: _yes_or_no(Q(Exists(awarded))),
    }
    rows = (
        YearDecision.objects.filter(enrollment__in=roster.values("pk"))
        .alias(completed=_after_summer("has_completed"), promoted=_after_summer("is_promoted"))
        .values_list(*same("enrollment__"), *parts.values())
        .annotate(n=Count("pk"))
    )
    split = (
        (*row[:COLUMNS_OF_A_KIND], code, value, row[-1])
        for row in rows
        for code, value in zip(parts, row[COLUMNS_OF_A_KIND:-1], strict=True)
    )
    return _tallied(split, kinds)


def _after_summer(name: str) -> Coalesce:
    """As it was decided last: the results stay those of the year's end."""
    summers = SupplementaryAssessment.objects.filter(
        record__enrollment=OuterRef("enrollment"), decided_at__isnull=False
    )
    return Coalesce(Subquery(summers.values(name)[:1]), F(name))


def _yes_or_no(condition: Q) -> Case:
    return Case(When(condition, then=Value("yes")), default=Value("no"), output_field=CharField())


def _tallied(
    rows: Iterable[Sequence[Any]], kinds: Kinds, rename: Mapping[str, str] | None = None
) -> Tallies:
    tallies: dict[str, dict[str, Counter[Alike]]] = defaultdict(lambda: defaultdict(Counter))
    for *kind, code, value, n in rows:
        named = (rename or {}).get(value, str(value))
        tallies[code][named][kinds.alike(kind)] += n
    return tallies
