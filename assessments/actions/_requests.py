"""Whoever asked for what is reopened anyway has her answer."""

from django.utils import timezone

from assessments.actions._records import class_scope, record_scope
from assessments.models import ClassPeriod, PeriodRecord, ReopenRequest
from audit.events import Happening, Scope, record_events
from schools.models import StaffMember


def grant_pending_requests(
    class_period: ClassPeriod, *, by: StaffMember, record: PeriodRecord | None = None
) -> None:
    """Those for one pupil, or all of a class's, pupils' included."""
    pending = ReopenRequest.objects.pending().filter(class_period=class_period)
    if record:
        pending = pending.filter(record=record)
    answered = list(pending.select_related("record__enrollment"))
    pending.filter(pk__in=[request.pk for request in answered]).update(
        is_granted=True, decided_at=timezone.now(), decided_by=by.acting_user
    )
    for request in answered:
        request.class_period = class_period
    record_events(
        [Happening("reopen_request.granted", request, scope_of(request)) for request in answered],
        by=by.acting_user,
    )


def scope_of(request: ReopenRequest) -> Scope:
    if request.record is None:
        return class_scope(request.class_period)
    request.record.class_period = request.class_period
    return record_scope(request.record)
