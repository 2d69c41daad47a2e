"""Pupils from the ministry's spreadsheet: uploaded and looked at, confirmed, perhaps undone."""

import hashlib
from collections.abc import Sequence
from functools import partial
from typing import IO

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from audit.events import Changes, Scope, record_event, recorded_together
from exchange.errors import (
    FileChanged,
    ImportNotUndoable,
    PreviewOutdated,
)
from exchange.models import ImportBatch, ImportRow, Outcome
from exchange.permissions import check_user_can_import
from exchange.policies import check_can_confirm, check_can_undo
from exchange.previews import digest_of, import_rows
from exchange.student_entries import IMPORTED_DETAILS
from exchange.student_resource import StudentResource
from exchange.students_sheet import StudentsSheet, read_students_sheet
from schools.models import School, SchoolYear, StaffMember
from students.actions import (
    remove_enrollments,
    remove_students,
    reopen_enrollments,
    update_students,
)
from students.changes import Revision
from students.models import Student

CHUNK = 500
CHUNK_OF_FILE = 64 * 1024


def import_students(
    *, school: School, school_year: SchoolYear, file: IO[bytes], file_name: str, by: StaffMember
) -> ImportBatch:
    """Reads the file and says what it would do; nothing of it is done before it is confirmed."""
    check_user_can_import(by, school)
    if school_year.school_id != school.pk:
        raise ValueError("the school year is of another school")
    sheet = read_students_sheet(file, file_name)
    rows = _run(sheet, school_year, by, dry_run=True)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            school_year=school_year,
            file=File(file, name=file_name),
            file_name=file_name[-255:],
            file_digest=_digest_of_file(file),
            preview_digest=digest_of(rows),
            uploaded_at=timezone.now(),
            uploaded_by=by.acting_user,
        )
        _keep(rows, batch)
        _record("import_batch.uploaded", batch, rows, by)
    return batch


def confirm_import(*, batch: ImportBatch, by: StaffMember) -> ImportBatch:
    """Writes the rows that are not refused, all or none, as they were shown."""
    check_user_can_import(by, batch.school_year.school)
    try:
        with transaction.atomic():
            return _confirm(batch, by)
    except IntegrityError as error:
        _preview_again(batch, by)
        raise PreviewOutdated from error
    except PreviewOutdated:
        _preview_again(batch, by)
        raise


@recorded_together()
def _confirm(batch: ImportBatch, by: StaffMember) -> ImportBatch:
    batch = _lock(batch)
    check_can_confirm(batch)
    rows = _run(_kept_sheet(batch), batch.school_year, by, dry_run=False)
    if digest_of(rows) != batch.preview_digest:
        raise PreviewOutdated
    _replace_rows(rows, batch)
    _forget_file(batch)
    batch.confirmed_at, batch.confirmed_by = timezone.now(), by.acting_user
    batch.save(update_fields=["confirmed_at", "confirmed_by", "file"])
    _record("import_batch.confirmed", batch, rows, by)
    return batch


@transaction.atomic
def _preview_again(batch: ImportBatch, by: StaffMember) -> None:
    batch = _lock(batch)
    rows = _run(_kept_sheet(batch), batch.school_year, by, dry_run=True)
    _replace_rows(rows, batch)
    batch.preview_digest = digest_of(rows)
    batch.save(update_fields=["preview_digest"])


@transaction.atomic
@recorded_together()
def undo_import(*, batch: ImportBatch, by: StaffMember) -> ImportBatch:
    """Restores what the import changed and removes what it made, while nothing hangs on it."""
    check_user_can_import(by, batch.school_year.school)
    batch = _lock(batch)
    check_can_undo(batch)
    rows = list(
        batch.rows.to_write().select_related(
            "student",
            "started_enrollment__school_class__school_year",
            "ended_enrollment__school_class__school_year",
        )
    )
    _detach(batch)
    try:
        _take_back(rows, batch.school_year.school, by)
    except ProtectedError as error:
        raise ImportNotUndoable from error
    batch.undone_at, batch.undone_by = timezone.now(), by.acting_user
    batch.save(update_fields=["undone_at", "undone_by"])
    _record("import_batch.undone", batch, rows, by)
    return batch


def _take_back(rows: Sequence[ImportRow], school: School, by: StaffMember) -> None:
    user = by.acting_user
    created = [row.student for row in rows if row.student and row.outcome == Outcome.CREATED]
    started = [row.started_enrollment for row in rows if row.started_enrollment]
    ended = [row.ended_enrollment for row in rows if row.ended_enrollment]
    remove_enrollments(enrollments=started, by=user)
    reopen_enrollments(enrollments=ended, by=user)
    revisions = [
        Revision(row.student, _old_details(row))
        for row in rows
        if row.student and row.outcome == Outcome.CHANGED
    ]
    update_students(revisions=revisions, school=school, by=user)
    remove_students(students=created, school=school, by=user)


def _old_details(row: ImportRow) -> dict[str, object]:
    fields = {field.name: field for field in Student._meta.concrete_fields}
    return {
        name: fields[name].to_python(pair[0])
        for name, pair in row.changes.items()
        if name in IMPORTED_DETAILS
    }


def _detach(batch: ImportBatch) -> None:
    """Rows of this and of later imports let go of what is about to be removed."""
    created = batch.rows.filter(outcome=Outcome.CREATED)
    students = list(created.values_list("student", flat=True))
    for start in range(0, len(students), CHUNK):
        ImportRow.objects.filter(student__in=students[start : start + CHUNK]).update(student=None)
    batch.rows.update(started_enrollment=None, ended_enrollment=None)


def _run(
    sheet: StudentsSheet, school_year: SchoolYear, by: StaffMember, *, dry_run: bool
) -> list[ImportRow]:
    resource = StudentResource(school_year=school_year, sheet=sheet, by=by.acting_user)
    return import_rows(sheet, resource.run(dry_run=dry_run))


def _lock(batch: ImportBatch) -> ImportBatch:
    """Two people cannot confirm or undo the same import: the second one waits, then is told."""
    rows = ImportBatch.objects.select_related("school_year__school")
    return rows.select_for_update(of=("self",)).get(pk=batch.pk)


def _keep(rows: Sequence[ImportRow], batch: ImportBatch) -> None:
    for row in rows:
        row.batch = batch
    ImportRow.objects.bulk_create(rows, batch_size=CHUNK)


def _replace_rows(rows: Sequence[ImportRow], batch: ImportBatch) -> None:
    batch.rows.all().delete()
    _keep(rows, batch)


def _kept_sheet(batch: ImportBatch) -> StudentsSheet:
    with batch.file.open("rb") as file:
        if _digest_of_file(file) != batch.file_digest:
            raise FileChanged
        return read_students_sheet(file, batch.file_name)


def _forget_file(batch: ImportBatch) -> None:
    """The rows are kept; the file held more than the report card needs."""
    transaction.on_commit(partial(batch.file.storage.delete, str(batch.file.name)))
    batch.file = ""


def _digest_of_file(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK_OF_FILE):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _record(event: str, batch: ImportBatch, rows: Sequence[ImportRow], by: StaffMember) -> None:
    counts = {outcome: sum(row.outcome == outcome for row in rows) for outcome in Outcome}
    changes: Changes = {"file_name": (None, batch.file_name)} | {
        outcome.value: (None, count) for outcome, count in counts.items() if count
    }
    scope = Scope(school_id=batch.school_year.school_id)
    record_event(event, by=by.acting_user, target=batch, scope=scope, changes=changes)
