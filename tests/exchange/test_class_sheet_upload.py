"""What an uploaded class sheet would do, cell by cell."""

import datetime

import pytest
import time_machine

from assessments.models import PeriodRecord, SubjectResult, TraitResult
from audit.models import AuditEvent
from exchange.models import EditFate, SheetUpload
from schools.models import PeriodWindow, TeachingAssignment
from tests import factories
from tests.assessments import states
from tests.assessments.pages import save_cells
from tests.exchange.class_sheets import (
    COMMENT,
    ENGLISH,
    LEVEL,
    MATHS,
    NOTES,
    RECORDS,
    SCORE,
    TRAITS,
    cell_of,
    changes_of,
    downloaded,
    filled,
    put,
    refusal_of,
    rows_of,
    upload_file,
    upload_workbook,
)
from tests.exchange.workbooks import saved

pytestmark = pytest.mark.any_database

FATES = list(EditFate)


def fates(upload):
    return {fate.value: len(rows_of(upload, fate)) for fate in FATES if rows_of(upload, fate)}


def a_conflict(cast, typed="H"):
    """Ngọc downloads, a colleague writes C, Ngọc types something else."""
    workbook = filled(cast, level=typed)
    factories.assign_teacher(cast.school_class, "toan", cast.suong)
    save_cells(cast, cast.anh, by=cast.suong, level=("", "C"))
    return workbook


# Cells


def test_a_filled_in_cell_is_a_change(cast):
    upload = upload_workbook(cast, filled(cast, level="T", score=9, comment="Chăm học."))
    assert changes_of(upload) == [
        ("level", "", "T"), ("score", "", "9"), ("comment", "", "Chăm học."),
    ]  # fmt: skip


def test_nothing_is_saved_yet(cast):
    upload_workbook(cast, filled(cast, level="T"))
    assert not SubjectResult.objects.exists()


def test_the_untouched_file_changes_nothing(cast):
    states.filled(cast)
    upload = upload_workbook(cast, downloaded(cast))
    assert fates(upload) == {}
    assert upload.unchanged > 30


def test_an_empty_cell_is_no_change_and_counted(cast):
    states.filled(cast)
    upload = upload_workbook(cast, filled(cast, level=None, score=None))
    assert fates(upload) == {}
    assert upload.left_empty == 2


def test_the_mark_clears(cast):
    states.filled(cast)
    upload = upload_workbook(cast, filled(cast, level="xóa", score="XOÁ"))
    assert changes_of(upload) == [("level", "T", ""), ("score", "9", "")]


@pytest.mark.parametrize("typed", ["9", "9,0", 9, 9.0])
def test_a_score_as_number_or_as_text(cast, typed):
    assert changes_of(upload_workbook(cast, filled(cast, score=typed))) == [("score", "", "9")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (9.5, "Không cho điểm thập phân"),
        ("9,5", "Không cho điểm thập phân"),
        (0, "không cho điểm 0"),
        (11, "từ 1 đến 10"),
        ("chín", "không phải là số"),
        (datetime.datetime(2026, 10, 9), "ngày giờ (09/10/2026)"),
        ("#DIV/0!", "Công thức trong ô bị lỗi"),
        (True, "TRUE/FALSE"),
    ],
)
def test_a_wrong_score_is_refused_at_its_cell(cast, typed, said):
    upload = upload_workbook(cast, filled(cast, score=typed))
    [row] = rows_of(upload, EditFate.REFUSED)
    assert said in row.sentence
    assert (row.place, row.pupil_name, row.column) == ("Toán!E5", "Lê Minh Anh", SCORE)


def test_a_level_that_nobody_knows_is_refused(cast):
    assert "“giỏi”" in refusal_of(upload_workbook(cast, filled(cast, level="giỏi")))


def test_a_level_by_its_word(cast):
    upload = upload_workbook(cast, filled(cast, level="Hoàn thành tốt"))
    assert changes_of(upload) == [("level", "", "T")]


def test_a_comment_that_is_too_long_is_refused(cast):
    said = refusal_of(upload_workbook(cast, filled(cast, comment="a" * 10_000)))
    assert "10000" in said


