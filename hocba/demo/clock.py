"""The demo's days. Its school year is laid out around today, so that a period is always open:
out of season the terms are shorter than in a real year, and their order stays."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from django.utils import timezone

from rulesets import Period
from schools.windows import WindowDates

SCHOOL_YEAR_BEGINS = (9, 5)
SCHOOL_YEAR_ENDS = (5, 31)
SHORTEST_BEFORE_TODAY = datetime.timedelta(days=150)
SHORTEST_AFTER_TODAY = datetime.timedelta(days=100)
SHORTEST_WHOLE_YEAR = datetime.timedelta(days=240)
OPEN_FOR = datetime.timedelta(days=12)
LAST_WINDOW = datetime.timedelta(days=24)  # from its opening to the end of the year
EVENING = datetime.time(20, 15)


@dataclass(frozen=True)
class YearPlan:
    first_year: int
    starts_on: datetime.date
    ends_on: datetime.date
    windows: dict[Period, WindowDates]
    open_period: Period | None = None


def running_year(today: datetime.date, open_period: Period = Period.MID_TERM_2) -> YearPlan:
    """The year in whose third period, giữa học kỳ II, today lies, or in whose last."""
    opens_on = today - OPEN_FOR
    if open_period == Period.END_YEAR:
        return _year_that_ends(today, opens_on)
    first_year = _first_year(today)
    starts_on = min(datetime.date(first_year, *SCHOOL_YEAR_BEGINS), today - SHORTEST_BEFORE_TODAY)
    ends_on = max(datetime.date(first_year + 1, *SCHOOL_YEAR_ENDS), today + SHORTEST_AFTER_TODAY)
    span = opens_on - starts_on
    windows = {
        Period.MID_TERM_1: _window(starts_on + span * 0.25),
        Period.END_TERM_1: _window(starts_on + span * 0.62),
        Period.MID_TERM_2: _window(opens_on),
        Period.END_YEAR: _window(ends_on - LAST_WINDOW),
    }
    return YearPlan(first_year, starts_on, ends_on, windows, open_period)


def _first_year(today: datetime.date) -> int:
    return today.year if today.month >= SCHOOL_YEAR_BEGINS[0] - 1 else today.year - 1


def _year_that_ends(today: datetime.date, opens_on: datetime.date) -> YearPlan:
    first_year = _first_year(today)
    starts_on = min(datetime.date(first_year, *SCHOOL_YEAR_BEGINS), today - SHORTEST_WHOLE_YEAR)
    windows = _windows_until(starts_on, opens_on)
    return YearPlan(first_year, starts_on, opens_on + LAST_WINDOW, windows, Period.END_YEAR)


def past_year(running: YearPlan) -> YearPlan:
    first_year = running.first_year - 1
    ends_on = min(
        datetime.date(first_year + 1, *SCHOOL_YEAR_ENDS),
        running.starts_on - datetime.timedelta(days=60),
    )
    starts_on = ends_on - datetime.timedelta(days=268)
    return YearPlan(
        first_year, starts_on, ends_on, _windows_until(starts_on, ends_on - LAST_WINDOW)
    )


def _windows_until(
    starts_on: datetime.date, last_opens_on: datetime.date
) -> dict[Period, WindowDates]:
    span = last_opens_on - starts_on
    return {
        Period.MID_TERM_1: _window(starts_on + span * 0.2),
        Period.END_TERM_1: _window(starts_on + span * 0.48),
        Period.MID_TERM_2: _window(starts_on + span * 0.73),
        Period.END_YEAR: _window(last_opens_on),
    }


def _window(opens_on: datetime.date) -> WindowDates:
    closes_on = opens_on + datetime.timedelta(days=21)
    return WindowDates(opens_on=opens_on, closes_on=closes_on, roster_on=closes_on)


@contextmanager
def time_of(day: datetime.date, time: datetime.time = EVENING) -> Iterator[None]:
    """Inside, the actions believe that it is that evening, so that history reads truly."""
    moment = timezone.make_aware(datetime.datetime.combine(day, time))
    with patch.object(timezone, "now", lambda: moment):
        yield
