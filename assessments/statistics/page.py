"""A page of statistics: one topic at one period, perhaps beside another period."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.calendar import period_name
from assessments.statistics.cube import Cube
from assessments.statistics.cuts import SCHOOL, Cut, cut_name
from assessments.statistics.findings import finding_of
from assessments.statistics.lines import By, Line, by_name, lines_of
from assessments.statistics.measures import Absent, Band, Topic, Value
from assessments.statistics.plots import Plot, plot_of
from assessments.statistics.school import Statistics
from rulesets import Period
from schools.models import SchoolYear


@dataclass(frozen=True)
class ShownTable:
    caption: str
    columns: list[str]
    rows: list[tuple[str, list[int | None]]]


@dataclass(frozen=True)
class Picture:
    """`key` is an id on the page."""

    key: str
    finding: str
    plot: Plot
    tables: list[ShownTable]


@dataclass(frozen=True)
class StatisticsPage:
    statistics: Statistics
    other: Statistics | None
    topic: Topic
    by: By
    cut: Cut

    @cached_property
    def pictures(self) -> list[Picture]:
        others = {cube.measure.code: cube for cube in self._other_cubes}
        return [
            self._picture(cube, others.get(cube.measure.code))
            for cube in self.statistics.cubes[self.topic]
            if any(cube.has_any(line.unit, line.cut) for line in self.lines)
        ]

    @property
    def _other_cubes(self) -> Sequence[Cube]:
        return self.other.cubes.get(self.topic, []) if self.other else []

    @cached_property
    def lines(self) -> list[Line]:
        return lines_of(self.statistics, self.by, self.cut)

    @cached_property
    def other_lines(self) -> list[Line]:
        return lines_of(self.other, self.by, self.cut) if self.other else []

    @property
    def bands(self) -> list[tuple[int, Band]]:
        """The legend, with the shade of each; in the year's topic every picture has its own."""
        cubes = self.statistics.cubes[self.topic]
        if not cubes or self.topic == Topic.YEAR:
            return []
        return list(enumerate(cubes[0].measure.bands, 1))

    @property
    def compared(self) -> list[str]:
        """The names of the two periods, as the bars are numbered."""
        if self.other is None:
            return []
        return [
            moment_name(each.school_year, each.period) for each in (self.statistics, self.other)
        ]

    def _picture(self, cube: Cube, other: Cube | None) -> Picture:
        cut = Cut.ALL if self.by == By.CUT else self.cut
        tables = [self._table(cube, self.statistics, self.lines)]
        if self.other and other:
            tables.append(self._table(other, self.other, self.other_lines))
        return Picture(
            key=cube.measure.code,
            finding=finding_of(cube, cut, before=other),
            plot=plot_of(self.lines, cube, other, self.other_lines),
            tables=tables,
        )

    def _table(self, cube: Cube, statistics: Statistics, lines: Sequence[Line]) -> ShownTable:
        moment = moment_name(statistics.school_year, statistics.period)
        caption = f"{cube.measure.title} · {moment}"
        if self.by != By.CUT:
            caption = f"{caption} · {cut_name(self.cut)}"
        lines = [line for line in lines if cube.has_any(line.unit, line.cut)]
        values = [
            value for value in cube.measure.values if value.band or _is_met(value, cube, lines)
        ]
        rows = [(line.label, _counts(cube, line, values)) for line in lines]
        columns = [by_name(self.by), *(value.label for value in values), _("Cộng")]
        return ShownTable(caption, columns, rows)

    @property
    def figures(self) -> list[dict[str, str | int]]:
        pupils, classes = self.statistics.pupils.total(SCHOOL), len(self.statistics.classes)
        signed = self.statistics.signed_off
        figures: list[dict[str, str | int]] = [
            {
                "number": "–" if pupils is None else pupils,
                "sentence": ngettext(
                    "học sinh trong danh sách", "học sinh trong danh sách", pupils or 0
                ),
            },
            {
                "number": f"{signed}/{classes}",
                "sentence": ngettext("lớp đã ký duyệt", "lớp đã ký duyệt", classes),
            },
        ]
        if self.statistics.shows_all:
            lacking = self.lacking
            figures.append(
                {
                    "number": lacking,
                    "sentence": ngettext("ô chưa nhập", "ô chưa nhập", lacking),
                }
            )
        return figures

    @property
    def lacking(self) -> int:
        cubes = self.statistics.cubes[self.topic]
        return sum(cube.count(SCHOOL, Absent.NOT_ENTERED) or 0 for cube in cubes)

    @property
    def pupils(self) -> ShownTable:
        """How many pupils each grade has, by cut."""
        cube = self.statistics.pupils
        cuts = self.statistics.cuts
        rows = [
            (line.label, [cube.total(line.unit, cut) for cut in cuts])
            for line in lines_of(self.statistics, By.GRADE, Cut.ALL)
            if cube.has_any(line.unit)
        ]
        columns = [by_name(By.GRADE), *map(cut_name, cuts)]
        return ShownTable(_("Học sinh trong danh sách"), columns, rows)


def _counts(cube: Cube, line: Line, values: Sequence[Value]) -> list[int | None]:
    counts = [cube.count(line.unit, value.code, line.cut) for value in values]
    return [*counts, cube.total(line.unit, line.cut)]


def _is_met(value: Value, cube: Cube, lines: Sequence[Line]) -> bool:
    return any(cube.count(line.unit, value.code, line.cut) != 0 for line in lines)


def moment_name(school_year: SchoolYear, period: Period) -> str:
    return _("%(period)s, năm học %(year)s") % {
        "period": period_name(period),
        "year": school_year.name,
    }