def test_a_comment_that_cannot_be_printed_is_refused(cast):
    assert "“😀” (U+1F600)" in refusal_of(upload_workbook(cast, filled(cast, comment="Tốt 😀")))


def test_a_comment_is_normalised(cast):
    upload = upload_workbook(cast, filled(cast, comment="Chăm học\u200b.  "))
    assert changes_of(upload) == [("comment", "", "Chăm học.")]


def test_one_wrong_cell_keeps_nothing_else_back(cast):
    upload = upload_workbook(cast, filled(cast, level="T", score=99))
    assert fates(upload) == {"refused": 1, "changes": 1}


def test_traits_and_records_are_read_too(cast):
    workbook = put(downloaded(cast), TRAITS, cast.anh, {"Yêu nước": "Tốt"})
    put(workbook, RECORDS, cast.anh, {"Chiều cao (cm)": "132,5", "Nghỉ có phép": 2})
    assert changes_of(upload_workbook(cast, workbook)) == [
        ("yeu_nuoc", "", "T"),
        ("absences_with_leave", "", "2"),
        ("height_cm", "", "132,5"),
    ]


def test_notes_are_read_too(cast):
    workbook = downloaded(cast, by=cast.binh)
    put(workbook, NOTES, cast.anh, {"Ghi chú cho giáo viên chủ nhiệm": "Em mạnh dạn."})
    upload = upload_workbook(cast, workbook, by=cast.binh)
    assert changes_of(upload) == [("text", "", "Em mạnh dạn.")]


# Formulas


def test_a_formula_that_nobody_calculated_is_refused_at_its_cell(cast):
    upload = upload_workbook(cast, filled(cast, score="=4+5", level="T"))
    [row] = rows_of(upload, EditFate.REFUSED)
    assert ("chưa được tính" in row.sentence, row.reference) == (True, "E5")
    assert changes_of(upload) == [("level", "", "T")]


def test_a_calculated_formula_is_read_as_its_value(cast):
    file = saved(filled(cast, score="=4+5"))
    assert changes_of(upload_file(cast, with_value(file, b"4+5", b"9"))) == [("score", "", "9")]


def test_a_formula_that_failed_is_refused(cast):
    file = with_value(saved(filled(cast, score="=1/0")), b"1/0", b"#DIV/0!", kind=b' t="e"')
    assert "#DIV/0!" in refusal_of(upload_file(cast, file))


def with_value(file, formula, value, kind=b""):
    """As a spreadsheet program saves it: with what it has calculated."""
    from zipfile import ZipFile

    from tests.exchange.workbooks import repacked

    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    [(name, xml)] = [(name, xml) for name, xml in parts.items() if b"<f>" in xml]
    start = xml.rindex(b"<c ", 0, xml.index(b"<f>"))
    end = xml.index(b"</c>", start)
    cell = xml[start:end]
    opening = cell[: cell.index(b">")]
    new = opening + kind + b"><f>" + formula + b"</f><v>" + value + b"</v>"
    return repacked(file, {name: xml[:start] + new + xml[end:]})


# Meanwhile


def test_what_somebody_else_changed_is_a_conflict_with_who_and_when(cast):
    [row] = upload_workbook(cast, a_conflict(cast)).edits.all()
    assert (row.fate, row.base, row.stored, row.typed) == ("conflict", "", "C", "H")
    assert row.writer_name == "Lê Thị Sương"
    assert row.written_at is not None


def test_both_wrote_the_same(cast):
    assert fates(upload_workbook(cast, a_conflict(cast, typed="C"))) == {}


def test_what_was_not_touched_in_the_file_disturbs_nobody(cast):
    workbook = a_conflict(cast)
    cell_of(workbook, MATHS, cast.anh, LEVEL).value = None
    put(workbook, MATHS, cast.anh, {COMMENT: "Chăm học."})
    assert changes_of(upload_workbook(cast, workbook)) == [("comment", "", "Chăm học.")]


# Who may


