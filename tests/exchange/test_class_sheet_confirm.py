"""Confirming an uploaded class sheet: all as it was shown, or nothing."""

import pytest
import time_machine
from django.core.management import call_command

from assessments import actions
from assessments.models import PeriodRecord, SubjectResult, TraitResult
from audit.errors import NotPermitted
from audit.models import AuditEvent
from exchange.class_sheets.actions import confirm_sheet_upload, remove_expired_uploads
from exchange.errors import NothingToSave, UploadNotPending, UploadOutdated
from exchange.models import EditFate, SheetEdit, SheetUpload
from schools.models import TeachingAssignment
from tests import factories
from tests.assessments import states
from tests.assessments.pages import result_of, save_cells
from tests.exchange.class_sheets import (
    COMMENT,
    LEVEL,
    MATHS,
    RECORDS,
    TRAITS,
    confirmed,
    downloaded,
    filled,
    put,
    rows_of,
    upload_workbook,
)


def after_a_colleague_wrote(cast, workbook, **cells):
    """Uploads after a colleague has written meanwhile."""
    colleague_writes(cast, **cells)
    return upload_workbook(cast, workbook)


def colleague_writes(cast, **cells):
    if not cast.suong.teaching_assignments.exists():
        factories.assign_teacher(cast.school_class, "toan", cast.suong)
    save_cells(cast, cast.anh, by=cast.suong, **cells)


def confirm(cast, upload, *chosen, **fields):
    keys = [row.pk for row in chosen]
    return confirm_sheet_upload(upload=upload, overwritten=keys, by=cast.ngoc, **fields)


def conflicts(upload):
    return rows_of(upload, EditFate.CONFLICT)


def test_the_changes_are_saved_as_by_the_grids(cast):
    workbook = filled(cast, level="T", score=9, comment="Chăm học.")
    put(workbook, TRAITS, cast.anh, {"Yêu nước": "T"})
    put(workbook, RECORDS, cast.duc, {"Nghỉ có phép": 2})
    confirmed(cast, workbook)
    result = result_of(cast.anh)
    assert (result.level, result.effective_score, result.comment) == ("T", 9, "Chăm học.")
    assert TraitResult.objects.get().level == "T"
    assert PeriodRecord.objects.get(enrollment=cast.duc).absences_with_leave == 2


def test_each_save_is_recorded_as_by_the_grids(cast):
    confirmed(cast, filled(cast, level="T"))
    event = AuditEvent.objects.get(event="subject_result.saved")
    assert (event.actor, event.student_id) == (cast.ngoc.user, cast.anh.student_id)
    assert event.changes["level"] == ["", "T"]


def test_the_mark_clears_what_stands_there(cast):
    states.filled(cast)
    confirmed(cast, filled(cast, level="xóa", score="xóa"))
    result = result_of(cast.anh)
    assert (result.level, result.effective_score) == ("", None)


def test_what_is_refused_stays_out(cast):
    confirmed(cast, filled(cast, level="T", score=99))
    assert result_of(cast.anh).effective_score is None


def test_only_counts_are_kept(cast):
    upload = confirmed(cast, filled(cast, level="T", score=99))
    assert not SheetEdit.objects.exists()
    assert (upload.saved, upload.refused) == (1, 1)
    assert upload.confirmed_at is not None


def test_the_confirmation_is_recorded(cast):
    upload = confirmed(cast, filled(cast, level="T"))
    event = AuditEvent.objects.get(event="sheet_upload.confirmed")
    assert (event.target_id, event.school_class_id) == (upload.pk, cast.school_class.pk)
    assert event.changes["saved"] == [None, 1]


def test_a_confirmed_upload_is_not_confirmed_again(cast):
    upload = confirmed(cast, filled(cast, level="T"))
    with pytest.raises(UploadNotPending):
        confirm(cast, upload)


