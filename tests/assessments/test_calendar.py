import datetime

import pytest

from assessments.calendar import (
    PeriodInTime,
    next_window,
    period_in_time,
    period_name,
    period_today,
)
from rulesets import Period
from tests import factories
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1  # 28/12/2026 to 17/01/2027


def at(cast: Cast, day: str, period: str = END_TERM_1) -> PeriodInTime:
    return period_in_time(cast.school_year, period, datetime.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-12-27", "mở nhập từ 28/12/2026"),
        ("2026-12-28", "còn 20 ngày"),
        ("2027-01-16", "còn 1 ngày"),
        ("2027-01-17", "hạn hôm nay"),
        ("2027-01-18", "quá hạn 1 ngày"),
        ("2027-02-17", "quá hạn 31 ngày"),
    ],
)
def test_the_time_left_in_words(cast: Cast, day: str, words: str) -> None:
    assert at(cast, day).time_left == words


@pytest.mark.parametrize(
    ("day", "has_opened", "is_over"),
    [
        ("2026-12-27", False, False),
        ("2026-12-28", True, False),
        ("2027-01-17", True, False),
        ("2027-01-18", True, True),
    ],
)
def test_when_it_opens_and_ends(cast: Cast, day: str, has_opened: bool, is_over: bool) -> None:
    moment = at(cast, day)
    assert (moment.has_opened, moment.is_over) == (has_opened, is_over)


def test_a_period_without_a_window_is_not_planned(cast: Cast) -> None:
    moment = at(cast, "2027-01-05", Period.SUPPLEMENTARY)
    assert moment.time_left == "trường chưa định thời gian nhập"
    assert not moment.has_opened
    assert not moment.is_over


@pytest.mark.parametrize(
    ("day", "period"),
    [
        ("2026-09-05", Period.MID_TERM_1),
        ("2026-12-27", Period.MID_TERM_1),
        ("2026-12-28", Period.END_TERM_1),
        ("2027-03-07", Period.END_TERM_1),
        ("2027-07-15", Period.END_YEAR),
    ],
)
def test_people_work_on_the_newest_period_that_has_opened(
    cast: Cast, day: str, period: Period
) -> None:
    moment = period_today(cast.school, datetime.date.fromisoformat(day))
    assert moment is not None
    assert moment.period == period


def test_the_new_year_begins_with_its_first_day(cast: Cast) -> None:
    new_year = factories.make_school_year(cast.school, first_year=2027)
    moment = period_today(cast.school, datetime.date(2027, 9, 5))
    assert moment is not None
    assert (moment.school_year, moment.period) == (new_year, Period.MID_TERM_1)


def test_a_school_without_a_year_has_no_period(cast: Cast) -> None:
    assert period_today(cast.school, datetime.date(2020, 1, 1)) is None


def test_what_comes_after_a_period(cast: Cast) -> None:
    following = next_window(cast.school_year, END_TERM_1)
    assert following is not None
    assert following.period == Period.MID_TERM_2
    assert next_window(cast.school_year, Period.END_YEAR) is None
    assert next_window(cast.school_year, Period.SUPPLEMENTARY) is None


def test_every_period_has_a_name() -> None:
    assert all(period_name(period) for period in Period)