def test_a_colleagues_worksheets_are_refused_and_ones_own_go_through(cast):
    workbook = downloaded(cast)
    put(workbook, MATHS, cast.anh, {LEVEL: "T"})
    put(workbook, TRAITS, cast.anh, {"Yêu nước": "T"})
    TeachingAssignment.objects.filter(offering__subject_code="tieng_viet").delete()
    TeachingAssignment.objects.filter(offering__subject_code="toan").update(staff_member=cast.suong)
    upload = upload_workbook(cast, workbook, by=cast.suong)
    assert changes_of(upload) == [("level", "", "T")]
    refused = {row.worksheet for row in rows_of(upload, EditFate.REFUSED)}
    assert refused == {"Tiếng Việt", TRAITS, RECORDS}
    assert "không được phân công" in rows_of(upload, EditFate.REFUSED)[0].sentence


def test_a_forged_worksheet_of_anothers_subject_is_refused(cast):
    workbook = downloaded(cast)
    put(workbook, MATHS, cast.anh, {LEVEL: "C"})
    upload = upload_workbook(cast, workbook, by=cast.binh)
    assert fates(upload) == {"refused": 4}


# When


def test_a_period_that_has_not_opened_is_refused_at_each_cell(cast):
    workbook = filled(cast, level="T", score=9)
    PeriodWindow.objects.filter(period="end_term_1").update(opens_on=datetime.date(2027, 1, 10))
    rows = rows_of(upload_workbook(cast, workbook), EditFate.REFUSED)
    assert [row.reference for row in rows] == ["D5", "E5"]
    assert "10/01/2027" in rows[0].sentence


@pytest.mark.parametrize(
    ("state", "said"),
    [(states.submitted, "gửi hiệu trưởng"), (states.signed_off, "ký duyệt")],
)
def test_a_locked_class_is_refused_with_the_policys_sentence(cast, state, said):
    state(cast)
    assert said in refusal_of(upload_workbook(cast, filled(cast, level="H")))


def test_an_unchanged_locked_cell_is_not_refused(cast):
    states.signed_off(cast)
    assert fates(upload_workbook(cast, downloaded(cast))) == {}


# That it happened, and what is kept


def test_the_upload_is_recorded_with_its_counts(cast):
    upload_workbook(cast, filled(cast, level="T", score=99))
    event = AuditEvent.objects.get(event="sheet_upload.uploaded")
    assert (event.actor, event.school_class_id) == (cast.ngoc.user, cast.school_class.pk)
    assert event.changes["changed"] == [None, 1]
    assert event.changes["refused"] == [None, 1]
    assert event.changes["file_name"] == [None, "lop-4a.xlsx"]


def test_the_next_upload_takes_the_place_of_the_one_before(cast):
    upload_workbook(cast, filled(cast, level="T"))
    second = upload_workbook(cast, filled(cast, level="H"))
    assert list(SheetUpload.objects.all()) == [second]


def test_anothers_upload_stays(cast):
    first = upload_workbook(cast, filled(cast, level="T"))
    workbook = put(downloaded(cast, by=cast.binh), ENGLISH, cast.anh, {LEVEL: "T"})
    upload_workbook(cast, workbook, by=cast.binh)
    assert SheetUpload.objects.filter(pk=first.pk).exists()


def test_an_upload_of_another_day_is_forgotten_at_the_next(cast):
    put_off = upload_workbook(cast, filled(cast, level="T"))
    workbook = put(downloaded(cast, by=cast.binh), ENGLISH, cast.anh, {LEVEL: "T"})
    with time_machine.travel(put_off.expires_at, tick=False):
        upload_workbook(cast, workbook, by=cast.binh)
    assert not SheetUpload.objects.filter(pk=put_off.pk).exists()
    event = AuditEvent.objects.get(event="sheet_upload.expired")
    assert event.system_job == "remove_expired_uploads"


def test_previewing_writes_no_record(cast):
    upload_workbook(cast, filled(cast, level="T"))
    assert not PeriodRecord.objects.exists()
    assert not TraitResult.objects.exists()
