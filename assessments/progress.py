"""How far classes have come with a period: what is done, what is missing, who has it now."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from assessments.completeness import Expectation, Kind, expectations
from assessments.counting import (
    Counts,
    DecisionCount,
    PupilCount,
    RecordCount,
    SubjectCount,
    count,
    stored_class_periods,
)
from assessments.models import ClassPeriod
from assessments.workflow import Status
from schools.models import SchoolClass, SchoolYear


@dataclass(frozen=True)
class PartProgress:
    """One grid: how many pupils owe it, how many are complete, what the others lack."""

    total: int = 0
    done: int = 0
    missing: Mapping[Kind, int] = field(default_factory=dict)
    saved_at: datetime.datetime | None = None

    @property
    def is_complete(self) -> bool:
        return self.done == self.total

    def __add__(self, other: "PartProgress") -> "PartProgress":
        return PartProgress(
            self.total + other.total,
            self.done + other.done,
            Counter(self.missing) + Counter(other.missing),
            _latest([self.saved_at, other.saved_at]),
        )


@dataclass(frozen=True)
class ClassProgress:
    school_class: SchoolClass
    class_period: ClassPeriod
    pupils: int
    not_assessed: int
    subjects: Mapping[str, PartProgress]
    traits: PartProgress
    record_fields: PartProgress
    year_decisions: PartProgress
    status_counts: Mapping[str, int]

    @property
    def parts(self) -> list[PartProgress]:
        """The grids that somebody owes."""
        parts = [*self.subjects.values(), self.traits, self.record_fields, self.year_decisions]
        return [part for part in parts if part.total]

    @property
    def complete_parts(self) -> int:
        return sum(part.is_complete for part in self.parts)

    @property
    def is_complete(self) -> bool:
        return self.complete_parts == len(self.parts)

    @property
    def saved_at(self) -> datetime.datetime | None:
        return _latest(part.saved_at for part in self.parts)

    @property
    def pupils_apart(self) -> int:
        """Pupils on their own way while the class is signed off."""
        if self.class_period.status != Status.SIGNED_OFF:
            return 0
        return sum(self.status_counts.values()) - self.status_counts.get(Status.SIGNED_OFF, 0)


def progress_of(
    classes: Sequence[SchoolClass], *, school_year: SchoolYear, period: str
) -> list[ClassProgress]:
    """In the order of `classes`, all of one school year; the number of queries is fixed."""
    if not classes:
        return []
    prefetch_related_objects(classes, "subject_offerings")
    class_periods = stored_class_periods(classes, period)
    counts = count(classes, class_periods, school_year=school_year, period=period)
    return [
        _class_progress(
            class_periods.get(school_class.pk)
            or ClassPeriod(school_class=school_class, period=period),
            counts,
        )
        for school_class in classes
    ]


@dataclass(frozen=True)
class _Grade:
    """One grade of one class: what its pupils owe, and what was counted of it."""

    expected: Expectation
    pupils: PupilCount
    records: list[RecordCount]
    subjects: Mapping[str, SubjectCount]
    traits_saved_at: datetime.datetime | None
    decisions: DecisionCount

    @property
    def owed(self) -> list[RecordCount]:
        return [record for record in self.records if record.is_assessed]


def _class_progress(class_period: ClassPeriod, counts: Counts) -> ClassProgress:
    school_class = class_period.school_class
    grades = [
        _grade(school_class.pk, grade_level, expected, counts)
        for grade_level, expected in expectations(school_class, class_period.period).items()
    ]
    return ClassProgress(
        school_class=school_class,
        class_period=class_period,
        pupils=sum(grade.pupils.assessed + grade.pupils.not_assessed for grade in grades),
        not_assessed=sum(grade.pupils.not_assessed for grade in grades),
        subjects=_subjects(school_class, grades),
        traits=_sum(_traits(grade) for grade in grades),
        record_fields=_sum(_record_fields(grade) for grade in grades if grade.expected.fields),
        year_decisions=_sum(
            _year_decisions(grade) for grade in grades if grade.expected.needs_year_decision
        ),
        status_counts=Counter(record.status for grade in grades for record in grade.records),
    )


def _grade(class_id: int, grade_level: int, expected: Expectation, counts: Counts) -> _Grade:
    return _Grade(
        expected=expected,
        pupils=counts.pupils.get((class_id, grade_level), PupilCount()),
        records=counts.records.get((class_id, grade_level), []),
        subjects={
            code: counts.subjects.get((class_id, grade_level, code), SubjectCount())
            for code in expected.subjects
        },
        traits_saved_at=counts.traits_saved_at.get(class_id),
        decisions=counts.decisions.get((class_id, grade_level), DecisionCount()),
    )


def _subjects(school_class: SchoolClass, grades: Sequence[_Grade]) -> dict[str, PartProgress]:
    """In form order; in a class of several grades a subject is one grid."""
    return {
        subject.code: _sum(
            _subject(grade, subject.code) for grade in grades if subject.code in grade.subjects
        )
        for subject in school_class.school_year.ruleset.subjects
        if any(subject.code in grade.subjects for grade in grades)
    }


def _subject(grade: _Grade, code: str) -> PartProgress:
    owing, counted = grade.pupils.assessed, grade.subjects[code]
    if code not in grade.expected.tested:
        missing = {
            Kind.SUBJECT_LEVEL: owing - counted.leveled,
            Kind.EXEMPTION_REASON: counted.unexplained,
        }
        done = counted.leveled - counted.unexplained
        return PartProgress(owing, done, missing, counted.saved_at)
    missing = {
        Kind.SUBJECT_LEVEL: owing - counted.leveled,
        Kind.EXEMPTION_REASON: counted.unexplained,
        Kind.TEST_SCORE: owing - counted.scored,
        Kind.RETEST_SCORE: counted.awaiting_retest,
    }
    return PartProgress(owing, counted.complete, missing, counted.saved_at)


def _traits(grade: _Grade) -> PartProgress:
    owing, needed = grade.pupils.assessed, len(grade.expected.traits)
    given = [min(record.traits, needed) for record in grade.owed]
    missing = {Kind.TRAIT_LEVEL: owing * needed - sum(given)}
    return PartProgress(owing, given.count(needed), missing, grade.traits_saved_at)


def _record_fields(grade: _Grade) -> PartProgress:
    owing, needed = grade.pupils.assessed, len(grade.expected.fields)
    empty = [record.empty_fields for record in grade.owed]
    missing = {Kind.RECORD_FIELD: (owing - len(empty)) * needed + sum(empty)}
    saved_at = _latest(record.saved_at for record in grade.owed)
    return PartProgress(owing, empty.count(0), missing, saved_at)


def _year_decisions(grade: _Grade) -> PartProgress:
    owing, counted = grade.pupils.assessed, grade.decisions
    done = counted.decided - counted.changed_since
    return PartProgress(owing, done, {Kind.YEAR_DECISION: owing - done}, counted.decided_at)


def _sum(parts: Iterable[PartProgress]) -> PartProgress:
    return sum(parts, PartProgress())


def _latest(times: Iterable[datetime.datetime | None]) -> datetime.datetime | None:
    return max((at for at in times if at), default=None)
