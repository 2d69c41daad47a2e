"""Rows and headers of an uploaded class sheet that people or programs have moved about."""

import datetime

import pytest

from assessments.models import SubjectResult
from exchange.class_sheets.layout import STAMP_TITLE
from exchange.class_sheets.reader import MOST_ROWS_OF_WORKSHEET, MOST_STAMP_LINES
from exchange.errors import FileRefused
from exchange.models import EditFate
from students.models import Student
from tests import factories
from tests.assessments import states
from tests.exchange.class_sheets import (
    COMMENT,
    LEVEL,
    MATHS,
    RECORDS,
    SCORE,
    TRAITS,
    VIETNAMESE,
    cell_of,
    changes_of,
    downloaded,
    filled,
    put,
    refusal_of,
    row_of,
    rows_of,
    upload_workbook,
)

pytestmark = pytest.mark.any_database

CODE, NAME = "Mã học sinh", "Họ và tên"
ANH_IS_GOOD = [("level", "", "T")]


def refused_file(cast, workbook):
    with pytest.raises(FileRefused) as refused:
        upload_workbook(cast, workbook)
    return str(refused.value)


def give_code(enrollment, code):
    Student.objects.filter(pk=enrollment.student_id).update(ministry_code=code)
    enrollment.student.refresh_from_db()


def stamped(workbook, kind):
    return next(row for row in workbook[STAMP_TITLE].iter_rows() if row[0].value == kind)


# Headers


def test_a_header_in_the_twelfth_row_is_found(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].insert_rows(1, 8)
    assert changes_of(upload_workbook(cast, workbook)) == ANH_IS_GOOD


def test_a_header_below_the_twelfth_row_is_not_looked_for(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].insert_rows(1, 9)
    assert "Không tìm thấy dòng tiêu đề" in refusal_of(upload_workbook(cast, workbook))


def test_a_worksheet_without_any_row_has_no_header(cast):
    workbook = downloaded(cast)
    workbook[MATHS].delete_rows(1, 20)
    assert "Không tìm thấy dòng tiêu đề" in refusal_of(upload_workbook(cast, workbook))


def test_two_columns_of_codes_are_refused(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].cell(4, 7, "mã học sinh *")
    assert "hai cột «mã học sinh *»" in refusal_of(upload_workbook(cast, workbook))


def test_names_may_be_left_out(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].cell(4, 3).value = None
    assert changes_of(upload_workbook(cast, workbook)) == ANH_IS_GOOD


def test_a_number_is_no_header_that_could_be_named(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].cell(4, 7, 2027)
    workbook[MATHS].cell(4, 8, "Riêng")
    remarks = upload_workbook(cast, workbook).remarks
    assert remarks == ["Trang «Toán»: không đọc cột «Riêng»."]


def test_a_column_that_was_removed_is_not_counted_as_left_empty(cast):
    states.filled(cast)
    workbook = downloaded(cast)
    workbook[MATHS].delete_cols(4)
    assert upload_workbook(cast, workbook).left_empty == 0


# Worksheets


def test_a_title_in_other_letters_is_the_same_worksheet(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].title = "TOÁN "
    upload = upload_workbook(cast, workbook)
    assert (changes_of(upload), upload.remarks) == (ANH_IS_GOOD, [])


def test_a_renamed_worksheet_is_not_read_and_named(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].title = "Toán 4A"
    upload = upload_workbook(cast, workbook)
    assert (changes_of(upload), len(upload.remarks)) == ([], 1)


def test_what_is_shown_follows_the_grids_and_not_the_file(cast):
    workbook = filled(cast, level="T")
    put(workbook, TRAITS, cast.anh, {"Yêu nước": "T"})
    put(workbook, VIETNAMESE, cast.anh, {LEVEL: "H"})
    workbook.move_sheet(TRAITS, -2)
    rows = rows_of(upload_workbook(cast, workbook), EditFate.CHANGES)
    assert [row.worksheet for row in rows] == [VIETNAMESE, MATHS, TRAITS]


def test_a_wrong_worksheet_keeps_no_other_back(cast):
    workbook = put(filled(cast, level="T"), RECORDS, cast.anh, {"Nghỉ có phép": 2})
    workbook[RECORDS].cell(4, 2).value = "Số"
    assert changes_of(upload_workbook(cast, workbook)) == ANH_IS_GOOD


def test_the_last_row_that_a_worksheet_may_have_is_read(cast):
    workbook = downloaded(cast)
    worksheet = workbook[MATHS]
    worksheet.move_range(f"A5:F{worksheet.max_row}", rows=MOST_ROWS_OF_WORKSHEET - 7)
    put(workbook, MATHS, cast.anh, {LEVEL: "T"})
    assert worksheet.max_row == MOST_ROWS_OF_WORKSHEET
    assert changes_of(upload_workbook(cast, workbook)) == ANH_IS_GOOD


