"""Whose results a period holds."""

import datetime

from django.utils import timezone

from assessments.models import ClassPeriod, PeriodRecord
from assessments.workflow import Status
from rulesets import Period
from schools.models import PeriodWindow, SchoolClass
from students.models import Enrollment
from students.models.enrollment import EnrollmentQuerySet


def window_of(school_class: SchoolClass, period: str) -> PeriodWindow | None:
    """Asked for once where the class was loaded with it (`assessments.grids.classes_at`)."""
    loaded: PeriodWindow | None = getattr(school_class, "period_window", None)
    if loaded is not None and loaded.period == period:
        return loaded
    return PeriodWindow.objects.filter(
        school_year=school_class.school_year_id, period=period
    ).first()


def class_status(school_class: SchoolClass, period: str) -> str:
    stored = ClassPeriod.objects.filter(school_class=school_class, period=period)
    return stored.values_list("status", flat=True).first() or Status.OPEN


def roster(school_class: SchoolClass, period: str) -> EnrollmentQuerySet:
    """The pupils of a period in roll order.

    Until the first submission they follow the enrolments, up to the day the roster is fixed;
    from then on they are those who were submitted.
    """
    class_period = ClassPeriod.objects.filter(school_class=school_class, period=period).first()
    window = None if is_frozen(class_period) else window_of(school_class, period)
    return roster_of(school_class, class_period=class_period, window=window)


def roster_of(
    school_class: SchoolClass, *, class_period: ClassPeriod | None, window: PeriodWindow | None
) -> EnrollmentQuerySet:
    """The roster, for whoever has loaded the class period and the window already."""
    enrollments = Enrollment.objects.select_related("student").in_roll_order()
    if is_frozen(class_period):
        handed_in = PeriodRecord.objects.handed_in().filter(class_period=class_period)
        return enrollments.filter(pk__in=handed_in.values("enrollment"))
    return enrollments.filter(school_class=school_class).enrolled_on_day(roster_day(window))


def is_frozen(class_period: ClassPeriod | None) -> bool:
    return class_period is not None and class_period.status != Status.OPEN


def roster_day(window: PeriodWindow | None) -> datetime.date:
    today = timezone.localdate()
    return min(today, window.roster_on) if window else today


def current_period(windows: list[PeriodWindow], today: datetime.date) -> Period | None:
    """The period that people work on: the newest whose window has opened."""
    opened = [window for window in windows if window.opens_on <= today]
    return Period(max(opened, key=lambda window: window.opens_on).period) if opened else None
