"""The registrar's desk: pupils, and the classes that are late."""

from dataclasses import dataclass

from assessments.calendar import PeriodInTime
from assessments.reading import classes_in_order
from assessments.standing import unfinished
from hocba.desks.classes import LateClass, late_classes
from schools.models import School, SchoolClass
from students.models import Enrollment


@dataclass(frozen=True)
class RegistrarDesk:
    moment: PeriodInTime
    pupils: int
    classes: list[SchoolClass]
    late: list[LateClass]


def registrar_desk(school: School, moment: PeriodInTime) -> RegistrarDesk:
    classes = classes_in_order(moment.school_year)
    late = unfinished(classes, school_year=moment.school_year, today=moment.today)
    return RegistrarDesk(
        moment=moment,
        pupils=Enrollment.objects.for_school(school).current().count(),
        classes=classes,
        late=late_classes(late, moment),
    )
