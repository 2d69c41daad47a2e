"""Bars, drawn: each line of a picture has one bar a period, as long as all who are expected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.statistics.cube import Cube
from assessments.statistics.cuts import Cut, Unit
from assessments.statistics.lines import Line

WIDTH, HEAD, BAR, CAPTION, GAP = 336, 20, 14, 22, 6
MOST_SHADES = 4


@dataclass(frozen=True)
class Part:
    """A piece of a bar; `look` is a shade from 1, the best, or "absent" or "hidden"."""

    x: int
    width: int
    look: str


@dataclass(frozen=True)
class Bar:
    y: int
    parts: list[Part]
    caption: str
    height: int = BAR
    width: int = WIDTH

    @property
    def caption_y(self) -> int:
        return self.y + BAR + CAPTION - 8


@dataclass(frozen=True)
class PlotLine:
    label: str
    note: str
    y: int
    bars: list[Bar]

    @property
    def label_y(self) -> int:
        return self.y + HEAD // 2 + 2

    @property
    def sentence(self) -> str:
        return f"{self.label}: {'; '.join([self.note, *(bar.caption for bar in self.bars)])}."


@dataclass(frozen=True)
class Plot:
    lines: list[PlotLine]
    width: int = WIDTH

    @property
    def height(self) -> int:
        return sum(_height_of(len(line.bars)) for line in self.lines)

    @property
    def description(self) -> str:
        return " ".join(line.sentence for line in self.lines)


def plot_of(lines: Sequence[Line], cube: Cube, other: Cube | None, others: Sequence[Line]) -> Plot:
    """`others` are the lines of the period that it is compared with, found by their labels."""
    found = {line.label: line for line in others}
    drawn, y = [], 0
    for line in lines:
        if not cube.has_any(line.unit, line.cut):
            continue
        pairs = [(cube, line)]
        second = found.get(line.label)
        if other and second and other.has_any(second.unit, second.cut):
            pairs.append((other, second))
        drawn.append(_line(line.label, y, pairs, is_compared=other is not None))
        y += _height_of(len(pairs))
    return Plot(drawn)


def _height_of(bars: int) -> int:
    return HEAD + bars * (BAR + CAPTION) + GAP


def _line(label: str, y: int, pairs: Sequence[tuple[Cube, Line]], *, is_compared: bool) -> PlotLine:
    bars = [
        Bar(
            y + HEAD + place * (BAR + CAPTION),
            list(_parts(cube, line.unit, line.cut)),
            f"({place + 1}) {_caption(cube, line)}" if is_compared else _caption(cube, line),
        )
        for place, (cube, line) in enumerate(pairs)
    ]
    return PlotLine(label, _note(*pairs[0]), y, bars)


def _parts(cube: Cube, unit: Unit, cut: Cut) -> Iterator[Part]:
    """What is hidden is drawn as one piece, since it can be worked out from the rest."""
    total = cube.total(unit, cut)
    if not total:
        return
    pieces = [
        (cube.count_in(band.code, unit, cut), str(min(place, MOST_SHADES)))
        for place, band in enumerate(cube.measure.bands, 1)
    ]
    pieces.append((cube.count_in("", unit, cut), "absent"))
    known = [(n, look) for n, look in pieces if n is not None]
    known.append((total - sum(n for n, _look in known), "hidden"))
    before = 0
    for n, look in known:
        x, end = (round(WIDTH * edge / total) for edge in (before, before + n))
        if end > x:
            yield Part(x, end - x, look)
        before += n


def _caption(cube: Cube, line: Line) -> str:
    """ "T 30 · H 4", and which are hidden."""
    counts = [
        (band.label, cube.count_in(band.code, line.unit, line.cut)) for band in cube.measure.bands
    ]
    hidden = [label for label, n in counts if n is None]
    told = [f"{label}: {n}" for label, n in counts if n]
    if hidden:
        told.append(_("%(labels)s: ẩn") % {"labels": ", ".join(hidden)})
    return " · ".join(told) or "–"


def _note(cube: Cube, line: Line) -> str:
    """How many they are, and who of them has no value."""
    total = cube.total(line.unit, line.cut)
    if total is None:
        return _("ít học sinh")
    told = [ngettext("%(n)s em", "%(n)s em", total) % {"n": total}]
    for value in cube.measure.values_in(""):
        n = cube.count(line.unit, value.code, line.cut)
        if n:
            told.append(f"{value.label}: {n}")
    return ", ".join(told)
