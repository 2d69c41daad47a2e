"""What leaders and the registrar see of the classes of a year."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.calendar import PeriodInTime, late_by
from assessments.links import class_period_url
from assessments.standing import Unfinished
from assessments.teachers import teachers_of


@dataclass(frozen=True)
class LateClass:
    title: str
    status: str
    homeroom_name: str
    late_by: str
    url: str


def late_classes(late: Sequence[Unfinished], moment: PeriodInTime) -> list[LateClass]:
    teachers = teachers_of([row.school_class for row in late], moment.school_year.ends_on)
    return [
        LateClass(
            title=_("Lớp %(name)s · %(period)s")
            % {"name": row.school_class.name, "period": row.period_name},
            status=row.class_period.status if row.class_period.status != "open" else "late",
            homeroom_name=teachers.homeroom_name(row.school_class),
            late_by=late_by(row.days_late),
            url=class_period_url(row.school_class, row.class_period.period),
        )
        for row in late
    ]
