"""A school's counts at one period, for one topic or several."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from assessments.completeness import Expectation, expectations
from assessments.counting import rosters, stored_class_periods
from assessments.reading import classes_in_order
from assessments.statistics.cube import Cube, cube_of
from assessments.statistics.cuts import Alike, Cut
from assessments.statistics.measures import (
    Absent,
    Measure,
    Topic,
    YearCode,
    measures_of,
    pupils_measure,
)
from assessments.statistics.suppression import SHOWN_CUTS, without_small_cells
from assessments.statistics.tallies import Kinds, Roll, Tallies, records_of, roll_of, tallies_of
from assessments.workflow import Status
from rulesets import Period
from schools.models import SchoolClass, SchoolYear
from schools.models.classes import HIGHEST_GRADE

Expected = Mapping[int, Mapping[int, Expectation]]
"""By class and grade level."""


@dataclass(frozen=True)
class Statistics:
    """`shows_all` is whether the reader may see the pupils, and so every number."""

    school_year: SchoolYear
    period: Period
    classes: Sequence[SchoolClass]
    signed_off: int
    roll: Roll
    pupils: Cube
    cubes: Mapping[Topic, Sequence[Cube]]
    shows_all: bool

    @property
    def cuts(self) -> tuple[Cut, ...]:
        return tuple(Cut) if self.shows_all else SHOWN_CUTS


def statistics_of(
    school_year: SchoolYear, period: Period, topics: Iterable[Topic], *, shows_all: bool
) -> Statistics:
    """The number of queries does not depend on how many classes there are."""
    classes = classes_in_order(school_year)
    prefetch_related_objects(classes, "subject_offerings")
    class_periods = stored_class_periods(classes, period)
    roster = rosters(classes, class_periods, school_year, period)
    records = records_of((row.pk for row in class_periods.values()), roster)
    kinds = Kinds(classes)
    roll = roll_of(roster, kinds)
    expected = {row.pk: expectations(row, period) for row in classes}
    pupils = cube_of(pupils_measure(), {"pupils": roll.pupils}, roll.pupils)
    cubes = {
        topic: _cubes(
            topic,
            measures_of(topic, school_year.ruleset),
            tallies_of(topic, records, roster, ruleset=school_year.ruleset, kinds=kinds),
            roll,
            expected,
        )
        for topic in topics
    }
    return Statistics(
        school_year=school_year,
        period=period,
        classes=classes,
        signed_off=sum(row.status == Status.SIGNED_OFF for row in class_periods.values()),
        roll=roll,
        pupils=pupils if shows_all else without_small_cells(pupils),
        cubes=cubes if shows_all else {topic: _guarded(found) for topic, found in cubes.items()},
        shows_all=shows_all,
    )


def _cubes(
    topic: Topic, measures: Iterable[Measure], tallies: Tallies, roll: Roll, expected: Expected
) -> list[Cube]:
    """Those that some pupil owes."""
    cubes = []
    for measure in measures:
        owing = _owing(topic, measure, roll.assessed, expected)
        excused = _owing(topic, measure, roll.not_assessed, expected)
        if owing or excused:
            tally = {**tallies.get(measure.code, {}), Absent.NOT_ASSESSED.value: excused}
            cubes.append(cube_of(measure, tally, owing + excused))
    return cubes


def _owing(
    topic: Topic, measure: Measure, pupils: Counter[Alike], expected: Expected
) -> Counter[Alike]:
    found = {
        alike: n
        for alike, n in pupils.items()
        if alike.grade_level in expected[alike.class_id]
        and _owes(topic, measure.code, expected[alike.class_id][alike.grade_level], alike)
    }
    return Counter(found)


def _owes(topic: Topic, code: str, expected: Expectation, pupils: Alike) -> bool:
    if topic == Topic.SUBJECTS:
        return code in expected.subjects
    if topic == Topic.SCORES:
        return code in expected.subjects and code in expected.tested
    if topic == Topic.TRAITS:
        return code in expected.traits
    return code != YearCode.PROMOTION or pupils.grade_level < HIGHEST_GRADE


def _guarded(cubes: Sequence[Cube]) -> list[Cube]:
    """Rewards and promotion repeat the year result in other words, and would give it away."""
    return [without_small_cells(cube) for cube in cubes if cube.measure.code not in REPEATING]


REPEATING = frozenset(set(YearCode) - {YearCode.OUTCOME})
