"""What one row of the sheet does, and why it is refused: one test for each outcome."""

import datetime

import pytest
from django.utils import timezone

from students.models import Enrollment, Student
from tests import factories
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

YEAR_START = datetime.date(2026, 9, 5)


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
    assert (enrollment.enrolled_on, enrollment.entry_reason) == (YEAR_START, "enrolled")


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


def test_a_known_pupil_is_found_by_the_ministrys_code(cast):
    batch = upload(cast, row_of(cast.anh.student, personal_id=""))
    assert only_row(batch).student == cast.anh.student


def test_a_known_pupil_is_found_by_the_personal_id_and_gets_her_code(cast):
    Student.objects.filter(pk=cast.anh.student_id).update(ministry_code=None)
    batch = imported(cast, row_of(cast.anh.student, ministry_code="6699999999"))
    assert only_row(batch).changes == {"ministry_code": [None, "6699999999"]}


def test_a_known_pupil_is_found_by_name_birth_and_class(cast):
    row = row_of(cast.anh.student, ministry_code="", personal_id="", full_name="LÊ MINH ANH")
    assert only_row(upload(cast, row)).student == cast.anh.student


def test_a_namesake_with_another_id_is_another_pupil(cast):
    row = row_of(cast.anh.student, ministry_code="6699999999", personal_id="066317999999")
    assert only_row(upload(cast, row)).outcome == "created"


def test_a_namesake_in_another_class_without_ids_is_refused(cast):
    factories.make_class(cast.school_year, "4B")
    row = row_of(cast.anh.student, class_name="4B", ministry_code="", personal_id="")
    assert "cùng họ tên và ngày sinh" in only_row(upload(cast, row)).remarks[0]


def test_a_pupil_of_the_same_name_at_another_school_does_not_matter(cast):
    stranger = cast.stranger.student
    row = row_of(stranger, ministry_code="", personal_id="")
    assert only_row(upload(cast, row)).outcome == "created"


def test_a_code_and_an_id_of_two_pupils_are_refused(cast):
    row = row_of(cast.anh.student, personal_id=cast.duc.student.personal_id)
    assert "hai học sinh khác nhau" in only_row(upload(cast, row)).remarks[0]


def test_an_id_under_another_name_and_birth_is_refused(cast):
    row = {**MAY, "ministry_code": cast.anh.student.ministry_code}
    assert "khác họ tên và khác ngày sinh" in only_row(upload(cast, row)).remarks[0]


def test_a_ministry_code_never_changes(cast):
    row = row_of(cast.anh.student, ministry_code="6699999999")
    assert "mã ấy không đổi" in only_row(upload(cast, row)).remarks[0]


@pytest.mark.parametrize("cell", ["ministry_code", "personal_id"])
def test_an_id_that_is_enrolled_elsewhere_points_to_the_transfer(cast, cell):
    stranger = cast.stranger.student
    said = refusal_of(
        cast, **{"ministry_code": "", "personal_id": "", cell: getattr(stranger, cell)}
    )
    assert "chuyển trường" in said


def test_nothing_of_a_pupil_of_another_school_is_disclosed(cast):
    stranger = cast.stranger.student
    row = only_row(upload(cast, {**MAY, "personal_id": stranger.personal_id}))
    shown = f"{row.remarks} {row.changes} {row.full_name} {row.class_name} {row.cells}"
    assert row.student is None
    for secret in (
        stranger.full_name,
        stranger.ministry_code,
        cast.other_school.name,
        "14/03/2017",
    ):
        assert secret not in shown


def test_an_id_that_only_another_school_has_known_points_to_the_transfer(cast):
    Enrollment.objects.filter(pk=cast.stranger.pk).update(
        ended_on=timezone.localdate(), exit_reason="transferred_out"
    )
    said = refusal_of(cast, ministry_code="", personal_id=cast.stranger.student.personal_id)
    assert "chuyển trường" in said


def test_a_pupil_who_went_to_another_school_is_not_looked_at_when_she_is_listed_as_gone(cast):
    Enrollment.objects.filter(pk=cast.anh.pk).update(
        ended_on=YEAR_START, exit_reason="transferred_out"
    )
    factories.enroll(
        cast.anh.student, cast.other_class, enrolled_on=YEAR_START + datetime.timedelta(days=9)
    )
    row = only_row(upload(cast, row_of(cast.anh.student, status="04", status_on="05/09/2026")))
    assert (row.outcome, row.student, row.changes) == ("unchanged", None, {})


@pytest.mark.parametrize("cell", ["ministry_code", "personal_id"])
def test_two_rows_with_one_id_are_both_refused(cast, cell):
    other = {
        **MAY,
        "ministry_code": "",
        "personal_id": "",
        cell: MAY[cell],
        "full_name": "Nông Thị Mưa",
    }
    batch = upload(cast, MAY, other)
    assert [row.outcome for row in batch.rows.in_sheet_order()] == ["refused", "refused"]
    assert "nhiều dòng của tệp: 4, 5" in batch.rows.first().remarks[0]


