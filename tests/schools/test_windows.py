"""Which dates a year's periods may have: each fault names its date and says what to do."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulesets import Period
from schools.models import SchoolYear
from schools.windows import WindowDates, WindowFault, window_faults

DAY = datetime.timedelta(days=1)
YEAR = SchoolYear(
    first_year=2026,
    ruleset_key="tt27",
    starts_on=datetime.date(2026, 9, 5),
    ends_on=datetime.date(2027, 5, 31),
)
LAST_DAY = datetime.date(2027, 8, 31)
OPENS = datetime.date(2026, 10, 26)
CLOSES = datetime.date(2026, 11, 15)


def dates(
    opens_on: datetime.date = OPENS,
    closes_on: datetime.date = CLOSES,
    roster_on: datetime.date | None = None,
) -> WindowDates:
    return WindowDates(opens_on, closes_on, roster_on or closes_on)


def faults(*windows: WindowDates) -> list[WindowFault]:
    return window_faults(YEAR, dict(zip(YEAR.ruleset.periods, windows, strict=False)))


def places(*windows: WindowDates) -> list[tuple[str, str]]:
    return [(fault.period, fault.field) for fault in faults(*windows)]


def test_dates_in_order_have_no_fault() -> None:
    assert faults(dates(), dates(CLOSES + DAY, CLOSES + 20 * DAY)) == []


def test_a_period_of_one_day_is_one() -> None:
    assert faults(dates(OPENS, OPENS)) == []


def test_closing_before_opening_is_said_at_the_closing() -> None:
    [fault] = faults(dates(OPENS, OPENS - DAY))
    assert fault == WindowFault(
        Period.MID_TERM_1, "closes_on", "Ngày đóng phải từ ngày mở (26/10/2026) trở đi."
    )


def test_a_roster_after_closing_is_refused() -> None:
    [fault] = faults(dates(roster_on=CLOSES + DAY))
    assert fault.field == "roster_on"
    assert fault.sentence == ("Ngày chốt danh sách phải từ 05/09/2026 đến ngày đóng (15/11/2026).")


def test_a_roster_before_the_opening_is_a_schools_own_affair() -> None:
    assert faults(dates(roster_on=OPENS - 10 * DAY)) == []


@pytest.mark.parametrize("roster_on", [YEAR.starts_on - DAY, datetime.date(2025, 10, 1)])
def test_a_roster_of_the_year_before_is_refused(roster_on: datetime.date) -> None:
    assert places(dates(roster_on=roster_on)) == [(Period.MID_TERM_1, "roster_on")]


def test_a_year_mistyped_is_told_between_which_days() -> None:
    [fault, *_others] = faults(dates(OPENS.replace(year=2025), CLOSES))
    assert fault.field == "opens_on"
    assert fault.sentence == "Ngày phải nằm trong năm học, từ 05/09/2026 đến 31/08/2027."


def test_summer_belongs_to_the_year_because_pupils_are_assessed_again() -> None:
    july = datetime.date(2027, 7, 1)
    assert faults(dates(july, LAST_DAY)) == []
    assert places(dates(july, LAST_DAY + DAY)) == [(Period.MID_TERM_1, "closes_on")]


def test_overlapping_periods_are_refused_at_the_later_ones_opening() -> None:
    [fault] = faults(dates(), dates(CLOSES, CLOSES + 20 * DAY))
    assert (fault.period, fault.field) == (Period.END_TERM_1, "opens_on")
    assert fault.sentence.startswith("Giữa học kỳ I đóng ngày 15/11/2026")
    assert "gia hạn" in fault.sentence


def test_periods_in_the_wrong_order_overlap() -> None:
    later = dates(CLOSES + DAY, CLOSES + 20 * DAY)
    assert (Period.END_TERM_1, "opens_on") in places(later, dates())


def test_an_unplanned_period_between_two_hides_no_overlap() -> None:
    windows = {Period.MID_TERM_1: dates(), Period.MID_TERM_2: dates()}
    assert [fault.period for fault in window_faults(YEAR, windows)] == [Period.MID_TERM_2]


DAYS = st.dates(YEAR.starts_on, LAST_DAY)


@given(st.lists(DAYS, min_size=8, max_size=8, unique=True))
def test_any_days_in_the_years_order_are_taken(days: list[datetime.date]) -> None:
    ordered = sorted(days)
    windows = [dates(*ordered[place : place + 2]) for place in range(0, 8, 2)]
    assert faults(*windows) == []


@given(DAYS, DAYS, DAYS)
def test_what_has_no_fault_is_in_order(
    opens_on: datetime.date, closes_on: datetime.date, roster_on: datetime.date
) -> None:
    is_right = faults(dates(opens_on, closes_on, roster_on)) == []
    assert is_right == (opens_on <= closes_on and roster_on <= closes_on)
