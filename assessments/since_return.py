"""What was changed in a class since the leader gave it back: her look before she signs again."""

from django.db.models import Q

from assessments.history import HistoryEntry, class_events, history_entries
from assessments.history_values import HistoryValues
from assessments.models import ClassPeriod, SubjectResult
from audit.models import AuditEvent, AuditEventQuerySet

GIVEN_BACK = ("class_period.returned", "class_period.reopened")
MOST_EVENTS = 300


def changes_since_return(class_period: ClassPeriod, values: HistoryValues) -> list[HistoryEntry]:
    """The newest first; nothing while the class comes up for the first time."""
    given_back = (
        AuditEvent.objects.filter(
            target_type=class_period._meta.label_lower,
            target_id=class_period.pk,
            event__in=GIVEN_BACK,
        )
        .newest_first()
        .first()
    )
    if given_back is None:
        return []
    events = _saves(class_period).filter(at__gte=given_back.at)[:MOST_EVENTS]
    return history_entries(list(events), values)


def _saves(class_period: ClassPeriod) -> AuditEventQuerySet:
    results = SubjectResult.objects.filter(record__class_period=class_period).values("pk")
    records, pupils = class_period.records.values("pk"), class_period.records.values("enrollment")
    return class_events(class_period.school_class).filter(
        Q(event="subject_result.saved", target_id__in=results)
        | Q(event__in=("trait_results.saved", "period_record.saved"), target_id__in=records)
        | Q(event="year_decision.confirmed", target_id__in=pupils)
    )
