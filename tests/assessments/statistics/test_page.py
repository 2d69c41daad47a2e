"""What the page's figures, legend and tables say, of counts that were invented."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given

from assessments.statistics.cube import Cube, cube_of
from assessments.statistics.cuts import SCHOOL, Alike, Cut
from assessments.statistics.lines import By
from assessments.statistics.measures import Topic, pupils_measure
from assessments.statistics.page import StatisticsPage, moment_name
from assessments.statistics.school import Statistics
from assessments.statistics.suppression import without_small_cells
from assessments.statistics.tallies import Roll
from rulesets import Period
from schools.models import SchoolClass, SchoolYear
from tests.assessments.statistics.populations import (
    MATHS,
    Pupil,
    alike,
    boys,
    counted,
    girls,
    pupils_of,
)

YEAR = SchoolYear(first_year=2026)


def statistics_of(
    pupils: Sequence[Pupil],
    *,
    topic: Topic = Topic.SUBJECTS,
    shows_all: bool = True,
    classes: Sequence[SchoolClass] = (),
    signed_off: int = 0,
    period: Period = Period.END_TERM_1,
) -> Statistics:
    here: Counter[Alike] = Counter(pupil.alike for pupil in pupils)
    present = cube_of(pupils_measure(), {"pupils": here}, here)
    cube = counted(pupils)
    return Statistics(
        school_year=YEAR,
        period=period,
        classes=classes,
        signed_off=signed_off,
        roll=Roll(here, Counter(), 0),
        pupils=present if shows_all else without_small_cells(present),
        cubes={topic: [cube if shows_all else without_small_cells(cube)]},
        shows_all=shows_all,
    )


def page_of(
    statistics: Statistics,
    other: Statistics | None = None,
    *,
    topic: Topic = Topic.SUBJECTS,
    by: By = By.GRADE,
    cut: Cut = Cut.ALL,
) -> StatisticsPage:
    return StatisticsPage(statistics, other, topic, by, cut)


def numbers(page: StatisticsPage) -> list[str | int]:
    return [figure["number"] for figure in page.figures]


# Figures


def test_pupils_classes_and_what_is_not_entered_are_counted() -> None:
    pupils = [*girls(4, T=3, not_entered=2), *boys(5, C=1)]
    classes = [SchoolClass(pk=4, name="4A"), SchoolClass(pk=5, name="5A")]
    page = page_of(statistics_of(pupils, classes=classes, signed_off=1))
    assert numbers(page) == [6, "1/2", 2]


def test_whoever_may_not_see_the_pupils_is_not_told_how_much_is_not_entered() -> None:
    page = page_of(statistics_of(girls(4, T=20, not_entered=7), shows_all=False))
    assert numbers(page) == [27, "0/0"]


def test_how_many_they_are_is_a_dash_where_they_are_few() -> None:
    assert numbers(page_of(statistics_of(girls(4, T=3), shows_all=False)))[0] == "–"


def test_exempt_pupils_are_not_waited_for() -> None:
    assert page_of(statistics_of(girls(4, T=3, exempt=4))).lacking == 0


# Legend


def test_the_legend_numbers_the_shades_from_the_best() -> None:
    page = page_of(statistics_of(girls(4, T=1)))
    assert [(shade, band.label) for shade, band in page.bands] == [(1, "T"), (2, "H"), (3, "C")]


def test_at_the_years_end_every_picture_has_its_own_legend() -> None:
    statistics = statistics_of(girls(4, T=1), topic=Topic.YEAR, period=Period.END_YEAR)
    assert page_of(statistics, topic=Topic.YEAR).bands == []


def test_a_topic_of_nothing_has_no_legend() -> None:
    statistics = replace(statistics_of([]), cubes={Topic.SUBJECTS: []})
    assert page_of(statistics).bands == []


# Two periods


def test_two_periods_are_named_as_their_bars_are_numbered() -> None:
    now = statistics_of(girls(4, T=1))
    then = statistics_of(girls(4, H=1), period=Period.MID_TERM_1)
    assert page_of(now, then).compared == [
        "Cuối học kỳ I, năm học 2026-2027",
        "Giữa học kỳ I, năm học 2026-2027",
    ]


def test_alone_a_period_is_compared_with_nothing() -> None:
    page = page_of(statistics_of(girls(4, T=1)))
    assert (page.compared, page.other_lines) == ([], [])


def test_the_table_of_the_other_period_stands_behind_the_first() -> None:
    now, then = statistics_of(girls(4, T=2)), statistics_of(girls(4, H=3))
    [picture] = page_of(now, then).pictures
    assert [table.rows[0][1][:2] for table in picture.tables] == [[2, 0], [0, 3]]


def test_a_subject_that_the_other_period_lacks_has_one_table() -> None:
    then = replace(statistics_of(girls(4, H=3)), cubes={Topic.SUBJECTS: []})
    [picture] = page_of(statistics_of(girls(4, T=2)), then).pictures
    assert len(picture.tables) == 1


def test_another_periods_other_topic_is_not_looked_at() -> None:
    then = statistics_of(girls(4, H=3), topic=Topic.TRAITS)
    [picture] = page_of(statistics_of(girls(4, T=2)), then).pictures
    assert "so với" not in picture.finding


# Pictures and tables


def test_of_a_cut_without_pupils_there_is_no_picture() -> None:
    assert page_of(statistics_of(boys(4, T=2)), cut=Cut.GIRLS).pictures == []


def test_side_by_side_the_cuts_are_titled_by_all() -> None:
    statistics = statistics_of([*girls(4, C=2), *boys(4, T=2)])
    [picture] = page_of(statistics, by=By.CUT, cut=Cut.GIRLS).pictures
    assert picture.finding.startswith("Toán: 50%")


@pytest.mark.parametrize(("by", "ends"), [(By.GRADE, "Nữ"), (By.CUT, "năm học 2026-2027")])
def test_a_caption_names_the_cut_unless_the_rows_do(by: By, ends: str) -> None:
    [picture] = page_of(statistics_of(girls(4, T=1)), by=by, cut=Cut.GIRLS).pictures
    assert picture.tables[0].caption.endswith(ends)


def test_a_table_has_a_column_for_every_level_and_for_the_absences_that_are_met() -> None:
    [picture] = page_of(statistics_of(girls(4, T=1, exempt=1))).pictures
    assert picture.tables[0].columns == ["Khối", "T", "H", "C", "miễn", "Cộng"]


@given(pupils_of(MATHS))
def test_the_columns_of_a_row_add_up_to_its_total(pupils: list[Pupil]) -> None:
    for picture in page_of(statistics_of(pupils)).pictures:
        for _label, counts in picture.tables[0].rows:
            *parts, total = counts
            assert sum(part or 0 for part in parts) == total


@given(pupils_of(MATHS))
def test_every_row_is_as_long_as_its_header(pupils: list[Pupil]) -> None:
    page = page_of(statistics_of(pupils), by=By.CUT)
    tables = [page.pupils, *(table for found in page.pictures for table in found.tables)]
    for table in tables:
        assert {len(counts) + 1 for _label, counts in table.rows} <= {len(table.columns)}


def test_pupils_are_counted_by_every_cut_that_the_reader_sees() -> None:
    statistics = statistics_of([Pupil(alike(4, minority=True), "T"), *boys(4, T=2)])
    assert page_of(statistics).pupils.rows == [
        ("Khối 4", [3, 1, 1, 1, 0, 0]),
        ("Toàn trường", [3, 1, 1, 1, 0, 0]),
    ]


def test_a_moment_is_named_with_its_year() -> None:
    assert moment_name(YEAR, Period.MID_TERM_2) == "Giữa học kỳ II, năm học 2026-2027"


def test_a_cube_that_hides_everything_still_has_its_picture() -> None:
    """The reader is told why there is no number."""
    statistics = statistics_of(girls(4, T=3), shows_all=False)
    shown: Cube = statistics.cubes[Topic.SUBJECTS][0]
    assert shown.total(SCHOOL) is None
    [picture] = page_of(statistics).pictures
    assert picture.finding == "Toán: ít học sinh nên không hiện số liệu"