def test_nothing_to_save_is_said(cast):
    states.filled(cast)
    upload = upload_workbook(cast, filled(cast, score=99))
    with pytest.raises(NothingToSave):
        confirm(cast, upload)
    assert rows_of(upload, EditFate.REFUSED)


def test_only_the_uploader_confirms(cast):
    upload = upload_workbook(cast, filled(cast, level="T"))
    with pytest.raises(NotPermitted):
        confirm_sheet_upload(upload=upload, by=cast.binh)
    assert not SubjectResult.objects.exists()


# Conflicts


def test_a_conflict_is_not_written_unless_it_was_chosen(cast):
    workbook = filled(cast, level="H", comment="Chăm học.")
    upload = after_a_colleague_wrote(cast, workbook, level=("", "C"))
    confirm(cast, upload)
    assert (result_of(cast.anh).level, result_of(cast.anh).comment) == ("C", "Chăm học.")


def test_a_chosen_conflict_is(cast):
    upload = after_a_colleague_wrote(cast, filled(cast, level="H"), level=("", "C"))
    confirm(cast, upload, *conflicts(upload))
    assert result_of(cast.anh).level == "H"
    event = AuditEvent.objects.filter(event="subject_result.saved").order_by("pk").last()
    assert event.changes["level"] == ["C", "H"]


def test_each_conflict_is_chosen_by_itself(cast):
    workbook = filled(cast, level="H", comment="Của cô Ngọc.")
    upload = after_a_colleague_wrote(cast, workbook, level=("", "C"), comment=("", "Của cô Sương."))
    level, _comment = conflicts(upload)
    confirm(cast, upload, level)
    assert (result_of(cast.anh).level, result_of(cast.anh).comment) == ("H", "Của cô Sương.")


def test_another_uploads_conflict_cannot_be_chosen(cast):
    workbook = filled(cast, level="H", comment="Chăm học.")
    upload = after_a_colleague_wrote(cast, workbook, level=("", "C"))
    other = SheetEdit.objects.exclude(fate=EditFate.CONFLICT).get()
    confirm(cast, upload, other)
    assert result_of(cast.anh).level == "C"


# Between preview and confirmation


def outdated(cast, **values):
    """Sương writes C after Ngọc has looked."""
    upload = upload_workbook(cast, filled(cast, level="H", **values))
    colleague_writes(cast, level=("", "C"))
    with pytest.raises(UploadOutdated):
        confirm(cast, upload)
    return SheetUpload.objects.get(pk=upload.pk)


def test_what_somebody_changed_meanwhile_is_never_overwritten(cast):
    outdated(cast)
    assert result_of(cast.anh).level == "C"


def test_nor_is_anything_else_saved(cast):
    outdated(cast, comment="Chăm học.")
    assert result_of(cast.anh).comment == ""


def test_it_is_shown_again_as_a_conflict(cast):
    upload = outdated(cast, comment="Chăm học.")
    [row] = conflicts(upload)
    assert (row.stored, row.typed, row.writer_name) == ("C", "H", "Lê Thị Sương")
    assert (upload.changed, upload.conflicting) == (1, 1)


def test_the_second_confirmation_saves_the_rest(cast):
    upload = outdated(cast, comment="Chăm học.")
    confirm(cast, upload)
    assert (result_of(cast.anh).level, result_of(cast.anh).comment) == ("C", "Chăm học.")


def test_a_chosen_conflict_that_moved_on_is_asked_again(cast):
    upload = after_a_colleague_wrote(cast, filled(cast, level="H"), level=("", "C"))
    chosen = conflicts(upload)
    colleague_writes(cast, level=("C", "T"))
    with pytest.raises(UploadOutdated):
        confirm(cast, upload, *chosen)
    assert result_of(cast.anh).level == "T"
    assert [row.stored for row in conflicts(upload)] == ["T"]


