"""Who was rewarded in a school year (Điều 13), for the principal's decision: no ranking."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.commendation_workflow import DECIDED_KINDS, CommendationKind
from assessments.models import Commendation, YearDecision
from schools.models import SchoolYear
from students.models import Enrollment


class RewardPart(models.TextChoices):
    YEAR_END = "year_end", _("Danh hiệu cuối năm học")
    EXTRAORDINARY = CommendationKind.EXTRAORDINARY.value, _("Khen thưởng đột xuất")
    HIGHER_LEVEL = CommendationKind.HIGHER_LEVEL.value, _("Cấp trên khen thưởng, giải thưởng")


@dataclass(frozen=True)
class Reward:
    enrollment: Enrollment
    wording: str
    given_on: datetime.date


@dataclass(frozen=True)
class RewardChoice:
    """Which rewards of a school year: all, or one part of them, or those of some days."""

    school_year: SchoolYear
    part: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    def includes(self, reward: Reward) -> bool:
        return (self.since or reward.given_on) <= reward.given_on <= (self.until or reward.given_on)


def rewards_in(choice: RewardChoice) -> list[Reward]:
    """Class by class, the pupils of each in roll order."""
    found = [reward for reward in _of_parts(choice) if choice.includes(reward)]
    return sorted(found, key=_place_of)


def _place_of(reward: Reward) -> tuple[object, ...]:
    school_class, student = reward.enrollment.school_class, reward.enrollment.student
    return (
        school_class.lowest_grade,
        school_class.highest_grade,
        school_class.name,
        student.sort_key,
        student.pk,
        reward.given_on,
    )


def _of_parts(choice: RewardChoice) -> Iterator[Reward]:
    if choice.part in {"", RewardPart.YEAR_END}:
        yield from _titles(choice.school_year)
    if choice.part != RewardPart.YEAR_END:
        kinds = [choice.part] if choice.part else DECIDED_KINDS
        commendations = Commendation.objects.of_school_year(choice.school_year).awarded()
        for row in commendations.filter(kind__in=kinds).with_pupil():
            if row.given_on:
                yield Reward(row.enrollment, row.wording, row.given_on)


def _titles(school_year: SchoolYear) -> Iterator[Reward]:
    """Signed off alone: what the homeroom teacher confirms is not yet the school's word."""
    decisions = _decisions_with_title(school_year).filter(signed_off_at__isnull=False)
    for decision in decisions.select_related("enrollment__student", "enrollment__school_class"):
        if decision.signed_off_at:
            signed_on = timezone.localdate(decision.signed_off_at)
            yield Reward(decision.enrollment, decision.reward, signed_on)


def titles_awaiting_signature(school_year: SchoolYear) -> int:
    return _decisions_with_title(school_year).filter(signed_off_at__isnull=True).count()


def _decisions_with_title(school_year: SchoolYear) -> models.QuerySet[YearDecision]:
    decisions = YearDecision.objects.filter(enrollment__school_class__school_year=school_year)
    return decisions.exclude(reward="")
