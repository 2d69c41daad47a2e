from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.actions._records import (
    conflicts_of,
    lock_class_period,
    open_records,
    record_scope,
)
from assessments.errors import InvalidEntry
from assessments.merge import Conflict, Merge, RowEdit, SaveReport, merge
from assessments.models import PeriodRecord, TraitResult
from assessments.permissions import check_user_is_homeroom_teacher
from assessments.policies import check_period_takes_entries
from audit.events import Happening, record_events
from schools.models import SchoolClass, StaffMember

RECORD_FIELDS = (
    "absences_with_leave",
    "absences_without_leave",
    "height_cm",
    "weight_kg",
    "quality_comment",
    "general_competence_comment",
    "specific_competence_comment",
    "homeroom_comment",
)


@transaction.atomic
def save_period_records(
    *, school_class: SchoolClass, period: str, rows: Sequence[RowEdit], by: StaffMember
) -> SaveReport:
    """Save absences, height, weight and the homeroom teacher's comments (RECORD_FIELDS)."""
    check_user_is_homeroom_teacher(by, school_class)
    check_period_takes_entries(school_class, period, by)
    changed = [row for row in rows if row.has_changes]
    class_period = lock_class_period(school_class, period)
    records = open_records(class_period, [row.enrollment_id for row in changed])
    merged = [
        (record, merge({name: getattr(record, name) for name in RECORD_FIELDS}, row.edits))
        for record, row in ((records[row.enrollment_id], row) for row in changed)
    ]
    conflicts = [
        conflict
        for record, row in merged
        for conflict in conflicts_of(row, enrollment_id=record.enrollment_id, last_saved=record)
    ]
    saved = [(record, row) for record, row in merged if row.changes]
    _write_records(saved, by)
    return SaveReport(saved=[record.enrollment_id for record, _row in saved], conflicts=conflicts)


def _write_records(saved: list[tuple[PeriodRecord, Merge]], by: StaffMember) -> None:
    now = timezone.now()
    for record, row in saved:
        for name, (_old, new) in row.changes.items():
            setattr(record, name, new)
        record.saved_at, record.saved_by = now, by.acting_user
    # As one upsert: bulk_update's CASE for every field and row takes several times as long.
    PeriodRecord.objects.bulk_create(
        [record for record, _row in saved],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=[*RECORD_FIELDS, "saved_at", "saved_by"],
    )
    record_events(
        [
            Happening(
                "period_record.saved",
                record,
                record_scope(record),
                {name: (_plain(old), _plain(new)) for name, (old, new) in row.changes.items()},
            )
            for record, row in saved
        ],
        by=by.acting_user,
    )


def _plain(value: object) -> object:
    """Decimals as text: the audit's JSON keeps them exactly."""
    return value if value is None or isinstance(value, int | str) else str(value)


@transaction.atomic
def save_trait_results(
    *, school_class: SchoolClass, period: str, rows: Sequence[RowEdit], by: StaffMember
) -> SaveReport:
    """Save the levels of qualities and competences; the edits are keyed by trait code."""
    check_user_is_homeroom_teacher(by, school_class)
    check_period_takes_entries(school_class, period, by)
    changed = [row for row in rows if row.has_changes]
    _check_levels(school_class, changed)
    class_period = lock_class_period(school_class, period)
    records = open_records(class_period, [row.enrollment_id for row in changed])
    stored = _stored_traits(records)
    merged = [
        (records[row.enrollment_id], _merge_traits(stored[row.enrollment_id], row))
        for row in changed
    ]
    conflicts = [
        conflict
        for record, row in merged
        for conflict in _trait_conflicts(record, row, stored[record.enrollment_id])
    ]
    saved = [(record, row) for record, row in merged if row.changes]
    _write_traits(saved, stored, by)
    return SaveReport(saved=[record.enrollment_id for record, _row in saved], conflicts=conflicts)


def _check_levels(school_class: SchoolClass, rows: Sequence[RowEdit]) -> None:
    ruleset = school_class.school_year.ruleset
    levels = {"", *(level.code for level in ruleset.trait_levels)}
    codes = {trait.code for trait in ruleset.traits}
    for row in rows:
        if any(edit.typed not in levels for edit in row.edits.values()) or not (
            row.edits.keys() <= codes
        ):
            raise InvalidEntry(_("Mức của phẩm chất, năng lực không có trong quy định đánh giá."))


def _stored_traits(records: dict[int, PeriodRecord]) -> dict[int, dict[str, TraitResult]]:
    stored: dict[int, dict[str, TraitResult]] = {enrollment_id: {} for enrollment_id in records}
    by_record = {record.pk: record.enrollment_id for record in records.values()}
    for result in TraitResult.objects.filter(record__in=by_record).select_related("saved_by"):
        stored[by_record[result.record_id]][result.trait_code] = result
    return stored


def _merge_traits(stored: dict[str, TraitResult], row: RowEdit) -> Merge:
    levels = {code: stored[code].level if code in stored else "" for code in row.edits}
    return merge(levels, row.edits)


def _trait_conflicts(
    record: PeriodRecord, row: Merge, stored: dict[str, TraitResult]
) -> list[Conflict]:
    conflicts = []
    for code, (level, typed) in row.conflicts.items():
        result = stored.get(code)
        conflicts.append(
            Conflict(
                record.enrollment_id,
                code,
                level,
                typed,
                result.saved_by.full_name if result else "",
                result.saved_at if result else None,
            )
        )
    return conflicts


def _write_traits(
    saved: list[tuple[PeriodRecord, Merge]],
    stored: dict[int, dict[str, TraitResult]],
    by: StaffMember,
) -> None:
    now = timezone.now()
    created, updated, cleared = [], [], []
    for record, row in saved:
        for code, (_old, level) in row.changes.items():
            result = stored[record.enrollment_id].get(code)
            if result is None:
                created.append(
                    TraitResult(
                        record=record,
                        trait_code=code,
                        level=level,
                        saved_at=now,
                        saved_by=by.acting_user,
                    )
                )
            elif level:
                result.level, result.saved_at, result.saved_by = level, now, by.acting_user
                updated.append(result)
            else:
                cleared.append(result.pk)
    TraitResult.objects.bulk_create(created)
    TraitResult.objects.bulk_update(updated, ["level", "saved_at", "saved_by"])
    TraitResult.objects.filter(pk__in=cleared).delete()
    record_events(
        [
            Happening("trait_results.saved", record, record_scope(record), row.changes)
            for record, row in saved
        ],
        by=by.acting_user,
    )
