"""Term records that wait for somebody, whichever period they belong to."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from assessments.calendar import period_name
from assessments.models import (
    ClassPeriod,
    Commendation,
    ExtensionRequest,
    PeriodRecord,
    ReopenRequest,
    Retest,
)
from assessments.models.commendations import CommendationQuerySet
from assessments.models.extensions import ExtensionRequestQuerySet
from assessments.models.periods import PeriodRecordQuerySet, ReopenRequestQuerySet
from assessments.models.retests import RetestQuerySet
from assessments.retest_workflow import RetestStatus
from assessments.workflow import EDITABLE, Status
from schools.models import School, SchoolClass, SchoolYear, StaffMember, TeachingAssignment

DECLINED_IS_SHOWN_FOR = datetime.timedelta(days=14)


@dataclass(frozen=True)
class Unfinished:
    """A class that is still with its teachers although the period's time is over."""

    class_period: ClassPeriod
    days_late: int

    @property
    def school_class(self) -> SchoolClass:
        return self.class_period.school_class

    @property
    def period_name(self) -> str:
        return period_name(self.class_period.period)


def unfinished(
    classes: Sequence[SchoolClass], *, school_year: SchoolYear, today: datetime.date
) -> list[Unfinished]:
    """The longest overdue first; a class that nobody has begun is among them."""
    stored = {
        (row.school_class_id, row.period): row
        for row in ClassPeriod.objects.filter(school_class__in=classes).select_related(
            "status_changed_by"
        )
    }
    over = school_year.period_windows.filter(
        closes_on__lt=today, period__in=school_year.ruleset.periods
    )
    found = []
    for window in over.order_by("closes_on"):
        for school_class in classes:
            class_period = stored.get((school_class.pk, window.period)) or ClassPeriod(
                school_class=school_class, period=window.period
            )
            class_period.school_class = school_class
            if class_period.status in EDITABLE:
                found.append(Unfinished(class_period, (today - window.closes_on).days))
    return found


def awaiting_sign_off(school: School) -> list[ClassPeriod]:
    """Whoever has waited longest first."""
    return list(
        ClassPeriod.objects.for_school(school)
        .awaiting_sign_off()
        .select_related("school_class__school_year", "status_changed_by")
        .order_by("status_changed_at", "pk")
    )


def pupils_awaiting_sign_off(school: School) -> list[PeriodRecord]:
    """Pupils reopened alone and handed in again."""
    return list(
        _pupils_alone()
        .for_school(school)
        .filter(status=Status.SUBMITTED)
        .order_by("status_changed_at", "pk")
    )


def pupils_with_teachers(classes: Sequence[SchoolClass]) -> list[PeriodRecord]:
    """Pupils reopened or returned alone."""
    return list(
        _pupils_alone()
        .filter(class_period__school_class__in=classes)
        .editable()
        .order_by("status_changed_at", "pk")
    )


def _pupils_alone() -> PeriodRecordQuerySet:
    return (
        PeriodRecord.objects.handed_in()
        .filter(class_period__status=Status.SIGNED_OFF)
        .select_related("class_period__school_class__school_year", "enrollment__student")
    )


def pending_requests(school: School) -> ReopenRequestQuerySet:
    return (
        ReopenRequest.objects.pending()
        .filter(class_period__school_class__school_year__school=school)
        .select_related("class_period__school_class", "record__enrollment__student", "asked_by")
        .order_by("asked_at", "pk")
    )


def pending_extension_requests(school: School) -> ExtensionRequestQuerySet:
    return (
        ExtensionRequest.objects.for_school(school)
        .pending()
        .select_related("class_period__school_class", "asked_by")
        .order_by("asked_at", "pk")
    )


def open_commendations(school: School) -> CommendationQuerySet:
    """Whoever has waited longest first."""
    waiting = Commendation.objects.for_school(school).open()
    return waiting.with_pupil().order_by("proposed_at", "pk")


def proposed_retests(school: School) -> RetestQuerySet:
    """Whoever has waited longest first."""
    waiting = Retest.objects.for_school(school).awaiting_answer()
    return waiting.with_pupil().order_by("proposed_at", "pk")


def answered_retests(
    staff: StaffMember, classes: Sequence[SchoolClass], *, school_year: SchoolYear
) -> RetestQuerySet:
    """Of the subjects that a teacher has now: those that wait for the score, and what was
    declined lately and not proposed again."""
    day = min(timezone.localdate(), school_year.ends_on)
    taught = TeachingAssignment.objects.in_post_on(day).filter(
        staff_member=staff,
        offering__school_class=OuterRef("record__class_period__school_class"),
        offering__subject_code=OuterRef("subject_code"),
        offering__grade_level=OuterRef("record__enrollment__grade_level"),
    )
    later = Retest.objects.filter(
        record=OuterRef("record"), subject_code=OuterRef("subject_code"), pk__gt=OuterRef("pk")
    )
    lately = timezone.now() - DECLINED_IS_SHOWN_FOR
    return (
        Retest.objects.filter(Exists(taught), record__class_period__school_class__in=classes)
        .filter(
            Q(status=RetestStatus.AGREED)
            | (Q(status=RetestStatus.DECLINED, answered_at__gte=lately) & ~Exists(later))
        )
        .with_pupil()
        .order_by("answered_at", "pk")
    )
