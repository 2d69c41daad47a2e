"""The class sheet: downloaded, uploaded and looked at, confirmed."""

import datetime
import io
from collections.abc import Collection, Sequence
from typing import IO

from django.db import transaction
from django.utils import timezone

from assessments.cells import Fate, TypedCell, save_cells
from audit.events import Actor, Changes, Happening, Scope, record_event, record_events
from audit.models import SystemJob
from exchange.class_sheets.grids import ClassSheet, class_sheet
from exchange.class_sheets.layout import stamp_of
from exchange.class_sheets.permissions import check_user_can_write_in, check_user_uploaded
from exchange.class_sheets.policies import (
    check_has_cells_to_save,
    check_preview_was_seen,
    check_sheet_belongs_to,
    check_upload_is_pending,
)
from exchange.class_sheets.previews import Preview, preview_again, preview_of
from exchange.class_sheets.reader import read_class_sheet
from exchange.class_sheets.writer import write_class_sheet
from exchange.errors import UploadOutdated
from exchange.models import EditFate, SheetEdit, SheetUpload
from exchange.models.class_sheets import SheetUploadQuerySet
from schools.models import SchoolClass, StaffMember

CHUNK = 500
CLEANING = SystemJob("remove_expired_uploads")


def download_class_sheet(*, school_class: SchoolClass, period: str, by: StaffMember) -> bytes:
    """The workbook of what this person may write, with the values that stand now."""
    check_user_can_write_in(by, school_class)
    sheet = class_sheet(school_class, period, by)
    file = io.BytesIO()
    write_class_sheet(file, sheet, stamp_of(sheet, timezone.now()))
    _record_download(school_class, period, by)
    return file.getvalue()


@transaction.atomic
def _record_download(school_class: SchoolClass, period: str, by: StaffMember) -> None:
    """Not while the workbook is written: SQLite would let nobody else write meanwhile."""
    record_event(
        "class_sheet.downloaded",
        by=by.acting_user,
        target=school_class,
        scope=_scope(school_class),
        changes={"period": (None, period)},
    )


def upload_class_sheet(
    *, school_class: SchoolClass, period: str, file: IO[bytes], file_name: str, by: StaffMember
) -> SheetUpload:
    """Reads the file and says what it would do; nothing of it is saved before it is confirmed."""
    check_user_can_write_in(by, school_class)
    reading = read_class_sheet(file, file_name)
    sheet = class_sheet(school_class, period, by)
    check_sheet_belongs_to(reading.stamp, sheet.school_class, period)
    preview = preview_of(sheet, reading)
    remove_expired_uploads(by=CLEANING)
    with transaction.atomic():
        _remove(_earlier_uploads(school_class, period, by))
        upload = SheetUpload.objects.create(
            school_class=school_class,
            period=period,
            file_name=file_name[-255:],
            made_at=reading.stamp.made_at,
            remarks=reading.remarks,
            uploaded_by=by.acting_user,
            **preview.counts,
        )
        _keep(preview.rows, upload)
        _record("sheet_upload.uploaded", upload, by=by.acting_user)
    return upload


def _earlier_uploads(
    school_class: SchoolClass, period: str, by: StaffMember
) -> SheetUploadQuerySet:
    mine = SheetUpload.objects.pending().filter(uploaded_by=by.acting_user)
    return mine.filter(school_class=school_class, period=period)


def confirm_sheet_upload(
    *,
    upload: SheetUpload,
    overwritten: Collection[int] = (),
    seen_at: datetime.datetime | None = None,
    by: StaffMember,
) -> SheetUpload:
    """Saves the changes, and those conflicts whose keys are given: all as shown, or nothing.

    `seen_at` is the moment of the preview that the page showed.
    """
    check_user_uploaded(by, upload)
    try:
        with transaction.atomic():
            return _confirm(upload, overwritten, seen_at, by)
    except UploadOutdated:
        _preview_again(upload, by)
        raise


