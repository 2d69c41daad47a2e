"""What a guardian reads: her own children's signed payloads, nothing else and nobody else's."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.calendar import next_window, period_name, period_today
from assessments.models import Commendation, SignOff
from assessments.models.commendations import CommendationQuerySet
from assessments.payload import Payload
from assessments.wording import translated
from assessments.workflow import Status
from rulesets import Period, get_ruleset
from schools.models import PeriodWindow, SchoolYear
from students.models import Enrollment, Guardian, Student


@dataclass(frozen=True)
class Child:
    """A child with the class she is in now, and her newest card."""

    student: Student
    enrollment: Enrollment | None
    newest: "SignOff | None"

    @property
    def newest_period(self) -> str:
        return card_name(self.newest) if self.newest else ""


def children_of(user: User) -> list[Student]:
    guardianships = Guardian.objects.confirmed().of_user(user).select_related("student")
    return [row.student for row in guardianships.order_by("student__sort_key", "student_id")]


def children_with_cards(user: User) -> list[Child]:
    students = children_of(user)
    newest = {row.record.enrollment.student_id: row for row in signed_cards(students)}
    current = {
        row.student_id: row
        for row in Enrollment.objects.current()
        .filter(student__in=students)
        .select_related("school_class__school_year__school")
    }
    return [Child(row, current.get(row.pk), newest.get(row.pk)) for row in students]


def signed_cards(students: Sequence[Student]) -> list[SignOff]:
    """The sign-offs in force, oldest period first."""
    sign_offs = (
        SignOff.objects.filter(record__enrollment__student__in=students)
        .in_force()
        .select_related(
            "record__enrollment", "record__class_period__school_class__school_year__school"
        )
    )
    return sorted(sign_offs, key=_time_of)


def _time_of(sign_off: SignOff) -> tuple[int, int, int]:
    year = school_year_of_card(sign_off)
    periods = [*year.ruleset.periods, year.ruleset.supplementary_period]
    return year.first_year, periods.index(_period(sign_off)), sign_off.pk


def _period(sign_off: SignOff) -> Any:
    return sign_off.record.class_period.period


def school_year_of_card(sign_off: SignOff) -> SchoolYear:
    return sign_off.record.class_period.school_class.school_year


def card_name(sign_off: SignOff) -> str:
    return _("%(period)s, năm học %(year)s") % {
        "period": period_name(_period(sign_off)),
        "year": school_year_of_card(sign_off).name,
    }


def card_of(cards: Sequence[SignOff], *, first_year: int, period: str) -> SignOff | None:
    for sign_off in reversed(cards):
        if school_year_of_card(sign_off).first_year == first_year and _period(sign_off) == period:
            return sign_off
    return None


def has_signed_year(cards: Sequence[SignOff]) -> bool:
    """The học bạ holds whole years: without one there is nothing to print yet."""
    return any(_period(sign_off) == Period.END_YEAR for sign_off in cards)


@dataclass(frozen=True)
class ChildCard:
    """A signed payload in the words and the order of the parent's page."""

    sign_off: SignOff

    @property
    def payload(self) -> Payload:
        return self.sign_off.payload

    @property
    def name(self) -> str:
        return card_name(self.sign_off)

    @property
    def period(self) -> str:
        return self.sign_off.record.class_period.period

    @property
    def is_under_review(self) -> bool:
        return self.sign_off.record.status != Status.SIGNED_OFF

    @property
    def signed_at(self) -> datetime.datetime | None:
        return parse_datetime(self.payload["signed_at"])

    @cached_property
    def subjects(self) -> list[dict[str, Any]]:
        return [
            {
                "name": _subject_name(subject),
                "level": translated(subject["level_name"] or ""),
                "score": subject["score"],
                "comment": subject["comment"],
            }
            for subject in self.payload["subjects"]
            if subject["level"] or subject["comment"] or subject["score"] is not None
        ]

    @cached_property
    def trait_groups(self) -> list[dict[str, Any]]:
        ruleset = get_ruleset(self.payload["ruleset"])
        comments = self._group_comments()
        groups = [
            {
                "name": translated(group.name),
                "comment": comments.get(group.code, ""),
                "traits": [
                    {"name": translated(trait["name"]), "level": translated(trait["level_name"])}
                    for trait in self.payload["traits"]
                    if trait["group"] == group.code and trait["level"]
                ],
            }
            for group in ruleset.trait_groups
        ]
        return [group for group in groups if group["traits"] or group["comment"]]

    def _group_comments(self) -> dict[str, str]:
        ruleset, comments = get_ruleset(self.payload["ruleset"]), self.payload["comments"]
        in_form_order = ("quality", "general_competence", "specific_competence")
        return {
            group.code: comments[name]
            for group, name in zip(ruleset.trait_groups, in_form_order, strict=False)
        }

    @property
    def first_year(self) -> int:
        return school_year_of_card(self.sign_off).first_year

    @property
    def next_window(self) -> PeriodWindow | None:
        return next_window(school_year_of_card(self.sign_off), _period(self.sign_off))

    @property
    def address(self) -> str:
        student_id = self.sign_off.record.enrollment.student_id
        return reverse("child_period_card", args=[student_id, self.first_year, self.period])


def _subject_name(subject: Payload) -> str:
    name, language = translated(subject["name"]), subject["language_name"]
    return f"{name} ({language})" if language else name


def first_card_expected(child: Child, today: datetime.date) -> PeriodWindow | None:
    """When there is no card yet: the period that will bring one."""
    if child.enrollment is None:
        return None
    moment = period_today(child.enrollment.school_class.school_year.school, today)
    return moment.window if moment else None


def commendations_of_child(student: Student, school_year: SchoolYear) -> CommendationQuerySet:
    """What a family is told of: awards and letters of a year, none that only waits."""
    given = Commendation.objects.of_school_year(school_year).given()
    return given.filter(enrollment__student=student).with_pupil().order_by("given_on", "pk")
