"""What a row does to the pupil's details, and why it is refused."""

import datetime

import pytest

from students.models import Student
from tests.exchange.imports import (
    MAY,
    enrollment_of,
    imported,
    only_row,
    refusal_of,
    row_of,
    stored,
    upload,
)


def test_a_new_pupil_is_created_with_her_details(cast):
    imported(cast, MAY)
    student = stored()
    assert (student.full_name, student.gender, student.ethnicity_code) == (
        "Nông Thị Mây",
        "female",
        "07",
    )
    assert student.date_of_birth == datetime.date(2017, 5, 1)


def test_a_new_pupil_is_enrolled_from_the_first_day_of_the_year(cast):
    imported(cast, MAY)
    enrollment = enrollment_of(stored())
    assert (enrollment.school_class, enrollment.grade_level) == (cast.school_class, 4)
    assert (enrollment.enrolled_on, enrollment.entry_reason) == (
        cast.school_year.starts_on,
        "enrolled",
    )


def test_a_new_pupil_needs_no_ministry_code(cast):
    imported(cast, {**MAY, "ministry_code": ""})
    assert stored().ministry_code is None


def test_addresses_are_put_together_from_the_smallest_place_to_the_largest(cast):
    imported(
        cast,
        {
            **MAY,
            "home_hamlet": "Buôn Tring",
            "home_commune": "Xã Ea Drông",
            "home_district": "Huyện Krông Búk",
            "home_province": "Tỉnh Đắk Lắk",
            "birth_detail": "Bệnh viện Buôn Hồ",
            "birth_province": "Tỉnh Đắk Lắk",
            "permanent_commune": "Phường An Lạc",
            "permanent_province": "Tỉnh Đắk Lắk",
        },
    )
    student = stored()
    assert student.home_town == "Buôn Tring, Xã Ea Drông, Huyện Krông Búk, Tỉnh Đắk Lắk"
    assert student.birth_place == "Bệnh viện Buôn Hồ, Tỉnh Đắk Lắk"
    assert student.residence == "Phường An Lạc, Tỉnh Đắk Lắk"


def test_where_she_lives_now_wins_over_the_permanent_address(cast):
    imported(cast, {**MAY, "residence": "12 Lê Duẩn", "permanent_commune": "Phường An Lạc"})
    assert stored().residence == "12 Lê Duẩn"


def test_a_row_that_says_what_is_stored_is_left_alone(cast):
    row = only_row(upload(cast, row_of(cast.anh.student)))
    assert (row.outcome, row.student, row.changes) == ("unchanged", cast.anh.student, {})


def test_an_empty_cell_erases_nothing(cast):
    batch = upload(cast, row_of(cast.anh.student, personal_id="", residence="", mother_name=""))
    assert only_row(batch).outcome == "unchanged"


def test_a_changed_detail_shows_the_old_and_the_new_value(cast):
    batch = imported(cast, row_of(cast.anh.student, mother_name="Phạm Thị Hoa"))
    assert only_row(batch).changes == {"mother_name": ["Phạm Thị Hòa", "Phạm Thị Hoa"]}
    assert Student.objects.get(pk=cast.anh.student_id).mother_name == "Phạm Thị Hoa"


def test_a_corrected_name_is_a_change(cast):
    batch = upload(cast, row_of(cast.anh.student, full_name="Lê Minh Ánh"))
    assert only_row(batch).changes == {"full_name": ["Lê Minh Anh", "Lê Minh Ánh"]}


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("full_name", "", "Họ tên: Ô này còn trống"),
        ("date_of_birth", "", "Ngày sinh: Ô này còn trống"),
        ("gender", "", "Giới tính: Ô này còn trống"),
        ("class_name", "", "Hãy ghi lớp"),
        ("date_of_birth", "2017", "Ngày sinh: «2017» không phải là ngày"),
        ("date_of_birth", "01/05/2037", "Ngày sinh: Phải ở quá khứ"),
        ("gender", "x", "Giới tính: «x» không rõ"),
        ("ethnicity", "Sao Hỏa", "Dân tộc: «Sao Hỏa» không có trong danh mục"),
        ("status", "Đang chơi", "Trạng thái HS: «Đang chơi» không có trong danh mục"),
        ("status_on", "hôm qua", "Ngày nhập trạng thái: «hôm qua»"),
        ("personal_id", "66317000001", "có thể đã mất số 0 ở đầu"),
        ("personal_id", 66317000001, "có thể đã mất số 0 ở đầu"),
        ("ministry_code", 12345678, "có thể đã mất số 0 ở đầu"),
        ("class_name", "9Z", "Năm học 2026-2027 không có lớp «9Z»"),
        ("grade_level", "6", "Khối: «6» không rõ"),
        ("grade_level", "5", "Lớp 4A không có khối 5"),
        ("full_name", "a" * 101, "100"),
        ("home_commune", "#REF!", "Công thức trong ô bị lỗi"),
    ],
)
def test_a_value_that_is_not_understood_refuses_the_row(cast, cell, value, said):
    assert said in refusal_of(cast, **{cell: value})


def test_all_mistakes_of_a_row_are_said_at_once(cast):
    said = refusal_of(cast, gender="x", date_of_birth="2017", full_name="")
    assert said.count("\n") == 2


def test_a_refused_row_keeps_what_it_said(cast):
    row = only_row(upload(cast, {**MAY, "gender": "x"}))
    assert row.cells["personal_id"] == MAY["personal_id"]
    assert row.cells["gender"] == "x"


def test_a_detail_that_is_not_collected_is_not_kept(cast):
    batch = upload(cast, {**MAY, "gender": "x"})
    assert "father_job" not in only_row(batch).cells


def test_a_foreign_pupil_keeps_her_nationality(cast):
    imported(cast, {**MAY, "nationality": "Lào", "ethnicity": "Người nước ngoài"})
    assert (stored().nationality, stored().ethnicity_code) == ("Lào", "55")


def test_the_code_of_the_country_is_its_name(cast):
    imported(cast, {**MAY, "nationality": "VN"})
    assert stored().nationality == "Việt Nam"