def test_one_row_more_refuses_the_file(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].cell(MOST_ROWS_OF_WORKSHEET + 1, 3, "x")
    assert "«Toán» có hơn 500 dòng" in refused_file(cast, workbook)


# Whom a row means


def test_a_code_with_spaces_around_it_is_the_code(cast):
    workbook = filled(cast, level="T")
    cell = cell_of(workbook, MATHS, cast.anh, CODE)
    cell.value = f"  {cell.value} "
    assert changes_of(upload_workbook(cast, workbook)) == ANH_IS_GOOD


def test_our_own_code_finds_a_pupil_who_has_the_ministrys(cast):
    workbook = filled(cast, level="T")
    cell_of(workbook, MATHS, cast.anh, CODE).value = f"HB-{cast.anh.student_id}"
    [row] = upload_workbook(cast, workbook).edits.all()
    assert row.enrollment == cast.anh


def test_zeros_that_two_codes_could_have_lost_are_not_guessed(cast):
    give_code(cast.anh, "0066123")
    give_code(cast.duc, "066123")
    workbook = filled(cast, level="T")
    cell_of(workbook, MATHS, cast.anh, CODE).value = 66123
    assert "không có học sinh nào mang mã 66123" in refusal_of(upload_workbook(cast, workbook))


def test_a_code_that_nobody_calculated_is_no_code(cast):
    workbook = filled(cast, level="T")
    cell_of(workbook, MATHS, cast.anh, CODE).value = "=A5"
    assert "không có mã học sinh" in refusal_of(upload_workbook(cast, workbook))


def test_a_name_that_nobody_calculated_is_let_pass(cast):
    workbook = filled(cast, level="T")
    cell_of(workbook, MATHS, cast.anh, NAME).value = "=A5"
    assert changes_of(upload_workbook(cast, workbook)) == ANH_IS_GOOD


def test_of_two_pupils_of_one_name_the_code_decides(cast):
    Student.objects.filter(pk=cast.duc.student_id).update(full_name="Lê Minh Anh")
    workbook = put(downloaded(cast), MATHS, cast.duc, {LEVEL: "T"})
    [row] = upload_workbook(cast, workbook).edits.all()
    assert row.enrollment == cast.duc


def test_a_name_that_was_corrected_meanwhile_is_let_pass(cast):
    workbook = filled(cast, level="T")
    Student.objects.filter(pk=cast.anh.student_id).update(full_name="Lê Minh Ánh Dương")
    [row] = upload_workbook(cast, workbook).edits.all()
    assert row.pupil_name == "Lê Minh Ánh Dương"


def test_a_refused_row_is_called_by_the_name_that_stands_in_it(cast):
    workbook = filled(cast, level="T")
    cell_of(workbook, MATHS, cast.anh, CODE).value = "6699999999"
    [row] = upload_workbook(cast, workbook).edits.all()
    assert (row.pupil_name, row.reference, row.enrollment) == ("Lê Minh Anh", "B5", None)


def test_a_refused_row_without_a_name_is_called_by_its_code(cast):
    workbook = filled(cast, level="T")
    cell_of(workbook, MATHS, cast.anh, NAME).value = None
    cell_of(workbook, MATHS, cast.anh, CODE).value = "6699999999"
    [row] = upload_workbook(cast, workbook).edits.filter(worksheet=MATHS)
    assert row.pupil_name == "6699999999"


def test_an_unknown_pupil_without_results_is_passed_over(cast):
    workbook = downloaded(cast)
    workbook[MATHS].cell(9, 2).value = "6699999999"
    assert not upload_workbook(cast, workbook).edits.exists()


def test_a_repeated_row_that_says_nothing_is_not_refused_itself(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].cell(9, 2).value = cast.anh.student.ministry_code
    [row] = upload_workbook(cast, workbook).edits.all()
    assert (row.fate, row.reference) == (EditFate.REFUSED, "B5")


def test_a_repeated_row_leaves_the_other_pupils_alone(cast):
    workbook = put(filled(cast, level="T"), MATHS, cast.duc, {LEVEL: "H"})
    workbook[MATHS].cell(9, 2).value = cast.anh.student.ministry_code
    assert changes_of(upload_workbook(cast, workbook)) == [("level", "", "H")]


# What a cell says


def test_spaces_in_a_cell_are_an_empty_cell(cast):
    states.filled(cast)
    upload = upload_workbook(cast, filled(cast, score="   ", level=" "))
    assert (changes_of(upload), upload.left_empty) == ([], 2)


