"""What the audit knows of one cell of a grid: who wrote into it, when, old and new.

Read for display only; whether a save is stale is decided by values (docs/adr/0005).
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.grids import PeriodSheet
from assessments.models import PeriodRecord, SubjectResult
from audit.models import AuditEvent, AuditEventQuerySet

UNNAMED_FIELDS = frozenset({"subject"})  # which cell it was, not what stood in it

Place = tuple[int, str]  # enrolment and field


@dataclass(frozen=True)
class CellTrail:
    """Which events of which rows tell of a grid's cells."""

    event: str
    model: type[PeriodRecord] | type[SubjectResult]
    rows: Mapping[str, Any] = field(default_factory=dict)
    events: Mapping[str, Any] = field(default_factory=dict)

    def rows_of(self, sheet: PeriodSheet, enrollment_ids: Collection[int]) -> QuerySet[Any]:
        """Looked for anew: the first save of a class makes them after its page was opened."""
        to_record = "" if self.model is PeriodRecord else "record__"
        of_pupils = {
            f"{to_record}class_period__school_class": sheet.school_class,
            f"{to_record}class_period__period": sheet.period,
            f"{to_record}enrollment__in": enrollment_ids,
        }
        return self.model._default_manager.filter(**of_pupils, **self.rows)

    def enrollments_by_row(
        self, sheet: PeriodSheet, enrollment_ids: Collection[int]
    ) -> dict[int, int]:
        path = "enrollment_id" if self.model is PeriodRecord else "record__enrollment_id"
        return dict(self.rows_of(sheet, enrollment_ids).values_list("pk", path))

    def events_on(self, rows: Any) -> AuditEventQuerySet:
        return (
            AuditEvent.objects.filter(
                target_type=self.model._meta.label_lower,
                target_id__in=rows,
                event=self.event,
                **self.events,
            )
            .select_related("actor")
            .newest_first()
        )


def subject_trail(subject_code: str) -> CellTrail:
    return CellTrail("subject_result.saved", SubjectResult, {"subject_code": subject_code})


def trait_trail() -> CellTrail:
    return CellTrail("trait_results.saved", PeriodRecord)


def record_trail() -> CellTrail:
    return CellTrail("period_record.saved", PeriodRecord)


def note_trail(author_id: int) -> CellTrail:
    """Of one teacher's own notes: colleagues write theirs on the same record."""
    return CellTrail("trait_note.saved", PeriodRecord, events={"actor": author_id})


def cell_events(sheet: PeriodSheet, trail: CellTrail, place: Place) -> AuditEventQuerySet:
    """Of one cell, newest first; of the pupil's whole row where no field is named."""
    enrollment_id, name = place
    rows = trail.rows_of(sheet, [enrollment_id]).values("pk")
    events = trail.events_on(rows)
    return events.filter(changes__has_key=name) if name else events


def last_writings(
    sheet: PeriodSheet, trail: CellTrail, places: Collection[Place]
) -> dict[Place, tuple[str, datetime.datetime]]:
    """Who wrote into each of these cells last, as far as the audit reaches."""
    pupils = trail.enrollments_by_row(sheet, {enrollment_id for enrollment_id, _name in places})
    found: dict[Place, tuple[str, datetime.datetime]] = {}
    for event in trail.events_on(list(pupils)):
        for name in event.changes:
            place = (pupils[event.target_id], name)
            if place in places:
                found.setdefault(place, (writer_of(event), event.at))
    return found


def writer_of(event: AuditEvent) -> str:
    return event.actor.full_name if event.actor else _("Hệ thống")
