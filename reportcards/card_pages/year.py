"""The digital cards of a school year as the office sees them: what is ready, what is missing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.counting import rosters, stored_class_periods
from assessments.reading import classes_in_order
from reportcards.card_pages.school_gaps import SchoolGap, school_gaps
from reportcards.card_policies import closing_of
from reportcards.models import CardYearClosing, ReportCard
from reportcards.readiness import Readiness, readiness_of
from reportcards.workflow import IN_FORCE, IN_MAKING, CardState
from rulesets import Period
from schools.models import SchoolClass, SchoolYear, StaffMember
from students.models import Enrollment

IN_FORCE_UNDISPUTED = tuple(state for state in IN_FORCE if state != CardState.REFUSED)


@dataclass(frozen=True)
class ClassCards:
    """A class in numbers; `ready` and `lacking` are of those who have no card that stands."""

    school_class: SchoolClass
    pupils: int
    signed_off: int
    ready: int
    lacking: int
    states: Mapping[str, int]

    @property
    def url(self) -> str:
        return reverse("class_cards", args=[self.school_class.pk])

    @property
    def created(self) -> int:
        return self.states.get(CardState.CREATED, 0)

    @property
    def homeroom_signed(self) -> int:
        return self.states.get(CardState.HOMEROOM_SIGNED, 0)

    @property
    def leader_signed(self) -> int:
        return self.states.get(CardState.LEADER_SIGNED, 0)

    @property
    def in_force(self) -> int:
        return sum(self.states.get(state, 0) for state in IN_FORCE_UNDISPUTED)

    @property
    def refused(self) -> int:
        return self.states.get(CardState.REFUSED, 0)

    @property
    def withdrawn(self) -> int:
        return self.states.get(CardState.WITHDRAWN, 0)

    @property
    def numbers(self) -> tuple[int, ...]:
        """In the order of the page's columns."""
        return (
            self.pupils,
            self.signed_off,
            self.lacking,
            self.ready,
            self.created,
            self.homeroom_signed,
            self.leader_signed,
            self.in_force,
            self.refused,
            self.withdrawn,
        )


class CardYear:
    def __init__(self, school_year: SchoolYear, reader: StaffMember) -> None:
        """`school_year` comes with its school and department."""
        self.school_year = school_year
        self.reader = reader

    @cached_property
    def classes(self) -> list[ClassCards]:
        return [
            ClassCards(
                school_class=school_class,
                pupils=self._pupils_by_class[school_class.pk],
                signed_off=self._signed_off(school_class),
                ready=sum(row.is_ready for row in self._readings_of(school_class)),
                lacking=sum(map(_lacks, self._readings_of(school_class))),
                states=self._states.get(school_class.pk, {}),
            )
            for school_class in self._school_classes
        ]

    @property
    def totals(self) -> list[int]:
        return [sum(column) for column in zip(*(row.numbers for row in self.classes), strict=True)]

    @cached_property
    def gaps(self) -> list[SchoolGap]:
        return school_gaps(self.school_year, self.readings, self.reader)

    @cached_property
    def closing(self) -> CardYearClosing | None:
        return closing_of(self.school_year)

    @property
    def figures(self) -> list[dict[str, object]]:
        ready = sum(row.is_ready for row in self.readings)
        lacking = sum(map(_lacks, self.readings))
        making = self._count(IN_MAKING)
        in_force = self._count(IN_FORCE_UNDISPUTED)
        return [
            _figure(ready, ngettext("em sẵn sàng khởi tạo", "em sẵn sàng khởi tạo", ready)),
            _figure(lacking, ngettext("em còn thiếu", "em còn thiếu", lacking)),
            _figure(making, ngettext("học bạ đang ký", "học bạ đang ký", making)),
            _figure(in_force, ngettext("học bạ có hiệu lực", "học bạ có hiệu lực", in_force)),
        ]

    @property
    def year_sections(self) -> list[dict[str, object]]:
        """The school's years, the newest first; one alone needs no choice."""
        years = list(self.school_year.school.school_years.newest_first())
        if len(years) < 2:
            return []
        return [
            {
                "label": _("Năm học %(year)s") % {"year": year.name},
                "url": reverse("card_year", args=[year.first_year]),
                "is_current": year == self.school_year,
                "count": None,
            }
            for year in years
        ]

    @cached_property
    def readings(self) -> list[Readiness]:
        """Of the pupils whose card does not stand yet, in the order of the classes."""
        standing = set(
            ReportCard.objects.standing()
            .filter(school_year=self.school_year)
            .values_list("enrollment_id", flat=True)
        )
        waiting = [row for row in self._pupils if row.pk not in standing]
        return readiness_of(waiting, checks_form=False)

    @cached_property
    def _school_classes(self) -> list[SchoolClass]:
        return classes_in_order(self.school_year)

    @cached_property
    def _pupils(self) -> list[Enrollment]:
        """Each with the class that the page holds."""
        by_pk = {school_class.pk: school_class for school_class in self._school_classes}
        periods = stored_class_periods(self._school_classes, Period.END_YEAR)
        rows = rosters(self._school_classes, periods, self.school_year, Period.END_YEAR)
        pupils = list(rows.select_related("student").in_roll_order())
        for row in pupils:
            row.school_class = by_pk[row.school_class_id]
        return pupils

    @cached_property
    def _pupils_by_class(self) -> Counter[int]:
        return Counter(row.school_class_id for row in self._pupils)

    @cached_property
    def _readings_by_class(self) -> Mapping[int, list[Readiness]]:
        by_class: dict[int, list[Readiness]] = {}
        for row in self.readings:
            by_class.setdefault(row.enrollment.school_class_id, []).append(row)
        return by_class

    def _readings_of(self, school_class: SchoolClass) -> Sequence[Readiness]:
        return self._readings_by_class.get(school_class.pk, [])

    def _signed_off(self, school_class: SchoolClass) -> int:
        """Whoever has a card had her year signed off."""
        readings = self._readings_of(school_class)
        with_card = self._pupils_by_class[school_class.pk] - len(readings)
        return with_card + sum(row.is_signed_off for row in readings)

    @cached_property
    def _states(self) -> dict[int, dict[str, int]]:
        """By class, in one query for the school."""
        rows = (
            ReportCard.objects.filter(school_year=self.school_year)
            .values_list("enrollment__school_class_id", "state")
            .annotate(count=Count("pk"))
            .order_by()
        )
        states: dict[int, dict[str, int]] = {}
        for class_pk, state, count in rows:
            states.setdefault(class_pk, {})[state] = count
        return states

    def _count(self, states: Sequence[str]) -> int:
        return sum(counts.get(state, 0) for counts in self._states.values() for state in states)


def _lacks(reading: Readiness) -> bool:
    return bool(reading.own_lacks or reading.violations)


def _figure(number: int, sentence: str) -> dict[str, object]:
    return {"number": number, "sentence": sentence}
