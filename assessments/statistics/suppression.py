"""What whoever may not see the pupils sees: no class, no origin, no disability, no small cell.

Boys are nowhere shown and everywhere known: pupils less girls. So a cell is small when its girls
or its boys are few. It is hidden in whole columns: in every grade the value that is small in one,
and at least one more, since the grade's total is shown. The school's row stays when at least two
grades and two values share what is hidden, for the girls and for the boys: every hidden number
can then be another one. Otherwise the same values are hidden in it too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assessments.statistics.cube import Cell, Cube, added
from assessments.statistics.cuts import SCHOOL, Cut, Unit
from assessments.statistics.measures import Measure, Value, others

SMALLEST_SHOWN = 5
SHOWN_CUTS = (Cut.ALL, Cut.GIRLS)


def without_small_cells(cube: Cube) -> Cube:
    coarse = coarsened(cube)
    sexes = [_Sex.girls(coarse), _Sex.boys(coarse)]
    if any(sex.is_small_at(SCHOOL) for sex in sexes):
        return _hidden_in([SCHOOL, *_grades(coarse)], coarse)
    if any(sex.is_small_at(grade) for sex in sexes for grade in _grades(coarse)):
        coarse = _without_grades(coarse)
    hidden = _values_to_hide(coarse.measure, sexes, _grades(coarse))
    rows = _grades(coarse)
    if _school_gives_away(sexes, rows, hidden):
        rows.append(SCHOOL)
    return _hidden(coarse, rows, hidden)


def coarsened(cube: Cube) -> Cube:
    """Bands for values, one word for all who have none, and only the cuts that are nobody's."""
    measure = _coarse_measure(cube.measure)
    units = [unit for unit in {unit for unit, _cut in cube.totals} if not unit.class_id]
    counts: dict[Cell, int | None] = {}
    for unit in units:
        for cut in SHOWN_CUTS:
            for value in measure.values:
                counts[unit, value.code, cut] = cube.count_in(value.band, unit, cut)
    totals = {(unit, cut): cube.total(unit, cut) for unit in units for cut in SHOWN_CUTS}
    return Cube(measure, counts, totals)


def _coarse_measure(measure: Measure) -> Measure:
    bands = [Value(band.code, band.label, band.code) for band in measure.bands]
    return replace(measure, values=(*bands, others()))


@dataclass(frozen=True)
class _Sex:
    """The girls, or the boys, of a cube."""

    counts: Mapping[tuple[Unit, str], int]
    totals: Mapping[Unit, int]

    @classmethod
    def girls(cls, cube: Cube) -> "_Sex":
        counts = {key: _known(cube, *key, Cut.GIRLS) for key in _places(cube)}
        return cls.of(counts)

    @classmethod
    def boys(cls, cube: Cube) -> "_Sex":
        counts = {
            key: _known(cube, *key, Cut.ALL) - _known(cube, *key, Cut.GIRLS)
            for key in _places(cube)
        }
        return cls.of(counts)

    @classmethod
    def of(cls, counts: Mapping[tuple[Unit, str], int]) -> "_Sex":
        totals: dict[Unit, int] = {}
        for (unit, _code), n in counts.items():
            totals[unit] = totals.get(unit, 0) + n
        return cls(counts, totals)

    def is_small_at(self, unit: Unit) -> bool:
        return is_small(self.totals.get(unit, 0))

    def is_small(self, unit: Unit, code: str) -> bool:
        return is_small(self.counts[unit, code])

    def sum_of(self, unit: Unit, codes: Iterable[str]) -> int:
        return sum(self.counts[unit, code] for code in codes)


def is_small(n: int) -> bool:
    return 0 < n < SMALLEST_SHOWN


def _places(cube: Cube) -> Iterator[tuple[Unit, str]]:
    for unit in {SCHOOL, *_grades(cube)}:
        for value in cube.measure.values:
            yield unit, value.code


def _known(cube: Cube, unit: Unit, code: str, cut: Cut) -> int:
    return cube.count(unit, code, cut) or 0


def _grades(cube: Cube) -> list[Unit]:
    return sorted({unit for unit, _cut in cube.totals if unit.grade_level})


def _values_to_hide(
    measure: Measure, sexes: Sequence[_Sex], grades: Sequence[Unit]
) -> frozenset[str]:
    codes = [value.code for value in measure.values]
    small = {
        code
        for code in codes
        if any(sex.is_small(unit, code) for sex in sexes for unit in (SCHOOL, *grades))
    }
    if len(small) == 1:
        small.add(_companion(measure, sexes, small))
    return frozenset(small)


def _companion(measure: Measure, sexes: Sequence[_Sex], small: set[str]) -> str:
    """The value with the fewest pupils, of those that only this table has."""

    def rank(value: Value) -> tuple[bool, bool, int]:
        pupils = sum(sex.counts[SCHOOL, value.code] for sex in sexes)
        return not value.band, not pupils, pupils

    return min((value for value in measure.values if value.code not in small), key=rank).code


def _school_gives_away(
    sexes: Sequence[_Sex], grades: Sequence[Unit], hidden: frozenset[str]
) -> bool:
    """Whether the grades' hidden numbers could be found with the help of the school's row."""
    if any(sex.is_small(SCHOOL, code) for sex in sexes for code in hidden):
        return True
    for sex in sexes:
        rows = sum(sex.sum_of(unit, hidden) > 0 for unit in grades)
        columns = sum(sex.counts[SCHOOL, code] > 0 for code in hidden)
        if rows and min(rows, columns) < 2:
            return True
    return False


def _hidden(cube: Cube, units: Sequence[Unit], hidden: frozenset[str]) -> Cube:
    """But a zero that everybody can work out is shown."""
    counts = dict(cube.counts)
    for unit in units:
        for cut in SHOWN_CUTS:
            if not added(cube.count(unit, code, cut) for code in hidden):
                continue
            for code in hidden:
                is_none_anywhere = SCHOOL not in units and not cube.count(SCHOOL, code, cut)
                counts[unit, code, cut] = 0 if is_none_anywhere else None
    return replace(cube, counts=counts)


def _hidden_in(units: Sequence[Unit], cube: Cube) -> Cube:
    """Nothing of these, not even how many they are."""
    counts: dict[Cell, int | None] = {
        (unit, code, cut): None if unit in units else n
        for (unit, code, cut), n in cube.counts.items()
    }
    totals = {(unit, cut): None if unit in units else n for (unit, cut), n in cube.totals.items()}
    return replace(cube, counts=counts, totals=totals)


def _without_grades(cube: Cube) -> Cube:
    return Cube(
        cube.measure,
        {cell: n for cell, n in cube.counts.items() if cell[0] == SCHOOL},
        {key: n for key, n in cube.totals.items() if key[0] == SCHOOL},
    )
