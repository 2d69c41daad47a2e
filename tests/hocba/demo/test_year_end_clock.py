"""The demo's year when it is seeded with its end open (`--open end_year`)."""

import datetime
import itertools

from hypothesis import example, given
from hypothesis import strategies as st

from hocba.demo.clock import (
    OPEN_FOR,
    SHORTEST_WHOLE_YEAR,
    YearPlan,
    past_year,
    running_year,
)
from rulesets import Period

ORDER = [Period.MID_TERM_1, Period.END_TERM_1, Period.MID_TERM_2, Period.END_YEAR]

any_day = st.dates(datetime.date(2024, 1, 1), datetime.date(2040, 12, 31))


def ending_year(today: datetime.date) -> YearPlan:
    return running_year(today, Period.END_YEAR)


def test_unless_it_is_said_otherwise_the_third_period_is_open() -> None:
    today = datetime.date(2027, 3, 10)
    assert running_year(today) == running_year(today, Period.MID_TERM_2)
    assert running_year(today).open_period == Period.MID_TERM_2


def test_a_past_year_has_no_open_period() -> None:
    assert past_year(ending_year(datetime.date(2027, 5, 20))).open_period is None


@given(any_day)
@example(datetime.date(2028, 2, 29))
@example(datetime.date(2026, 7, 31))
@example(datetime.date(2026, 8, 1))
def test_today_lies_in_the_last_window_and_in_no_other(today: datetime.date) -> None:
    year = ending_year(today)
    open_today = [
        period for period, row in year.windows.items() if row.opens_on <= today <= row.closes_on
    ]
    assert open_today == [Period.END_YEAR] == [year.open_period]


@given(any_day)
def test_the_last_window_has_been_open_long_enough_to_sign_a_class(today: datetime.date) -> None:
    """A class is signed eleven days after the opening: not in the future."""
    assert today - ending_year(today).windows[Period.END_YEAR].opens_on == OPEN_FOR
    assert datetime.timedelta(days=11) < OPEN_FOR


@given(any_day)
def test_windows_follow_each_other_and_are_signed_before_the_next(today: datetime.date) -> None:
    windows = [ending_year(today).windows[period] for period in ORDER]
    for earlier, later in itertools.pairwise(windows):
        assert earlier.closes_on < later.opens_on


@given(any_day)
def test_the_year_ends_after_its_last_window(today: datetime.date) -> None:
    year = ending_year(today)
    assert year.starts_on < year.windows[Period.MID_TERM_1].opens_on
    assert today < year.windows[Period.END_YEAR].closes_on <= year.ends_on


@given(any_day)
def test_a_year_that_ends_has_lasted(today: datetime.date) -> None:
    assert today - ending_year(today).starts_on >= SHORTEST_WHOLE_YEAR


@given(any_day)
def test_the_summer_of_the_past_year_is_decided_before_the_next_begins(
    today: datetime.date,
) -> None:
    """Summers are decided 45 days after the past year's end."""
    running = ending_year(today)
    past = past_year(running)
    assert past.ends_on + datetime.timedelta(days=45) < running.starts_on
    assert past.first_year == running.first_year - 1


def test_in_season_it_begins_in_september_and_ends_with_may() -> None:
    year = ending_year(datetime.date(2027, 5, 19))
    assert (year.first_year, year.starts_on) == (2026, datetime.date(2026, 9, 5))
    assert year.ends_on == datetime.date(2027, 5, 31)


def test_of_two_demos_of_a_day_only_the_windows_differ_not_the_years_name() -> None:
    today = datetime.date(2027, 3, 10)
    assert ending_year(today).first_year == running_year(today).first_year
    assert ending_year(today).windows.keys() == running_year(today).windows.keys()