def test_an_empty_cell_that_was_empty_is_not_counted(cast):
    assert upload_workbook(cast, downloaded(cast)).left_empty == 0


def test_the_mark_in_an_empty_cell_changes_nothing(cast):
    upload = upload_workbook(cast, filled(cast, level="xóa", comment="Xoá"))
    assert not upload.edits.exists()


def test_a_cell_that_is_cleared_already_is_no_conflict(cast):
    states.filled(cast)
    workbook = filled(cast, level="xóa")
    SubjectResult.objects.filter(subject_code="toan").update(level="")
    assert not upload_workbook(cast, workbook).edits.exists()


def test_a_comment_may_contain_the_mark(cast):
    upload = upload_workbook(cast, filled(cast, comment="Em hay xóa bảng."))
    assert changes_of(upload) == [("comment", "", "Em hay xóa bảng.")]


def test_a_small_letter_is_shown_as_the_level_it_means(cast):
    assert changes_of(upload_workbook(cast, filled(cast, level="t"))) == ANH_IS_GOOD


def test_a_stored_measure_written_with_a_point_is_the_same(cast):
    states.filled(cast)
    workbook = put(downloaded(cast), RECORDS, cast.anh, {"Chiều cao (cm)": "132.5"})
    assert not upload_workbook(cast, workbook).edits.exists()


def test_a_refused_date_is_shown_as_a_day(cast):
    upload = upload_workbook(cast, filled(cast, score=datetime.datetime(2026, 10, 9)))
    [row] = upload.edits.all()
    assert (row.typed, row.column) == ("09/10/2026", SCORE)


def test_a_refused_formula_is_shown_as_nothing(cast):
    [row] = upload_workbook(cast, filled(cast, comment="=A1")).edits.all()
    assert (row.typed, row.column) == ("", COMMENT)


# The stamp


def test_two_stamps_in_one_are_none(cast):
    workbook = filled(cast, level="T")
    workbook[STAMP_TITLE].append(["hocba", 1])
    assert "bị xóa hay sửa" in refused_file(cast, workbook)


def test_a_stamp_without_end_is_refused(cast):
    workbook = filled(cast, level="T")
    workbook[STAMP_TITLE].cell(MOST_STAMP_LINES + 1, 1, "pupil")
    assert "hơn 5000 dòng" in refused_file(cast, workbook)


def test_empty_lines_between_those_of_the_stamp_are_passed_over(cast):
    workbook = filled(cast, level="T")
    workbook[STAMP_TITLE].insert_rows(3, 2)
    assert changes_of(upload_workbook(cast, workbook)) == ANH_IS_GOOD


def test_another_school_is_named_as_the_file_calls_it(cast):
    workbook = downloaded(cast)
    stamped(workbook, "school")[1].value = cast.other_school.ministry_code
    stamped(workbook, "labels")[1].value = cast.other_school.name
    assert f"({cast.other_school.name})" in refused_file(cast, workbook)


def test_another_school_without_a_name_is_called_by_its_code(cast):
    workbook = downloaded(cast)
    stamped(workbook, "school")[1].value = "66000999"
    stamped(workbook, "labels")[1].value = None
    assert "(66000999)" in refused_file(cast, workbook)


def test_the_upload_remembers_when_its_file_was_made(cast):
    workbook = downloaded(cast)
    stamped(workbook, "made_at")[1].value = "2027-01-04T07:15:00+07:00"
    made = upload_workbook(cast, workbook).made_at
    assert made == datetime.datetime(2027, 1, 4, 0, 15, tzinfo=datetime.UTC)


def test_a_long_file_name_keeps_its_end(cast):
    upload = upload_workbook(cast, downloaded(cast), file_name="a" * 300 + ".xlsx")
    assert (len(upload.file_name), upload.file_name[-6:]) == (255, "a.xlsx")


def test_a_subject_assigned_since_the_download_is_not_read(cast):
    workbook = filled(cast, level="T")
    factories.assign_teacher(cast.school_class, "am_nhac", cast.ngoc)
    workbook.create_sheet("Âm nhạc").append([CODE, LEVEL])
    assert "«Âm nhạc»" in upload_workbook(cast, workbook).remarks[0]


def test_a_row_is_named_by_the_place_it_stands_in_now(cast):
    workbook = filled(cast, level="T")
    workbook[MATHS].insert_rows(5, 3)
    [row] = upload_workbook(cast, workbook).edits.all()
    assert row.place == f"Toán!D{row_of(workbook[MATHS], cast.anh)}"