def test_two_rows_of_one_name_birth_and_class_without_ids_are_refused(cast):
    row = {**MAY, "ministry_code": "", "personal_id": ""}
    batch = upload(cast, row, row)
    assert {"refused"} == {row.outcome for row in batch.rows.all()}


def test_twins_with_ids_of_their_own_are_two_pupils(cast):
    twin = {**MAY, "ministry_code": "6612345679", "personal_id": "066317000002"}
    assert {"created"} == {row.outcome for row in upload(cast, MAY, twin).rows.all()}


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("full_name", "", "Họ tên: Ô này còn trống"),
        ("date_of_birth", "", "Ngày sinh: Ô này còn trống"),
        ("gender", "", "Giới tính: Ô này còn trống"),
        ("class_name", "", "Hãy ghi lớp"),
        ("date_of_birth", "2017", "Ngày sinh: «2017» không phải là ngày"),
        ("date_of_birth", "01/05/2037", "Ngày sinh phải ở quá khứ"),
        ("gender", "x", "Giới tính «x» không rõ"),
        ("ethnicity", "Sao Hỏa", "Dân tộc «Sao Hỏa» không có trong danh mục"),
        ("status", "Đang chơi", "Trạng thái «Đang chơi» không có trong danh mục"),
        ("status_on", "hôm qua", "Ngày nhập trạng thái: «hôm qua»"),
        ("personal_id", "66317000001", "có thể đã mất số 0 ở đầu"),
        ("personal_id", 66317000001, "có thể đã mất số 0 ở đầu"),
        ("ministry_code", 12345678, "có thể đã mất số 0 ở đầu"),
        ("class_name", "9Z", "Năm học 2026-2027 không có lớp «9Z»"),
        ("grade_level", "6", "Khối «6» không rõ"),
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


def test_a_pupil_of_a_multigrade_class_needs_her_grade(cast):
    factories.make_class(cast.school_year, "4-5E", (4, 5))
    assert "lớp ghép" in refusal_of(cast, class_name="4-5E")


def test_a_pupil_of_a_multigrade_class_is_enrolled_in_her_grade(cast):
    factories.make_class(cast.school_year, "4-5E", (4, 5))
    imported(cast, {**MAY, "class_name": "4-5E", "grade_level": "Khối 5"})
    assert enrollment_of(stored()).grade_level == 5


def test_a_pupil_of_a_multigrade_class_keeps_her_grade(cast):
    school_class = factories.make_class(cast.school_year, "4-5E", (4, 5))
    student = factories.make_student("Lò Thị Xuân")
    factories.enroll(student, school_class, grade_level=5)
    assert only_row(upload(cast, row_of(student, class_name="4-5E"))).outcome == "unchanged"


def test_a_change_of_grade_within_the_year_is_refused(cast):
    school_class = factories.make_class(cast.school_year, "4-5E", (4, 5))
    student = factories.make_student("Lò Thị Xuân")
    factories.enroll(student, school_class, grade_level=5)
    row = row_of(student, class_name="4-5E", grade_level=4)
    assert "Đổi khối trong năm" in only_row(upload(cast, row)).remarks[0]


def test_a_change_of_class_within_the_year_is_refused(cast):
    factories.make_class(cast.school_year, "4B")
    row = only_row(upload(cast, row_of(cast.anh.student, class_name="4B")))
    assert "đang học lớp 4A" in row.remarks[0]


def test_a_class_of_another_year_is_not_found(cast):
    factories.make_class(factories.make_school_year(cast.school, 2025), "3A", (3,))
    assert "2026-2027 không có lớp «3A»" in refusal_of(cast, class_name="3A")


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("02", "transferred_in"),
        ("Chuyển đến kỳ 2", "transferred_in"),
        ("Nghỉ học xin học lại kỳ 1", "readmitted"),
        ("07", "readmitted"),
    ],
)
def test_who_comes_within_the_year_is_enrolled_from_that_day(cast, status, reason):
    imported(cast, {**MAY, "status": status, "status_on": "12/10/2026"})
    enrollment = enrollment_of(stored())
    assert (enrollment.entry_reason, enrollment.is_current) == (reason, True)
    assert enrollment.enrolled_on == datetime.date(2026, 10, 12)


def test_who_comes_within_the_year_needs_the_day(cast):
    assert "«Ngày nhập trạng thái»" in refusal_of(cast, status="02")


def test_who_comes_after_the_year_is_refused(cast):
    assert "sau năm học 2026-2027" in refusal_of(cast, status="06", status_on="01/06/2027")


