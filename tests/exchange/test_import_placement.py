"""What a row's class and status do to the pupil's enrolments."""

import datetime

import pytest
from django.utils import timezone

from students.models import Enrollment
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
