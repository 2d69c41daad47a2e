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
EVENING = datetime.time(20, 15)


@dataclass(frozen=True)
class YearPlan:
    first_year: int
    starts_on: datetime.date
    ends_on: datetime.date
    windows: dict[Period, WindowDates]


def running_year(today: datetime.date) -> YearPlan:
    """The year in whose third period, giữa học kỳ II, today lies."""
    first_year = today.year if today.month >= SCHOOL_YEAR_BEGINS[0] - 1 else today.year - 1
    starts_on = min(datetime.date(first_year, *SCHOOL_YEAR_BEGINS), today - SHORTEST_BEFORE_TODAY)
    ends_on = max(datetime.date(first_year + 1, *SCHOOL_YEAR_ENDS), today + SHORTEST_AFTER_TODAY)
    opens_on = today - datetime.timedelta(days=12)
    span = opens_on - starts_on
    windows = {
        Period.MID_TERM_1: _window(starts_on + span * 0.25),
        Period.END_TERM_1: _window(starts_on + span * 0.62),
        Period.MID_TERM_2: _window(opens_on),
        Period.END_YEAR: _window(ends_on - datetime.timedelta(days=24)),
    }
    return YearPlan(first_year, starts_on, ends_on, windows)


def past_year(running: YearPlan) -> YearPlan:
    first_year = running.first_year - 1
    ends_on = min(
        datetime.date(first_year + 1, *SCHOOL_YEAR_ENDS),
        running.starts_on - datetime.timedelta(days=60),
    )
    starts_on = ends_on - datetime.timedelta(days=268)
    span = ends_on - datetime.timedelta(days=24) - starts_on
    windows = {
        Period.MID_TERM_1: _window(starts_on + span * 0.2),
        Period.END_TERM_1: _window(starts_on + span * 0.48),
        Period.MID_TERM_2: _window(starts_on + span * 0.73),
        Period.END_YEAR: _window(starts_on + span),
    }
    return YearPlan(first_year, starts_on, ends_on, windows)


def _window(opens_on: datetime.date) -> WindowDates:
    closes_on = opens_on + datetime.timedelta(days=21)
    return WindowDates(opens_on=opens_on, closes_on=closes_on, roster_on=closes_on)


@contextmanager
def time_of(day: datetime.date, time: datetime.time = EVENING) -> Iterator[None]:
    """Inside, the actions believe that it is that evening, so that history reads truly."""
    moment = timezone.make_aware(datetime.datetime.combine(day, time))
    with patch.object(timezone, "now", lambda: moment):
        yield