@pytest.mark.parametrize("day", ["", "10/07/2026"])
def test_who_came_in_summer_is_enrolled_from_the_first_day(cast, day):
    imported(cast, {**MAY, "status": "10", "status_on": day})
    assert enrollment_of(stored()).enrolled_on == YEAR_START


def test_no_status_means_studying(cast):
    imported(cast, {**MAY, "status": ""})
    assert enrollment_of(stored()).is_current


@pytest.mark.parametrize(
    ("status", "reason"),
    [("Chuyển đi kỳ 1", "transferred_out"), ("05", "withdrawn"), (12, "withdrawn")],
)
def test_who_left_has_her_enrolment_ended_on_that_day(cast, status, reason):
    batch = imported(
        cast, row_of(cast.anh.student, status=status, status_on=datetime.date(2026, 11, 20))
    )
    enrollment = enrollment_of(cast.anh.student)
    assert (enrollment.ended_on, enrollment.exit_reason) == (datetime.date(2026, 11, 20), reason)
    assert only_row(batch).changes == {
        "ended_on": [None, "2026-11-20"],
        "exit_reason": [None, reason],
    }


def test_who_left_is_off_the_roster(cast):
    imported(cast, row_of(cast.anh.student, status="04", status_on="20/11/2026"))
    now = Enrollment.objects.for_school(cast.school).enrolled_on_day(timezone.localdate())
    assert cast.anh not in now


@pytest.mark.parametrize(
    ("day", "said"),
    [("", "«Ngày nhập trạng thái»"), ("01/09/2026", "05/09/2026"), ("06/01/2027", "đến hôm nay")],
)
def test_who_left_needs_a_day_between_her_first_and_today(cast, day, said):
    row = only_row(upload(cast, row_of(cast.anh.student, status="04", status_on=day)))
    assert said in row.remarks[0]


def test_who_left_before_is_left_alone(cast):
    row = row_of(cast.anh.student, status="04", status_on="20/11/2026")
    imported(cast, row)
    again = only_row(upload(cast, {**row, "mother_name": "Khác"}))
    assert (again.outcome, again.changes) == ("unchanged", {})


def test_who_left_before_she_was_ever_known_is_not_collected(cast):
    row = only_row(upload(cast, {**MAY, "status": "Thôi học kỳ 1", "status_on": "01/10/2026"}))
    assert row.outcome == "unchanged"
    assert "không còn học ở trường" in row.remarks[0]


def test_who_comes_back_gets_a_second_enrolment(cast):
    imported(cast, row_of(cast.anh.student, status="05", status_on="20/11/2026"))
    imported(
        cast,
        row_of(cast.anh.student, status="Nghỉ học xin học lại kỳ 1", status_on="10/12/2026"),
    )
    first, second = Enrollment.objects.filter(student=cast.anh.student).order_by("enrolled_on")
    assert not first.is_current
    assert (second.is_current, second.enrolled_on) == (True, datetime.date(2026, 12, 10))


def test_who_left_cannot_be_studying_without_having_come_back(cast):
    imported(cast, row_of(cast.anh.student, status="05", status_on="20/11/2026"))
    row = only_row(upload(cast, row_of(cast.anh.student, status="Đang học")))
    assert "đã rời lớp ngày 20/11/2026" in row.remarks[0]


def test_a_new_year_ends_the_enrolment_of_the_old_one(cast):
    year = factories.make_school_year(cast.school, 2027)
    factories.make_class(year, "5A", (5,))
    batch = imported(cast, row_of(cast.anh.student, class_name="5A"), school_year=year)
    old, new = Enrollment.objects.filter(student=cast.anh.student).order_by("enrolled_on")
    assert (old.ended_on, old.exit_reason) == (cast.school_year.ends_on, "year_ended")
    assert (new.is_current, new.grade_level, new.enrolled_on) == (True, 5, year.starts_on)
    assert only_row(batch).changes["school_class"] == ["4A", "5A"]


def test_a_year_before_the_pupils_is_refused(cast):
    year = factories.make_school_year(cast.school, 2025)
    factories.make_class(year, "3A", (3,))
    row = only_row(upload(cast, row_of(cast.anh.student, class_name="3A"), school_year=year))
    assert "lớp 4A năm học 2026-2027" in row.remarks[0]


def test_a_detail_that_is_not_collected_is_not_kept(cast):
    batch = upload(cast, {**MAY, "gender": "x"})
    assert "father_job" not in only_row(batch).cells


def test_a_foreign_pupil_keeps_her_nationality(cast):
    imported(cast, {**MAY, "nationality": "Lào", "ethnicity": "Người nước ngoài"})
    assert (stored().nationality, stored().ethnicity_code) == ("Lào", "55")


def test_the_code_of_the_country_is_its_name(cast):
    imported(cast, {**MAY, "nationality": "VN"})
    assert stored().nationality == "Việt Nam"