def test_a_page_of_an_earlier_preview_confirms_nothing(cast):
    upload = upload_workbook(cast, filled(cast, level="H", comment="Chăm học."))
    seen_at = upload.previewed_at
    with time_machine.travel(seen_at.timestamp() + 60, tick=False):
        colleague_writes(cast, level=("", "C"))
        with pytest.raises(UploadOutdated):
            confirm(cast, upload, seen_at=seen_at)
        with pytest.raises(UploadOutdated):
            confirm(cast, upload, seen_at=seen_at)
    assert result_of(cast.anh).comment == ""


def test_a_class_that_was_handed_in_meanwhile_takes_nothing(cast):
    states.filled(cast)
    upload = upload_workbook(cast, filled(cast, level="H"))
    states.submit(cast)
    with pytest.raises(UploadOutdated):
        confirm(cast, upload)
    assert result_of(cast.anh).level == "T"
    [row] = rows_of(upload, EditFate.REFUSED)
    assert "gửi hiệu trưởng" in row.sentence


def test_a_teacher_who_was_replaced_meanwhile_saves_nothing(cast):
    upload = upload_workbook(cast, filled(cast, level="H"))
    TeachingAssignment.objects.filter(offering__subject_code="toan").update(staff_member=cast.suong)
    with pytest.raises(UploadOutdated):
        confirm(cast, upload)
    [row] = rows_of(upload, EditFate.REFUSED)
    assert "không được phân công nhập phần này nữa" in row.sentence


def test_one_grid_that_cannot_be_saved_keeps_all_back(cast):
    workbook = filled(cast, level="T")
    put(workbook, TRAITS, cast.anh, {"Yêu nước": "T"})
    upload = upload_workbook(cast, workbook)
    state_trait(cast, "C")
    with pytest.raises(UploadOutdated):
        confirm(cast, upload)
    assert not SubjectResult.objects.exists()


def state_trait(cast, level):
    from assessments.merge import Edit, RowEdit

    actions.save_trait_results(
        school_class=cast.school_class,
        period="end_term_1",
        rows=[RowEdit(cast.anh.pk, {"yeu_nuoc": Edit("", level)})],
        by=cast.ngoc,
    )


def test_what_was_wrong_and_is_right_now_is_shown_so(cast):
    states.signed_off(cast)
    upload = upload_workbook(cast, filled(cast, level="H", comment="Chăm học."))
    record = PeriodRecord.objects.get(enrollment=cast.anh)
    actions.reopen_record(record=record, reason="Nhập nhầm", by=cast.hanh)
    with pytest.raises(NothingToSave):
        confirm(cast, upload)
    assert upload_workbook(cast, filled(cast, level="H")).changed == 1


# What is never confirmed


def test_after_a_day_it_cannot_be_confirmed(cast):
    upload = upload_workbook(cast, filled(cast, level="T"))
    with time_machine.travel(upload.expires_at, tick=False), pytest.raises(UploadNotPending):
        confirm(cast, upload)
    assert not SubjectResult.objects.exists()


def test_the_command_forgets_it(cast, capsys):
    upload = upload_workbook(cast, filled(cast, level="T"))
    with time_machine.travel(upload.expires_at, tick=False):
        call_command("remove_expired_uploads")
    assert not SheetUpload.objects.exists()
    assert not SheetEdit.objects.exists()
    assert "1 expired" in capsys.readouterr().err


def test_the_command_leaves_what_still_waits_and_what_was_confirmed(cast):
    done = confirmed(cast, filled(cast, level="T"))
    with time_machine.travel(done.expires_at, tick=False):
        waiting = upload_workbook(cast, put(downloaded(cast), MATHS, cast.duc, {LEVEL: "T"}))
        assert remove_expired_uploads(by=cast.kien.user) == 0
    assert {done, waiting} == set(SheetUpload.objects.all())


def test_a_warning_is_kept_for_the_page(cast):
    upload = upload_workbook(cast, put(downloaded(cast), MATHS, cast.anh, {COMMENT: "Tốt."}))
    [row] = rows_of(upload, EditFate.CHANGES)
    assert row.warning == ""
