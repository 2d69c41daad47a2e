"""Whose cells an uploaded class sheet holds: pupils by their code, beside their name."""

import datetime

import pytest

from exchange.models import EditFate
from students.models import Enrollment, Student
from tests import factories
from tests.exchange.class_sheets import (
    LEVEL,
    MATHS,
    cell_of,
    changes_of,
    column_of,
    filled,
    refusal_of,
    row_of,
    rows_of,
    upload_workbook,
)


def test_an_unknown_pupil_is_refused(cast):
    workbook = filled(cast, level="T")
    cell_of(workbook, MATHS, cast.anh, "Mã học sinh").value = "6699999999"
    upload = upload_workbook(cast, workbook)
    assert "không có học sinh nào mang mã 6699999999" in refusal_of(upload)


def test_a_pupil_of_another_class_is_unknown_here(cast):
    workbook = filled(cast, level="T")
    code = cell_of(workbook, MATHS, cast.anh, "Mã học sinh")
    code.value = cast.stranger.student.ministry_code
    assert "không có học sinh" in refusal_of(upload_workbook(cast, workbook))


def test_a_pupil_who_left_is_refused(cast):
    workbook = filled(cast, level="T")
    Enrollment.objects.filter(pk=cast.anh.pk).update(
        ended_on=datetime.date(2026, 12, 30), exit_reason="withdrawn"
    )
    assert "không còn trong danh sách" in refusal_of(upload_workbook(cast, workbook))


def test_a_row_without_a_code_is_refused(cast):
    workbook = filled(cast, level="T")
    cell_of(workbook, MATHS, cast.anh, "Mã học sinh").value = None
    assert "không có mã học sinh" in refusal_of(upload_workbook(cast, workbook))


def test_a_pupil_in_two_rows_is_refused_in_both(cast):
    workbook = filled(cast, level="T")
    worksheet = workbook[MATHS]
    other = row_of(worksheet, cast.duc)
    worksheet.cell(other, 2).value = cast.anh.student.ministry_code
    worksheet.cell(other, 3).value = "Lê Minh Anh"
    worksheet.cell(other, 4).value = "C"
    rows = rows_of(upload_workbook(cast, workbook), EditFate.REFUSED)
    assert [row.reference for row in rows] == ["B5", f"B{other}"]
    assert all("nhiều dòng" in row.sentence for row in rows)


def test_a_code_beside_another_pupils_name_is_refused(cast):
    """Somebody sorted the names and not the codes."""
    workbook = filled(cast, level="T")
    cell_of(workbook, MATHS, cast.anh, "Họ và tên").value = "VÕ  trí đức"
    assert "tên trong dòng là của em khác" in refusal_of(upload_workbook(cast, workbook))


@pytest.mark.parametrize("name", ["Le Minh Anh", "Lê Minh Ánh", None, "Lê Minh Anh (mới)"])
def test_a_name_that_is_nobody_elses_is_let_pass(cast, name):
    workbook = filled(cast, level="T")
    cell_of(workbook, MATHS, cast.anh, "Họ và tên").value = name
    assert changes_of(upload_workbook(cast, workbook)) == [("level", "", "T")]


def test_a_code_that_became_a_number_is_the_same_code(cast):
    workbook = filled(cast, level="T")
    code = cell_of(workbook, MATHS, cast.anh, "Mã học sinh")
    code.value = int(code.value)
    assert changes_of(upload_workbook(cast, workbook)) == [("level", "", "T")]


def test_a_code_that_lost_its_zeros_is_the_same_code(cast):
    give_code(cast.anh, "0066123")
    workbook = filled(cast, level="T")
    cell_of(workbook, MATHS, cast.anh, "Mã học sinh").value = 66123
    assert changes_of(upload_workbook(cast, workbook)) == [("level", "", "T")]


def give_code(enrollment, code):
    Student.objects.filter(pk=enrollment.student_id).update(ministry_code=code)
    enrollment.student.refresh_from_db()


def test_a_pupil_who_was_given_a_code_meanwhile_is_found(cast):
    give_code(cast.anh, None)
    workbook = filled(cast, level="T")
    give_code(cast.anh, "6611111111")
    [row] = upload_workbook(cast, workbook).edits.all()
    assert row.enrollment == cast.anh


def test_a_corrected_code_is_found(cast):
    workbook = filled(cast, level="T")
    give_code(cast.anh, "6611111111")
    [row] = upload_workbook(cast, workbook).edits.all()
    assert row.enrollment == cast.anh


def test_a_code_that_is_another_pupils_now_is_refused(cast):
    workbook = filled(cast, level="T")
    old = cast.anh.student.ministry_code
    give_code(cast.anh, "6611111111")
    give_code(cast.duc, old)
    assert "nay là của em khác" in refusal_of(upload_workbook(cast, workbook))


def test_a_pupil_who_joined_meanwhile_may_be_added_by_hand(cast):
    workbook = filled(cast, level="T")
    may = factories.enroll(factories.make_student("Nông Thị Mây"), cast.school_class)
    worksheet = workbook[MATHS]
    worksheet.cell(9, 2).value = may.student.ministry_code
    worksheet.cell(9, column_of(worksheet, LEVEL)).value = "H"
    rows = rows_of(upload_workbook(cast, workbook), EditFate.CHANGES)
    assert {row.enrollment for row in rows} == {cast.anh, may}
