"""Cards in force hold the results behind them; whoever issues or withdraws one calls this."""

import datetime
from collections.abc import Collection

from assessments.models import ClassPeriod, IssueLock, PeriodRecord
from students.models import Enrollment


def hold_enrollments(enrollments: Collection[Enrollment], at: datetime.datetime) -> None:
    """From now on nothing behind these pupils' cards changes, in any period.

    Waits for whoever is writing one of their results: what is issued is read after this.
    """
    periods = PeriodRecord.objects.filter(enrollment__in=enrollments).values("class_period")
    list(ClassPeriod.objects.select_for_update().filter(pk__in=periods).order_by("pk"))
    held = IssueLock.objects.filter(enrollment__in=enrollments).values_list("pk", flat=True)
    IssueLock.objects.bulk_create(
        IssueLock(enrollment_id=pk, held_at=at)
        for pk in sorted({enrollment.pk for enrollment in enrollments} - set(held))
    )


def release_enrollment(enrollment: Enrollment) -> None:
    """Refused by the database while a card of hers is in force."""
    IssueLock.objects.filter(enrollment=enrollment).delete()