def _confirm(
    upload: SheetUpload,
    overwritten: Collection[int],
    seen_at: datetime.datetime | None,
    by: StaffMember,
) -> SheetUpload:
    upload = _lock(upload)
    check_upload_is_pending(upload)
    check_preview_was_seen(upload, seen_at)
    chosen = upload.edits.filter(fate=EditFate.CONFLICT, pk__in=list(overwritten))
    edits = [*upload.edits.of_fate(EditFate.CHANGES), *chosen.order_by("number")]
    check_has_cells_to_save(len(edits))
    _save(edits, class_sheet(upload.school_class, upload.period, by))
    upload.edits.all().delete()
    upload.saved, upload.confirmed_at = len(edits), timezone.now()
    upload.save(update_fields=["saved", "confirmed_at"])
    _record("sheet_upload.confirmed", upload, by=by.acting_user)
    return upload


def _save(edits: Sequence[SheetEdit], sheet: ClassSheet) -> None:
    """What was shown as stored is the base: whatever has moved on since is a conflict."""
    for key in dict.fromkeys(edit.grid_key for edit in edits):
        found = sheet.grid(key)
        if found is None:
            raise UploadOutdated
        cells = [
            TypedCell(edit.enrollment_id or 0, edit.field, edit.typed, edit.stored)
            for edit in edits
            if edit.grid_key == key
        ]
        outcomes = save_cells(found.grid, cells, found.save)
        if any(outcome.fate != Fate.SAVED for outcome in outcomes):
            raise UploadOutdated


@transaction.atomic
def _preview_again(upload: SheetUpload, by: StaffMember) -> None:
    upload = _lock(upload)
    if not upload.is_pending:
        return
    sheet = class_sheet(upload.school_class, upload.period, by)
    rows = list(upload.edits.order_by("number"))
    preview = preview_again(sheet, rows)
    preview.unchanged += upload.unchanged
    preview.left_empty = upload.left_empty
    upload.edits.all().delete()
    for row in preview.rows:
        row.pk = None
    _keep(preview.rows, upload)
    _count(upload, preview)


def _count(upload: SheetUpload, preview: Preview) -> None:
    for name, count in preview.counts.items():
        setattr(upload, name, count)
    upload.previewed_at = timezone.now()
    upload.save(update_fields=[*preview.counts, "previewed_at"])


@transaction.atomic
def remove_expired_uploads(*, by: Actor) -> int:
    """What nobody has confirmed in a day is forgotten, with the pupils' results in it."""
    expired = list(SheetUpload.objects.expired().select_related("school_class__school_year"))
    record_events(
        [
            Happening("sheet_upload.expired", upload, _scope(upload.school_class))
            for upload in expired
        ],
        by=by,
    )
    _remove(SheetUpload.objects.filter(pk__in=[upload.pk for upload in expired]))
    return len(expired)


def _remove(uploads: SheetUploadQuerySet) -> None:
    SheetEdit.objects.filter(upload__in=uploads.values("pk")).delete()
    uploads.delete()


def _lock(upload: SheetUpload) -> SheetUpload:
    """Two confirmations of one upload wait for each other."""
    rows = SheetUpload.objects.select_related("school_class__school_year__school")
    return rows.select_for_update(of=("self",)).get(pk=upload.pk)


def _keep(rows: Sequence[SheetEdit], upload: SheetUpload) -> None:
    for row in rows:
        row.upload = upload
    SheetEdit.objects.bulk_create(rows, batch_size=CHUNK)


def _scope(school_class: SchoolClass) -> Scope:
    return Scope(school_class.school_year.school_id, school_class.pk)


def _record(event: str, upload: SheetUpload, *, by: Actor) -> None:
    names = ("refused", "conflicting", "changed", "unchanged", "saved")
    counts: Changes = {
        name: (None, getattr(upload, name)) for name in names if getattr(upload, name)
    }
    facts: Changes = {"period": (None, upload.period), "file_name": (None, upload.file_name)}
    scope = _scope(upload.school_class)
    record_event(event, by=by, target=upload, scope=scope, changes={**facts, **counts})
