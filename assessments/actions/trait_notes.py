import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from assessments.actions._records import (
    conflicts_of,
    lock_class_period,
    open_records,
    record_scope,
)
from assessments.merge import Merge, RowEdit, SaveReport, merge
from assessments.models import PeriodRecord, TraitNote
from assessments.permissions import check_user_can_note_traits
from assessments.policies import check_period_takes_entries
from audit.events import Happening, record_events
from schools.models import SchoolClass, StaffMember

Merged = list[tuple[PeriodRecord, TraitNote, Merge]]


@transaction.atomic
def save_trait_notes(
    *, school_class: SchoolClass, period: str, rows: Sequence[RowEdit], by: StaffMember
) -> SaveReport:
    """A teacher's own notes for the homeroom teacher ("text"); an empty one is taken back."""
    check_user_can_note_traits(by, school_class)
    check_period_takes_entries(school_class, period, by)
    changed = [row for row in rows if row.has_changes]
    class_period = lock_class_period(school_class, period)
    records = open_records(class_period, [row.enrollment_id for row in changed])
    merged = _merge_notes(records, changed, by)
    saved = [(record, note, row) for record, note, row in merged if row.changes]
    _write_notes(saved, by)
    return SaveReport(
        saved=[record.enrollment_id for record, _note, _row in saved],
        conflicts=[
            conflict
            for record, note, row in merged
            for conflict in conflicts_of(row, enrollment_id=record.enrollment_id, last_saved=note)
        ],
    )


def _merge_notes(
    records: dict[int, PeriodRecord], rows: Sequence[RowEdit], author: StaffMember
) -> Merged:
    notes = {
        note.record_id: note
        for note in TraitNote.objects.filter(record__in=records.values(), author=author)
    }
    merged = []
    for row in rows:
        record = records[row.enrollment_id]
        note = notes.get(record.pk) or TraitNote(record=record, author=author)
        merged.append((record, note, merge({"text": note.text}, row.edits)))
    return merged


def _write_notes(saved: Merged, by: StaffMember) -> None:
    now = timezone.now()
    record_events(
        [
            Happening("trait_note.saved", record, record_scope(record), row.changes)
            for record, _note, row in saved
        ],
        by=by.acting_user,
    )
    notes = [_written(note, row.changes["text"][1], by, now) for _record, note, row in saved]
    TraitNote.objects.bulk_create(note for note in notes if not note.pk)
    TraitNote.objects.bulk_update(
        [note for note in notes if note.pk and note.text], ["text", "saved_at", "saved_by"]
    )
    TraitNote.objects.filter(pk__in=[note.pk for note in notes if not note.text]).delete()


def _written(note: TraitNote, text: str, by: StaffMember, at: datetime.datetime) -> TraitNote:
    note.text, note.saved_at, note.saved_by = text, at, by.acting_user
    return note
