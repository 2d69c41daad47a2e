"""Counts of one measure by unit, value and cut."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.statistics.cuts import Alike, Cut, Unit, places_of
from assessments.statistics.measures import Absent, Measure

Cell = tuple[Unit, str, Cut]
Tally = Mapping[str, Mapping[Alike, int]]
"""How many pupils of each kind have each value."""


@dataclass(frozen=True)
class Cube:
    """A count of None is hidden from the reader; what stands nowhere is 0."""

    measure: Measure
    counts: Mapping[Cell, int | None]
    totals: Mapping[tuple[Unit, Cut], int | None]

    def count(self, unit: Unit, value: str, cut: Cut = Cut.ALL) -> int | None:
        return self.counts.get((unit, value, cut), 0)

    def total(self, unit: Unit, cut: Cut = Cut.ALL) -> int | None:
        return self.totals.get((unit, cut), 0)

    def count_in(self, band: str, unit: Unit, cut: Cut = Cut.ALL) -> int | None:
        counts = (self.count(unit, value.code, cut) for value in self.measure.values_in(band))
        return added(counts)

    def entered(self, unit: Unit, cut: Cut = Cut.ALL) -> int | None:
        """How many have a value."""
        return added(self.count_in(band.code, unit, cut) for band in self.measure.bands)

    def has_any(self, unit: Unit, cut: Cut = Cut.ALL) -> bool:
        return self.total(unit, cut) != 0


def added(counts: Iterable[int | None]) -> int | None:
    """What is not known adds up to nothing known."""
    found = list(counts)
    return None if None in found else sum(count for count in found if count)


def cube_of(measure: Measure, tally: Tally, expected: Mapping[Alike, int]) -> Cube:
    """`expected` are the pupils who owe a value; those without one have not been entered yet."""
    known = {value.code for value in measure.values}
    rows: dict[str, Counter[Alike]] = {
        code: Counter({pupils: n for pupils, n in found.items() if pupils in expected})
        for code, found in tally.items()
        if code in known
    }
    lacking = Counter(expected)
    for row in rows.values():
        lacking.subtract(row)
    rows[Absent.NOT_ENTERED] = lacking
    counts: Counter[Cell] = Counter()
    for code, row in rows.items():
        for pupils, n in row.items():
            for unit, cut in places_of(pupils):
                counts[unit, code, cut] += n
    return Cube(measure, counts, _totals(counts))


def _totals(counts: Mapping[Cell, int]) -> dict[tuple[Unit, Cut], int | None]:
    totals: Counter[tuple[Unit, Cut]] = Counter()
    for (unit, _code, cut), n in counts.items():
        totals[unit, cut] += n
    return dict(totals)
