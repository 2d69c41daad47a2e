"""Until when somebody may enter a closed period of a class."""

import datetime

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from assessments.models import Extension
from assessments.models.extensions import ExtensionQuerySet
from schools.models import PeriodWindow, SchoolClass, StaffMember


def covering(extensions: ExtensionQuerySet, school_class: object, staff: object) -> QuerySet:
    """Each of the two is a row, its key, or a reference to one."""
    return extensions.filter(
        Q(school_class__isnull=True) | Q(school_class=school_class),
        Q(staff_member__isnull=True) | Q(staff_member=staff),
    )


def extended_until(
    school_class: SchoolClass, staff: StaffMember, window: PeriodWindow, today: datetime.date
) -> datetime.date | None:
    standing = Extension.objects.standing_on(today).filter(window=window)
    return covering(standing, school_class, staff).aggregate(last=Max("ends_on"))["last"]


def extended_until_of_each_class(staff: StaffMember, period: str, today: datetime.date) -> Subquery:
    """The same for a query of classes, which it costs no query of its own."""
    standing = Extension.objects.standing_on(today).filter(
        window__period=period, window__school_year=OuterRef("school_year")
    )
    covered = covering(standing, OuterRef("pk"), staff)
    return Subquery(covered.order_by("-ends_on").values("ends_on")[:1])
