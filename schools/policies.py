"""What the dates of a school year allow, whoever asks."""

from collections.abc import Mapping

from rulesets import Period
from schools.errors import WindowsOutOfOrder
from schools.models import SchoolYear
from schools.windows import WindowDates, window_faults


def check_windows_fit(school_year: SchoolYear, windows: Mapping[Period, WindowDates]) -> None:
    faults = window_faults(school_year, windows)
    if faults:
        raise WindowsOutOfOrder(faults)
