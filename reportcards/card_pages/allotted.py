"""The numbers that the department has allotted to a school, and how long they last."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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

    @property
    def figures(self) -> list[dict[str, object]]:
        left, used = self.left, self.used
        return [
            {"number": left, "sentence": ngettext("mã còn dùng được", "mã còn dùng được", left)},
            {"number": used, "sentence": ngettext("mã đã dùng", "mã đã dùng", used)},
        ]

    @property
    def columns(self) -> list[dict[str, str]]:
        """Of components/table.html."""
        return [
            {"label": _("Ngày nhận"), "kind": "date"},
            {"label": _("Số mã"), "kind": "number"},
            {"label": _("Đã dùng"), "kind": "number"},
        ]

    @property
    def rows(self) -> list[list[dict[str, object]]]:
        return [
            [
                {"text": date_format(row.day), "kind": "date"},
                {"text": row.count, "kind": "number"},
                {"text": row.used, "kind": "number"},
            ]
            for row in self.received
        ]
