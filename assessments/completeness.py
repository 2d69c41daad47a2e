"""What is still missing before a class, or one pupil, can be submitted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessments.models import PeriodRecord
from assessments.roster import roster
from assessments.year_results import has_changed_since, pupil_year
from rulesets import Period, Ruleset
from schools.models import SchoolClass
from students.models import Enrollment

# What the term record itself must hold, beside results: what the card of CV 2088 requires.
REQUIRED_FIELDS: dict[str, tuple[str, ...]] = {
    Period.MID_TERM_1: (),
    Period.END_TERM_1: (
        "absences_with_leave",
        "absences_without_leave",
        "homeroom_comment",
    ),
    Period.MID_TERM_2: (),
    Period.END_YEAR: (
        "absences_with_leave",
        "absences_without_leave",
        "height_cm",
        "weight_kg",
        "quality_comment",
        "general_competence_comment",
        "specific_competence_comment",
        "homeroom_comment",
    ),
    Period.SUPPLEMENTARY: (),
}


CHANGED_SINCE = "changed_since"


class Kind(StrEnum):
    SUBJECT_LEVEL = "subject_level"
    TEST_SCORE = "test_score"
    RETEST_SCORE = "retest_score"
    EXEMPTION_REASON = "exemption_reason"
    TRAIT_LEVEL = "trait_level"
    RECORD_FIELD = "record_field"
    YEAR_DECISION = "year_decision"


OF_A_SUBJECT = frozenset(
    {Kind.SUBJECT_LEVEL, Kind.TEST_SCORE, Kind.RETEST_SCORE, Kind.EXEMPTION_REASON}
)


@dataclass(frozen=True)
class MissingEntry:
    """`code` is a subject's, a trait's or a field's, by kind.

    A year decision is missing too when the results behind it have CHANGED_SINCE.
    """

    enrollment: Enrollment
    kind: Kind
    code: str


@dataclass(frozen=True)
class Expectation:
    """What one pupil of a grade owes at a period, in form order."""

    subjects: tuple[str, ...]
    tested: frozenset[str]
    traits: tuple[str, ...]
    fields: tuple[str, ...]
    needs_year_decision: bool


def expectations(school_class: SchoolClass, period: str) -> dict[int, Expectation]:
    """By grade level; a class of several grades has several."""
    ruleset = school_class.school_year.ruleset
    offered = {(row.grade_level, row.subject_code) for row in school_class.subject_offerings.all()}
    return {
        grade_level: _expectation(school_class, ruleset, Period(period), grade_level, offered)
        for grade_level in school_class.grade_levels
    }


def _expectation(
    school_class: SchoolClass,
    ruleset: Ruleset,
    period: Period,
    grade_level: int,
    offered: set[tuple[int, str]],
) -> Expectation:
    tested = ruleset.tested_subjects(
        grade_level=grade_level, period=period, is_special_class=school_class.is_special
    )
    return Expectation(
        subjects=tuple(
            subject.code for subject in ruleset.subjects if (grade_level, subject.code) in offered
        ),
        tested=frozenset(subject.code for subject in tested),
        traits=tuple(trait.code for trait in ruleset.traits_for(grade_level)),
        fields=REQUIRED_FIELDS[period],
        needs_year_decision=period == Period.END_YEAR,
    )


def missing_in_class(school_class: SchoolClass, period: str) -> list[MissingEntry]:
    enrollments = list(roster(school_class, period).select_related("year_decision"))
    records = {
        record.enrollment_id: record
        for record in PeriodRecord.objects.filter(
            class_period__school_class=school_class, class_period__period=period
        ).prefetch_related("subject_results__test_scores", "trait_results", "retests")
    }
    pupils = [(enrollment, records.get(enrollment.pk)) for enrollment in enrollments]
    return missing_of(pupils, school_class, period)


def missing_of(
    pupils: Sequence[tuple[Enrollment, PeriodRecord | None]],
    school_class: SchoolClass,
    period: str,
) -> list[MissingEntry]:
    expected = expectations(school_class, period)
    return [
        MissingEntry(enrollment, kind, code)
        for enrollment, record in pupils
        if not enrollment.is_not_assessed
        for kind, code in _missing_of_one(
            enrollment, record, school_class, expected[enrollment.grade_level]
        )
    ]


def _missing_of_one(
    enrollment: Enrollment,
    record: PeriodRecord | None,
    school_class: SchoolClass,
    expected: Expectation,
) -> Iterator[tuple[Kind, str]]:
    exempt_level = school_class.school_year.ruleset.exempt_level.code
    yield from _missing_subjects(record, expected, exempt_level)
    traits = {row.trait_code for row in record.trait_results.all()} if record else set()
    yield from ((Kind.TRAIT_LEVEL, code) for code in expected.traits if code not in traits)
    yield from (
        (Kind.RECORD_FIELD, name)
        for name in expected.fields
        if record is None or getattr(record, name) in {None, ""}
    )
    if not expected.needs_year_decision:
        return
    if not hasattr(enrollment, "year_decision"):
        yield Kind.YEAR_DECISION, ""
        return
    year = pupil_year(school_class, enrollment, record, subjects=expected.subjects)
    if has_changed_since(year):
        yield Kind.YEAR_DECISION, CHANGED_SINCE


def _missing_subjects(
    record: PeriodRecord | None, expected: Expectation, exempt_level: str
) -> Iterator[tuple[Kind, str]]:
    results = {row.subject_code: row for row in record.subject_results.all()} if record else {}
    retests = record.retests.all() if record else []
    awaited = {retest.subject_code for retest in retests if retest.is_agreed}
    for code in expected.subjects:
        if code in awaited:
            yield Kind.RETEST_SCORE, code
        result = results.get(code)
        if result is None or not result.level:
            yield Kind.SUBJECT_LEVEL, code
        is_exempt = result is not None and result.level == exempt_level
        if result is not None and is_exempt and not result.exemption_reason:
            yield Kind.EXEMPTION_REASON, code
        has_score = result is not None and result.effective_score is not None
        if code in expected.tested and not is_exempt and not has_score:
            yield Kind.TEST_SCORE, code


def count_by_place(missing: Iterable[MissingEntry]) -> Counter[tuple[Kind, str]]:
    """How many pupils lack each thing: one line of the list a page shows first."""
    return Counter((entry.kind, entry.code) for entry in missing)
