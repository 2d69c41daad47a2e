"""The rows of a picture and of the table behind it. Classes stand in their order, never ranked."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from assessments.statistics.cuts import SCHOOL, Cut, Unit, cut_name
from assessments.statistics.school import Statistics
from schools.models import SchoolClass


class By(StrEnum):
    GRADE = "grade"
    CLASS = "class"
    CUT = "cut"


@dataclass(frozen=True)
class Line:
    """Two periods are compared by the label: a class of another year has another key."""

    label: str
    unit: Unit
    cut: Cut


def by_name(by: By) -> str:
    return {By.GRADE: _("Khối"), By.CLASS: _("Lớp"), By.CUT: _("Đối tượng")}[by]


def lines_of(statistics: Statistics, by: By, cut: Cut) -> list[Line]:
    if by == By.CUT:
        return [Line(cut_name(each), SCHOOL, each) for each in statistics.cuts]
    if by == By.CLASS:
        return list(_classes(statistics, cut))
    grades = [Line(grade_name(level), Unit(level), cut) for level in grade_levels(statistics)]
    return [*grades, Line(_("Toàn trường"), SCHOOL, cut)]


def grade_levels(statistics: Statistics) -> list[int]:
    return sorted({pupils.grade_level for pupils in statistics.roll.pupils})


def grade_name(grade_level: int) -> str:
    return _("Khối %(grade)s") % {"grade": grade_level}


def _classes(statistics: Statistics, cut: Cut) -> Iterator[Line]:
    for grade_level in grade_levels(statistics):
        for school_class in statistics.classes:
            if grade_level in school_class.grade_levels:
                label = _class_name(school_class, grade_level)
                yield Line(label, Unit(grade_level, school_class.pk), cut)


def _class_name(school_class: SchoolClass, grade_level: int) -> str:
    if not school_class.is_multigrade:
        return _("Lớp %(name)s") % {"name": school_class.name}
    return _("Lớp %(name)s, khối %(grade)s") % {"name": school_class.name, "grade": grade_level}
