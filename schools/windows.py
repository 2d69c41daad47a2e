"""What is wrong with the dates that a school gives to the periods of a year."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rulesets import Period
from schools.models import PeriodWindow, SchoolYear


@dataclass(frozen=True)
class WindowDates:
    opens_on: datetime.date
    closes_on: datetime.date
    roster_on: datetime.date


@dataclass(frozen=True)
class WindowFault:
    """A sentence, and the date that it speaks of."""

    period: Period
    field: str
    sentence: str


def window_faults(
    school_year: SchoolYear, windows: Mapping[Period, WindowDates]
) -> list[WindowFault]:
    """Each period on its own first, then each against the one before it in the year."""
    planned = [
        (period, windows[period]) for period in school_year.ruleset.periods if period in windows
    ]
    return [
        *(fault for period, dates in planned for fault in _faults(school_year, period, dates)),
        *(fault for earlier, later in pairwise(planned) for fault in _overlap(earlier, later)),
    ]


def _faults(school_year: SchoolYear, period: Period, dates: WindowDates) -> Iterator[WindowFault]:
    first, last = school_year.starts_on, school_year.last_day_for_entries
    for name in ("opens_on", "closes_on"):
        if not first <= getattr(dates, name) <= last:
            yield WindowFault(period, name, _outside(first, last))
    if dates.closes_on < dates.opens_on:
        sentence = _("Ngày đóng phải từ ngày mở (%(day)s) trở đi.")
        yield WindowFault(period, "closes_on", sentence % {"day": date_format(dates.opens_on)})
    if not first <= dates.roster_on <= dates.closes_on:
        sentence = _("Ngày chốt danh sách phải từ %(first)s đến ngày đóng (%(last)s).")
        days = {"first": date_format(first), "last": date_format(dates.closes_on)}
        yield WindowFault(period, "roster_on", sentence % days)


def _outside(first: datetime.date, last: datetime.date) -> str:
    return _("Ngày phải nằm trong năm học, từ %(first)s đến %(last)s.") % {
        "first": date_format(first),
        "last": date_format(last),
    }


def _overlap(
    earlier: tuple[Period, WindowDates], later: tuple[Period, WindowDates]
) -> Iterator[WindowFault]:
    """Desks work on the newest period that has opened: the earlier one would vanish from them."""
    if later[1].opens_on > earlier[1].closes_on:
        return
    sentence = _(
        "%(earlier)s đóng ngày %(day)s, nên thời điểm này mở sau ngày đó. "
        "Lớp nào cần thêm ngày thì gia hạn cho riêng lớp ấy."
    )
    words = {
        "earlier": PeriodWindow(period=earlier[0]).get_period_display(),
        "day": date_format(earlier[1].closes_on),
    }
    yield WindowFault(later[0], "opens_on", sentence % words)
