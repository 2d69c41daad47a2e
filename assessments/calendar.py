"""Which period a school works on today, and how long it has for it."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.roster import current_period
from rulesets import Period
from schools.models import PeriodWindow, School, SchoolYear
from schools.years import school_year_of


@dataclass(frozen=True)
class PeriodInTime:
    """A period of a school year as it looks from `today`; no window means not planned yet."""

    school_year: SchoolYear
    period: Period
    window: PeriodWindow | None
    today: datetime.date
    extended_until: datetime.date | None = None  # for the reader, in the class that she looks at

    @property
    def name(self) -> str:
        return period_name(self.period)

    @property
    def has_opened(self) -> bool:
        return self.window is not None and self.window.opens_on <= self.today

    @property
    def days_left(self) -> int:
        """0 on the last day, negative when the time is over."""
        return (self.window.closes_on - self.today).days if self.window else 0

    @property
    def is_over(self) -> bool:
        return self.days_left < 0

    @property
    def days_late(self) -> int:
        return max(0, -self.days_left)

    @property
    def is_extended(self) -> bool:
        until = self.extended_until
        return self.is_over and until is not None and until >= self.today

    @property
    def is_closed(self) -> bool:
        return self.is_over and not self.is_extended

    @property
    def time_left(self) -> str:
        if self.window is None:
            return _("trường chưa định thời gian nhập")
        if not self.has_opened:
            return _("mở nhập từ %(day)s") % {"day": date_format(self.window.opens_on)}
        if self.is_extended and self.extended_until:
            return _("gia hạn đến hết %(day)s") % {"day": date_format(self.extended_until)}
        if self.is_over:
            return late_by(self.days_late)
        if self.days_left == 0:
            return _("hạn hôm nay")
        return ngettext("còn %(days)s ngày", "còn %(days)s ngày", self.days_left) % {
            "days": self.days_left
        }


def late_by(days: int) -> str:
    return ngettext("quá hạn %(days)s ngày", "quá hạn %(days)s ngày", days) % {"days": days}


def period_name(period: str) -> str:
    return str(PeriodWindow(period=period).get_period_display())


def period_today(school: School, today: datetime.date) -> PeriodInTime | None:
    """The newest period whose window has opened; before the first one, that first one."""
    school_year = school_year_of(school, today)
    if school_year is None:
        return None
    planned = school_year.period_windows.filter(period__in=school_year.ruleset.periods)
    windows = {window.period: window for window in planned}
    period = current_period(list(windows.values()), today) or school_year.ruleset.periods[0]
    return PeriodInTime(school_year, period, windows.get(period), today)


def period_in_time(school_year: SchoolYear, period: str, today: datetime.date) -> PeriodInTime:
    window = school_year.period_windows.filter(period=period).first()
    return PeriodInTime(school_year, Period(period), window, today)


def next_window(school_year: SchoolYear, period: str) -> PeriodWindow | None:
    """The window that opens after this period's."""
    windows = list(school_year.period_windows.order_by("opens_on"))
    periods = [window.period for window in windows]
    following = windows[periods.index(period) + 1 :] if period in periods else []
    return following[0] if following else None
