"""A period's window seen from any day of any year."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from assessments.calendar import PeriodInTime, late_by
from assessments.roster import current_period, roster_day
from rulesets import Period
from schools.models import PeriodWindow, SchoolYear

ONE_DAY = datetime.timedelta(days=1)

days = st.dates(datetime.date(2024, 1, 1), datetime.date(2031, 12, 31))


@st.composite
def windows(draw: st.DrawFn, period: str = Period.END_TERM_1) -> PeriodWindow:
    opens_on = draw(days)
    length = draw(st.integers(0, 60))
    closes_on = opens_on + length * ONE_DAY
    return PeriodWindow(period=period, opens_on=opens_on, closes_on=closes_on, roster_on=closes_on)


@st.composite
def years_of_windows(draw: st.DrawFn) -> list[PeriodWindow]:
    periods = draw(st.lists(st.sampled_from(list(Period)), unique=True, max_size=4))
    opening = draw(
        st.lists(days, unique=True, min_size=len(periods), max_size=len(periods)).map(sorted)
    )
    return [
        PeriodWindow(period=period, opens_on=day, closes_on=day, roster_on=day)
        for period, day in zip(periods, opening, strict=True)
    ]


def seen(window: PeriodWindow | None, today: datetime.date) -> PeriodInTime:
    return PeriodInTime(SchoolYear(), Period.END_TERM_1, window, today)


@given(windows(), days)
def test_a_period_is_over_only_after_it_has_opened(
    window: PeriodWindow, today: datetime.date
) -> None:
    moment = seen(window, today)
    assert moment.has_opened or not moment.is_over


@given(windows(), st.data())
def test_from_its_first_to_its_last_day_it_is_open(window: PeriodWindow, data) -> None:
    moment = seen(window, data.draw(st.dates(window.opens_on, window.closes_on)))
    assert moment.has_opened
    assert not moment.is_over


@given(windows(), days)
def test_each_day_takes_one_from_the_days_left(window: PeriodWindow, today: datetime.date) -> None:
    assert seen(window, today).days_left == seen(window, today + ONE_DAY).days_left + 1


@given(windows(), days)
def test_the_words_say_whether_to_wait_to_work_or_to_hurry(
    window: PeriodWindow, today: datetime.date
) -> None:
    moment = seen(window, today)
    if not moment.has_opened:
        beginning = "mở nhập từ"
    elif moment.is_over:
        beginning = "quá hạn"
    else:
        beginning = "hạn hôm nay" if today == window.closes_on else "còn"
    assert moment.time_left.startswith(beginning)


@given(days)
def test_without_a_window_nothing_has_opened_and_nothing_is_late(today: datetime.date) -> None:
    moment = seen(None, today)
    assert (moment.has_opened, moment.is_over) == (False, False)
    assert moment.time_left == "trường chưa định thời gian nhập"


@given(st.integers(1, 400))
def test_how_late_it_is_is_told_in_days(days_late: int) -> None:
    assert late_by(days_late) == f"quá hạn {days_late} ngày"


@given(years_of_windows(), days)
def test_people_work_on_a_period_that_has_opened(
    year: list[PeriodWindow], today: datetime.date
) -> None:
    period = current_period(year, today)
    opened = {window.period for window in year if window.opens_on <= today}
    assert period in opened or (period is None and not opened)


@given(years_of_windows(), days)
def test_time_never_leads_back_to_an_earlier_period(
    year: list[PeriodWindow], today: datetime.date
) -> None:
    order = [None, *(window.period for window in year)]
    tomorrow = current_period(year, today + ONE_DAY)
    assert order.index(current_period(year, today)) <= order.index(tomorrow)


@given(years_of_windows(), days, st.randoms(use_true_random=False))
def test_the_order_of_the_windows_does_not_matter(
    year: list[PeriodWindow], today: datetime.date, random
) -> None:
    shuffled = random.sample(year, len(year))
    assert current_period(shuffled, today) == current_period(year, today)


def test_the_roster_follows_the_enrolments_until_its_day(now: datetime.datetime) -> None:
    later = PeriodWindow(roster_on=now.date() + ONE_DAY)
    assert roster_day(later) == now.date()


def test_the_roster_stands_still_after_its_day(now: datetime.datetime) -> None:
    earlier = PeriodWindow(roster_on=now.date() - ONE_DAY)
    assert roster_day(earlier) == now.date() - ONE_DAY


def test_without_a_window_the_roster_is_todays(now: datetime.datetime) -> None:
    assert roster_day(None) == now.date()
