"""Audit events as a reader meets them: sentences, old and new values, what belongs together."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.calendar import period_name
from assessments.event_sentences import look_of
from assessments.history_values import HistoryValues
from assessments.models import (
    ClassPeriod,
    Extension,
    ExtensionRequest,
    PeriodRecord,
    ReopenRequest,
    Retest,
    SubjectResult,
)
from assessments.wording import lowered
from assessments.workflow import TRANSITIONS
from audit.models import AuditEvent, AuditEventQuerySet
from schools.models import SchoolClass
from students.models import Student

ONE_SAVE = datetime.timedelta(seconds=2)
STEPS_OF_PUPILS = frozenset(f"period_record.{step.event}" for step in TRANSITIONS)
UNSHOWN = frozenset({"status", "state", "period", "subject"})  # the sentence says them


@dataclass(frozen=True)
class HistoryLine:
    label: str
    before: str
    after: str


@dataclass
class HistoryEntry:
    """One event, or the events of one save of a whole grid."""

    at: datetime.datetime
    by: str
    sentence: str
    tone: str
    reason: str
    lines: list[HistoryLine] = field(default_factory=list)


def class_events(school_class: SchoolClass) -> AuditEventQuerySet:
    return _events(school_class.school_year.school_id).about_class(school_class.pk)


def student_events(student: Student, *, school_id: int) -> AuditEventQuerySet:
    return _events(school_id).about_student(student.pk)


def _events(school_id: int) -> AuditEventQuerySet:
    return AuditEvent.objects.for_school(school_id).select_related("actor").newest_first()


def history_entries(events: Sequence[AuditEvent], values: HistoryValues) -> list[HistoryEntry]:
    context = _Context(events)
    return [
        _entry(group, context, values)
        for group in _groups(events, context)
        if not _goes_with_the_class(group)
    ]


class _Context:
    """What the events' numbers stand for, in a fixed number of queries."""

    def __init__(self, events: Sequence[AuditEvent]) -> None:
        students = Student.objects.filter(pk__in={row.student_id for row in events})
        classes = SchoolClass.objects.filter(pk__in={row.school_class_id for row in events})
        self.pupils: dict[int | None, str] = dict(students.values_list("pk", "full_name"))
        self.classes: dict[int | None, str] = dict(classes.values_list("pk", "name"))
        self.periods = dict(_periods(events))

    def period(self, event: AuditEvent) -> str:
        told = event.changes.get("period", [None, ""])[1]
        return self.periods.get((event.target_type, event.target_id), told or "")


PERIOD_PATHS: dict[str, tuple[Any, str]] = {
    "assessments.classperiod": (ClassPeriod, "period"),
    "assessments.periodrecord": (PeriodRecord, "class_period__period"),
    "assessments.subjectresult": (SubjectResult, "record__class_period__period"),
    "assessments.reopenrequest": (ReopenRequest, "class_period__period"),
    "assessments.extensionrequest": (ExtensionRequest, "class_period__period"),
    "assessments.extension": (Extension, "window__period"),
    "assessments.retest": (Retest, "record__class_period__period"),
}


def _periods(events: Iterable[AuditEvent]) -> Iterator[tuple[tuple[str, int], str]]:
    for target_type, (model, path) in PERIOD_PATHS.items():
        targets = {row.target_id for row in events if row.target_type == target_type}
        if targets:
            for pk, period in model.objects.filter(pk__in=targets).values_list("pk", path):
                yield (target_type, pk), period


def _groups(events: Sequence[AuditEvent], context: _Context) -> list[list[AuditEvent]]:
    groups: list[list[AuditEvent]] = []
    for event in events:
        if groups and _belong_together(groups[-1][-1], event, context):
            groups[-1].append(event)
        else:
            groups.append([event])
    return groups


def _belong_together(later: AuditEvent, event: AuditEvent, context: _Context) -> bool:
    is_one_act = (
        later.event == event.event
        and later.actor_id == event.actor_id
        and later.system_job == event.system_job
        and later.reason == event.reason
        and later.at - event.at < ONE_SAVE
    )
    return (
        is_one_act
        and later.student_id != event.student_id
        and later.changes.get("subject") == event.changes.get("subject")
        and context.period(later) == context.period(event)
    )


def _goes_with_the_class(group: Sequence[AuditEvent]) -> bool:
    """Pupils who took a step together: the class's own event tells it."""
    return len(group) > 1 and group[0].event in STEPS_OF_PUPILS


def _entry(group: Sequence[AuditEvent], context: _Context, values: HistoryValues) -> HistoryEntry:
    newest = group[0]
    look = look_of(newest.event)
    period = context.period(newest)
    return HistoryEntry(
        at=newest.at,
        by=newest.actor.full_name if newest.actor else _("Hệ thống"),
        sentence=str(look.sentence)
        % {
            "pupil": _pupils(group, context),
            "subject": values.subject(newest),
            "school_class": context.classes.get(newest.school_class_id, ""),
            "period": f", {lowered(period_name(period))}" if period else "",
            "event": newest.event,
        },
        tone=look.tone,
        reason=newest.reason,
        lines=[line for event in reversed(group) for line in _lines(event, group, context, values)],
    )


def _pupils(group: Sequence[AuditEvent], context: _Context) -> str:
    if len(group) == 1:
        return _("em %(name)s") % {"name": context.pupils.get(group[0].student_id, "—")}
    return ngettext("%(count)s em", "%(count)s em", len(group)) % {"count": len(group)}


def _lines(
    event: AuditEvent, group: Sequence[AuditEvent], context: _Context, values: HistoryValues
) -> Iterator[HistoryLine]:
    pupil = context.pupils.get(event.student_id, "")
    for name, (before, after) in event.changes.items():
        if name in UNSHOWN:
            continue
        label = values.label(event, name)
        yield HistoryLine(
            label=f"{pupil}: {label}" if len(group) > 1 else label,
            before=values.value(event, name, before),
            after=values.value(event, name, after),
        )
