"""What every action on records begins with: the locked class period and the pupils' records."""

from collections.abc import Collection
from typing import Any

from django.db.models import FilteredRelation, Q

from assessments.errors import NotOnRoster
from assessments.issue_policies import check_not_issued
from assessments.merge import Conflict, Merge
from assessments.models import ClassPeriod, PeriodRecord, SubjectResult, TraitNote
from assessments.policies import check_record_is_editable
from assessments.roster import is_frozen, roster_of, window_of
from audit.events import Scope
from schools.models import SchoolClass


def lock_class_period(school_class: SchoolClass, period: str) -> ClassPeriod:
    locked = ClassPeriod.objects.select_for_update().filter(
        school_class=school_class, period=period
    )
    class_period = locked.first()
    if class_period is None:
        ClassPeriod.objects.get_or_create(school_class=school_class, period=period)
        class_period = locked.get()
    class_period.school_class = school_class
    return class_period


def lock_record(record: PeriodRecord) -> PeriodRecord:
    """As it stands now, under the lock of its class."""
    class_period = lock_class_period(record.class_period.school_class, record.class_period.period)
    fresh = class_period.records.select_related("enrollment__year_decision").get(pk=record.pk)
    fresh.class_period = class_period
    return fresh


def open_records(
    class_period: ClassPeriod, enrollment_ids: Collection[int]
) -> dict[int, PeriodRecord]:
    """The records of these pupils by enrolment, made where there are none, all editable."""
    pupils = _on_roster(class_period, set(enrollment_ids))
    check_not_issued([pk for pk, pupil in pupils.items() if hasattr(pupil, "issue_lock")])
    records = {pk: pupil.record for pk, pupil in pupils.items() if hasattr(pupil, "record")}
    if pupils.keys() - records.keys():
        records = ensure_records(class_period, pupils)
    for record in records.values():
        record.enrollment = pupils[record.enrollment_id]
        record.class_period = class_period
        check_record_is_editable(record)
    return records


def _on_roster(class_period: ClassPeriod, wanted: set[int]) -> dict[int, Any]:
    """Joined with their `record` and `issue_lock` where there is one; without names."""
    school_class, is_fixed = class_period.school_class, is_frozen(class_period)
    window = None if is_fixed else window_of(school_class, class_period.period)
    pupils = (
        roster_of(school_class, class_period=class_period, window=window)
        .annotate(
            record=FilteredRelation(
                "period_records", condition=Q(period_records__class_period=class_period)
            )
        )
        .select_related(None)
        .select_related("record", "issue_lock")
        .order_by()
        .in_bulk(wanted)
    )
    if not wanted <= pupils.keys():
        raise NotOnRoster
    return {enrollment_id: pupils[enrollment_id] for enrollment_id in wanted}


def ensure_records(
    class_period: ClassPeriod, enrollment_ids: Collection[int]
) -> dict[int, PeriodRecord]:
    records = {
        record.enrollment_id: record
        for record in class_period.records.filter(enrollment__in=enrollment_ids)
    }
    missing = sorted(set(enrollment_ids) - records.keys())
    if missing:
        check_not_issued(missing)
    created = PeriodRecord.objects.bulk_create(
        PeriodRecord(
            class_period=class_period,
            enrollment_id=enrollment_id,
            status=class_period.status,
            status_reason=class_period.status_reason,
        )
        for enrollment_id in missing
    )
    return records | {record.enrollment_id: record for record in created}


def stored_values(result: SubjectResult) -> dict[str, Any]:
    return {
        "level": result.level,
        "score": result.effective_score if result.pk else None,
        "comment": result.comment,
        "exemption_reason": result.exemption_reason,
    }


def class_scope(class_period: ClassPeriod) -> Scope:
    school_class = class_period.school_class
    return Scope(
        school_id=school_class.school_year.school_id, school_class_id=class_period.school_class_id
    )


def record_scope(record: PeriodRecord) -> Scope:
    scope = class_scope(record.class_period)
    return Scope(scope.school_id, scope.school_class_id, record.enrollment.student_id)


def conflicts_of(
    merged: Merge, *, enrollment_id: int, last_saved: SubjectResult | TraitNote | PeriodRecord
) -> list[Conflict]:
    # A row that nobody has saved yet has no author; its base was a false one.
    author = last_saved.saved_by if merged.conflicts and last_saved.saved_by_id else None
    by = author.full_name if author else ""
    return [
        Conflict(
            enrollment_id,
            name,
            stored,
            typed,
            by,
            last_saved.saved_at,
        )
        for name, (stored, typed) in merged.conflicts.items()
    ]
