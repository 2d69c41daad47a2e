"""Where each piece of a bar lies."""

import itertools
from dataclasses import replace

from hypothesis import given

from assessments.statistics.cube import Cube
from assessments.statistics.cuts import SCHOOL, Cut, Unit
from assessments.statistics.lines import Line
from assessments.statistics.measures import Band
from assessments.statistics.plots import WIDTH, Plot, plot_of
from assessments.statistics.suppression import without_small_cells
from tests.assessments.statistics.populations import (
    MATHS,
    Pupil,
    boys,
    counted,
    girls,
    grades_of_pupils,
    pupils_of,
)

GRADES = [Line(f"Khối {grade}", Unit(grade), Cut.ALL) for grade in (1, 2, 3)]
ALL_LINES = [*GRADES, Line("Toàn trường", SCHOOL, Cut.ALL)]


def drawn(cube: Cube, other: Cube | None = None) -> Plot:
    return plot_of(ALL_LINES, cube, other, ALL_LINES if other else [])


@given(pupils_of(MATHS))
def test_every_bar_is_filled_from_end_to_end(pupils: list[Pupil]) -> None:
    for line in drawn(counted(pupils)).lines:
        for bar in line.bars:
            end = 0
            for part in bar.parts:
                assert part.x == end
                assert part.width > 0
                end = part.x + part.width
            assert end == WIDTH


@given(grades_of_pupils())
def test_a_bar_with_hidden_numbers_is_filled_too(pupils: list[Pupil]) -> None:
    cube = without_small_cells(counted(pupils))
    for line in drawn(cube).lines:
        for bar in line.bars:
            assert sum(part.width for part in bar.parts) in {0, WIDTH}


@given(pupils_of(MATHS))
def test_nothing_is_drawn_over_another_or_outside(pupils: list[Pupil]) -> None:
    plot = drawn(counted(pupils), counted(pupils))
    edges = [(bar.y, bar.caption_y) for line in plot.lines for bar in line.bars]
    for (_y, caption), (following, _) in itertools.pairwise(edges):
        assert caption < following
    assert all(caption < plot.height for _y, caption in edges)
    assert all(line.label_y < line.bars[0].y for line in plot.lines)


def test_a_bar_is_as_long_as_all_who_are_expected() -> None:
    [grade, school] = drawn(counted(girls(1, T=3, not_entered=1))).lines
    assert grade.label == "Khối 1"
    assert [(part.look, part.width) for part in grade.bars[0].parts] == [
        ("1", WIDTH * 3 // 4),
        ("absent", WIDTH // 4),
    ]
    assert school.bars[0].parts == grade.bars[0].parts


def test_the_numbers_stand_beside_the_bar() -> None:
    [line, _school] = drawn(counted([*girls(1, T=3, H=1), *boys(1, not_entered=2)])).lines
    assert line.bars[0].caption == "T: 3 · H: 1"
    assert line.note == "6 em, chưa nhập: 2"


def test_a_line_without_pupils_is_not_drawn() -> None:
    labels = [line.label for line in drawn(counted(girls(2, T=1))).lines]
    assert labels == ["Khối 2", "Toàn trường"]


def test_before_anything_is_entered_the_bar_is_empty() -> None:
    [line, _school] = drawn(counted(girls(1, not_entered=3))).lines
    assert [part.look for part in line.bars[0].parts] == ["absent"]
    assert line.bars[0].caption == "–"


def test_two_periods_are_two_bars_with_their_numbers() -> None:
    [line, _school] = drawn(counted(girls(1, T=3)), counted(girls(1, H=2))).lines
    assert [bar.caption for bar in line.bars] == ["(1) T: 3", "(2) H: 2"]
    assert line.bars[0].y < line.bars[1].y


def test_a_line_that_the_other_period_lacks_has_one_bar() -> None:
    [first, _school] = drawn(counted(girls(1, T=3)), counted(girls(2, H=2))).lines
    assert len(first.bars) == 1


def test_lines_are_found_in_the_other_period_by_their_label() -> None:
    """4A of last year is another class with another key."""
    now, then = counted(girls(4, T=3)), counted(girls(4, H=2))
    lines = [Line("Lớp 4A", Unit(4, 4), Cut.ALL)]
    [line] = plot_of(lines, now, then, [Line("Lớp 4A", Unit(4), Cut.ALL)]).lines
    assert [bar.caption for bar in line.bars] == ["(1) T: 3", "(2) H: 2"]


def test_what_is_hidden_is_one_piece_and_named() -> None:
    pupils = [*girls(1, T=20, H=10, C=2), *boys(1, T=20, H=10)]
    [line, _school] = drawn(without_small_cells(counted(pupils))).lines
    assert [part.look for part in line.bars[0].parts] == ["1", "hidden"]
    assert line.bars[0].caption == "T: 40 · H, C: ẩn"


def test_of_too_few_pupils_nothing_is_drawn() -> None:
    [line, _school] = drawn(without_small_cells(counted(girls(1, T=3)))).lines
    assert line.bars[0].parts == []
    assert line.note == "ít học sinh"


def test_there_are_four_shades_however_many_levels_there_are() -> None:
    bands = tuple(Band(code, code, code) for code in "THCXY")
    measure = replace(MATHS, bands=bands, values=MATHS.values[:3])
    cube = replace(counted(girls(1, T=1, H=1, C=1)), measure=measure)
    looks = {part.look for line in drawn(cube).lines for bar in line.bars for part in bar.parts}
    assert looks <= {"1", "2", "3", "4"}


def test_the_description_says_every_line_for_whoever_does_not_see_it() -> None:
    description = drawn(counted(girls(1, T=3, C=1))).description
    assert description == "Khối 1: 4 em; T: 3 · C: 1. Toàn trường: 4 em; T: 3 · C: 1."
