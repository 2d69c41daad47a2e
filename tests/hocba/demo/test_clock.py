import datetime
import itertools

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from hocba.demo.clock import past_year, running_year, time_of
from rulesets import Period

ORDER = [Period.MID_TERM_1, Period.END_TERM_1, Period.MID_TERM_2, Period.END_YEAR]

any_day = st.dates(datetime.date(2024, 1, 1), datetime.date(2040, 12, 31))
YEARS = {
    "running": running_year,
    "past": lambda today: past_year(running_year(today)),
}
both_years = pytest.mark.parametrize("year_of", YEARS.values(), ids=YEARS)


@given(any_day)
@example(datetime.date(2028, 2, 29))
@example(datetime.date(2026, 8, 1))
@example(datetime.date(2026, 7, 31))
def test_today_lies_in_the_third_window(today):
    window = running_year(today).windows[Period.MID_TERM_2]
    assert window.opens_on < today < window.closes_on


@given(any_day)
def test_today_lies_in_no_other_window(today):
    windows = running_year(today).windows
    open_today = [name for name in ORDER if windows[name].opens_on <= today]
    assert open_today == ORDER[:3]
    assert windows[Period.END_TERM_1].closes_on < today


@both_years
@given(today=any_day)
def test_windows_follow_each_other_without_overlap(year_of, today):
    windows = [year_of(today).windows[period] for period in ORDER]
    for earlier, later in itertools.pairwise(windows):
        assert earlier.opens_on < earlier.closes_on < later.opens_on


@both_years
@given(today=any_day)
def test_windows_lie_within_their_year(year_of, today):
    year = year_of(today)
    assert year.starts_on < year.windows[Period.MID_TERM_1].opens_on
    assert year.windows[Period.END_YEAR].closes_on <= year.ends_on


@both_years
@given(today=any_day)
def test_the_roster_is_taken_as_the_window_closes(year_of, today):
    windows = year_of(today).windows.values()
    assert all(window.roster_on == window.closes_on for window in windows)


@given(any_day)
def test_the_past_year_has_ended_before_the_running_one_starts(today):
    running = running_year(today)
    past = past_year(running)
    assert past.ends_on < running.starts_on
    assert past.first_year == running.first_year - 1


@given(any_day)
def test_the_past_year_was_a_whole_one(today):
    past = past_year(running_year(today))
    assert (past.ends_on - past.starts_on).days == 268


@given(any_day)
def test_the_years_name_is_that_of_the_schools(today):
    """From August on, people speak of the year that begins in September."""
    expected = today.year if today.month >= 8 else today.year - 1
    assert running_year(today).first_year == expected


@given(any_day)
def test_today_lies_within_the_running_year(today):
    year = running_year(today)
    assert year.starts_on < today < year.ends_on


def test_in_season_the_year_is_as_long_as_a_real_one():
    year = running_year(datetime.date(2027, 2, 15))
    assert (year.starts_on, year.ends_on) == (
        datetime.date(2026, 9, 5),
        datetime.date(2027, 5, 31),
    )


def test_inside_it_is_that_evening():
    with time_of(datetime.date(2026, 11, 20)):
        assert timezone.localtime().isoformat() == "2026-11-20T20:15:00+07:00"
        assert timezone.localdate() == datetime.date(2026, 11, 20)


def test_the_hour_may_be_another():
    with time_of(datetime.date(2026, 11, 20), datetime.time(9, 5)):
        assert timezone.localtime().hour == 9


def test_afterwards_the_clock_goes_on():
    before = timezone.now()
    with time_of(datetime.date(2020, 11, 20)):
        assert timezone.now() < before
    assert timezone.now() >= before


def test_a_failure_inside_leaves_the_clock_right():
    before = timezone.now
    with pytest.raises(ZeroDivisionError), time_of(datetime.date(2026, 11, 20)):
        raise ZeroDivisionError
    assert timezone.now is before
