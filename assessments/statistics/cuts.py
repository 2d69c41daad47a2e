"""Who is counted apart: the columns of the ministry's mid-year and year-end reports (EQMS)."""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

KINH, FOREIGN, UNKNOWN = "01", "55", "56"
NO_MINORITY = frozenset({"", KINH, FOREIGN, UNKNOWN})
"""Whose ethnicity nobody has written down is counted with no minority, and the page says so."""


class Cut(StrEnum):
    ALL = "all"
    GIRLS = "girls"
    MINORITY = "minority"
    MINORITY_GIRLS = "minority_girls"
    MULTIGRADE = "multigrade"
    DISABILITY = "disability"


class Alike(NamedTuple):
    """Pupils of one class and grade whom no cut tells apart."""

    class_id: int
    grade_level: int
    is_girl: bool
    is_minority: bool
    is_multigrade: bool
    has_disability: bool


class Unit(NamedTuple):
    """Whose pupils: the school's, a grade's, or those of a grade in one class."""

    grade_level: int = 0
    class_id: int = 0


SCHOOL = Unit()


def cuts_of(pupils: Alike) -> list[Cut]:
    belongs = {
        Cut.ALL: True,
        Cut.GIRLS: pupils.is_girl,
        Cut.MINORITY: pupils.is_minority,
        Cut.MINORITY_GIRLS: pupils.is_minority and pupils.is_girl,
        Cut.MULTIGRADE: pupils.is_multigrade,
        Cut.DISABILITY: pupils.has_disability,
    }
    return [cut for cut, belongs_to_it in belongs.items() if belongs_to_it]


@lru_cache(maxsize=5000)
def places_of(pupils: Alike) -> tuple[tuple[Unit, Cut], ...]:
    """Wherever they are counted; found once, since a page asks it for every value."""
    cuts = cuts_of(pupils)
    return tuple((unit, cut) for unit in units_of(pupils) for cut in cuts)


def units_of(pupils: Alike) -> tuple[Unit, Unit, Unit]:
    grade_level = pupils.grade_level
    return SCHOOL, Unit(grade_level), Unit(grade_level, pupils.class_id)


def cut_name(cut: Cut) -> str:
    names = {
        Cut.ALL: _("Tổng số"),
        Cut.GIRLS: _("Nữ"),
        Cut.MINORITY: _("Dân tộc thiểu số"),
        Cut.MINORITY_GIRLS: _("Nữ dân tộc thiểu số"),
        Cut.MULTIGRADE: _("Lớp ghép"),
        Cut.DISABILITY: _("Khuyết tật"),
    }
    return names[cut]
