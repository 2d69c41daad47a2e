"""The rows of the ministry's results import: the pupils of one grade, in one class or in many."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ObjectDoesNotExist

from assessments.counting import rosters, stored_class_periods
from assessments.models import (
    PeriodRecord,
    SubjectResult,
    SupplementaryAssessment,
    YearDecision,
)
from exchange.ministry_results.columns import ResultColumn, Source
from rulesets import Period, YearOutcome, get_ruleset
from schools.models import SchoolClass, SchoolYear
from students.models import Enrollment

TICK = "x"

CellValue = str | int | None


@dataclass(frozen=True)
class PupilResults:
    """What is stored of one pupil; before the year's end nothing is decided."""

    number: int
    class_name: str
    enrollment: Enrollment
    subjects: Mapping[str, SubjectResult]
    traits: Mapping[str, str]
    decision: YearDecision | None
    summer: SupplementaryAssessment | None = None  # that was decided


def pupil_results(
    classes: Sequence[SchoolClass], *, school_year: SchoolYear, period: str, grade_level: int
) -> list[PupilResults]:
    """Class by class, in roll order; the number of queries is fixed."""
    class_periods = stored_class_periods(classes, period)
    roster = (
        rosters(classes, class_periods, school_year, period)
        .filter(grade_level=grade_level)
        .select_related("student", "year_decision")
        .in_roll_order()
    )
    places = {school_class.pk: place for place, school_class in enumerate(classes)}
    pupils = sorted(roster, key=lambda pupil: places[pupil.school_class_id])
    records = _records(pupils, period)
    summers = _decided_summers(pupils) if period == Period.END_YEAR else {}
    found = (
        _results_of(
            number, pupil, classes[places[pupil.school_class_id]], records.get(pupil.pk), period
        )
        for number, pupil in enumerate(pupils, start=1)
    )
    return [replace(row, summer=summers.get(row.enrollment.pk)) for row in found]


def _records(pupils: Collection[Enrollment], period: str) -> dict[int, PeriodRecord]:
    records = PeriodRecord.objects.filter(enrollment__in=pupils, class_period__period=period)
    with_results = records.prefetch_related("subject_results__test_scores", "trait_results")
    return {record.enrollment_id: record for record in with_results}


def _decided_summers(pupils: Collection[Enrollment]) -> dict[int, SupplementaryAssessment]:
    decided = SupplementaryAssessment.objects.filter(
        record__enrollment__in=pupils, decided_at__isnull=False
    )
    return {row.record.enrollment_id: row for row in decided.select_related("record")}


def _results_of(
    number: int,
    pupil: Enrollment,
    school_class: SchoolClass,
    record: PeriodRecord | None,
    period: str,
) -> PupilResults:
    return PupilResults(
        number=number,
        class_name=school_class.name,
        enrollment=pupil,
        subjects={row.subject_code: row for row in record.subject_results.all()} if record else {},
        traits={row.trait_code: row.level for row in record.trait_results.all()} if record else {},
        decision=_decision_of(pupil) if period == Period.END_YEAR else None,
    )


def _decision_of(pupil: Enrollment) -> YearDecision | None:
    try:
        return pupil.year_decision
    except ObjectDoesNotExist:
        return None


def value_in(column: ResultColumn, pupil: PupilResults) -> CellValue:
    student = pupil.enrollment.student
    match column.source:
        case Source.NUMBER:
            return pupil.number
        case Source.CLASS_NAME:
            return pupil.class_name
        case Source.MINISTRY_CODE:
            return student.ministry_code
        case Source.FULL_NAME:
            return student.full_name
        case Source.DATE_OF_BIRTH:
            return f"{student.date_of_birth:%d/%m/%Y}"
        case Source.TRAIT:
            return pupil.traits.get(column.code)
        case Source.LEVEL | Source.SCORE:
            return _of_subject(column, pupil.subjects.get(column.code))
        case _:
            return _of_year(column, pupil.decision, pupil.summer)


def _of_subject(column: ResultColumn, result: SubjectResult | None) -> CellValue:
    """Who is exempt has the level M and no score: the column of scores takes 1 to 10 only."""
    if result is None:
        return None
    return result.level or None if column.source == Source.LEVEL else result.effective_score


def _of_year(
    column: ResultColumn, decision: YearDecision | None, summer: SupplementaryAssessment | None
) -> CellValue:
    """After the summer as it was decided last; the result stays that of the year's end."""
    if decision is None:
        return None
    match column.source:
        case Source.COMPLETED:
            return TICK if (summer or decision).has_completed else None
        case Source.PROMOTED:
            return TICK if (summer or decision).is_promoted else None
        case Source.OUTCOME:
            ruleset = get_ruleset(decision.ruleset_key)
            return ruleset.outcome_short_name(YearOutcome(decision.confirmed_result))
        case _:
            return None
