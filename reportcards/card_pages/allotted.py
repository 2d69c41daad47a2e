"""The numbers that the department has allotted to a school, and how long they last."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from reportcards.models import AllottedUuid
from schools.models import School
from schools.models.school import UuidSource

MOST_SHOWN = 20


@dataclass(frozen=True)
class Received:
    """What came on one day."""

    day: datetime.date
    count: int
    used: int


class Allotted:
    def __init__(self, school: School) -> None:
        self.school = school

    @property
    def is_used(self) -> bool:
        return self.school.department.uuid_source == UuidSource.DEPARTMENT

    @cached_property
    def left(self) -> int:
        return AllottedUuid.objects.for_school(self.school).unused().count()

    @cached_property
    def used(self) -> int:
        return AllottedUuid.objects.for_school(self.school).count() - self.left

    @cached_property
    def received(self) -> list[Received]:
        """The newest first."""
        rows = (
            AllottedUuid.objects.for_school(self.school)
            .annotate(day=TruncDate("received_at"))
            .values_list("day")
            .annotate(count=Count("pk"), used=Count("pk", filter=Q(used_at__isnull=False)))
            .order_by("-day")
        )
        return [Received(*row) for row in rows[:MOST_SHOWN]]
