import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import actions
from rulesets import Period
from schools.models import TeachingAssignment
from tests import factories
from tests.assessments import states
from tests.assessments.filling import subject_row
from tests.cast import Cast
from tests.pages import client_of

END_TERM_1 = Period.END_TERM_1


def read(cast: Cast, role: str) -> str:
    response = client_of(cast, role).get(reverse("desk"))
    assert response.status_code == 200
    return response.content.decode()


def grid(cast: Cast, subject_code: str) -> str:
    return reverse("subject_grid", args=[cast.school_class.pk, END_TERM_1, subject_code])


def enter_toan(cast: Cast) -> None:
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code="toan",
        rows=[subject_row(cast.anh.pk, level="T", score=9)],
        by=cast.ngoc,
    )


def test_the_greeting_says_the_day_and_how_long_there_is(cast: Cast) -> None:
    page = read(cast, "ngoc")
    assert "Chào thầy/cô Ngọc" in page
    assert "05/01/2027 · Cuối học kỳ I, còn 12 ngày" in " ".join(page.split())


def test_a_row_for_each_class_and_subject_that_she_teaches(cast: Cast) -> None:
    page = read(cast, "binh")
    assert "4A · Ngoại ngữ 1" in page
    assert "4A · Toán" not in page
    assert grid(cast, "ngoai_ngu_1") in page
    assert "Bắt đầu nhập" in page


def test_a_row_says_how_far_it_is_and_what_is_missing(cast: Cast) -> None:
    enter_toan(cast)
    page = read(cast, "ngoc")
    assert "1/3" in page
    assert "Thiếu 2 mức, 2 điểm" in page
    assert "Lưu lần cuối 20:30 05/01" in page
    assert "Nhập tiếp" in page


def test_a_subject_given_to_somebody_else_leaves_the_desk(cast: Cast) -> None:
    TeachingAssignment.objects.filter(staff_member=cast.binh).update(ended_on="2027-01-04")
    assert "Ngoại ngữ 1" not in read(cast, "binh")


def test_returned_work_stands_first_with_the_principals_sentence(cast: Cast) -> None:
    quiet = factories.make_class(cast.school_year, "3A", (3,))
    factories.assign_teacher(quiet, "toan", cast.ngoc)
    states.returned(cast)
    page = read(cast, "ngoc")
    assert page.index("4A · Tiếng Việt") < page.index("3A · Toán")
    assert page.count("Xem lại điểm Toán") == 1
    assert "Nguyễn Thị Hạnh trả lại lúc 20:30 05/01/2027." in page
    assert "Sửa lại" in page


def test_a_pupil_reopened_alone_stands_first(cast: Cast) -> None:
    states.with_anh_reopened(cast)
    for role in ("ngoc", "binh"):
        page = read(cast, role)
        assert "Em Lê Minh Anh, 4A · Cuối học kỳ I" in page
        assert "Nhập nhầm điểm Toán" in page


def test_work_of_an_earlier_period_that_came_back_is_not_forgotten(cast: Cast) -> None:
    states.returned(cast)
    with time_machine.travel("2027-03-10 08:00:00+07:00", tick=False):
        page = read(cast, "binh")
    assert "4A · Cuối học kỳ I" in page
    assert "quá hạn 52 ngày" in page
    assert "Xem lại điểm Toán" in page


def test_an_earlier_period_never_handed_in_is_late_for_the_homeroom_teacher(cast: Cast) -> None:
    assert "4A · Giữa học kỳ I" in read(cast, "ngoc")
    assert "4A · Giữa học kỳ I" not in read(cast, "binh")


def test_after_the_last_day_what_is_unfinished_is_late(cast: Cast) -> None:
    with time_machine.travel("2027-01-18 08:00:00+07:00", tick=False):
        page = read(cast, "binh")
    assert "quá hạn 1 ngày" in page
    assert "Quá hạn" in page


def test_the_homeroom_teacher_sees_all_subjects_of_her_class(cast: Cast) -> None:
    page = read(cast, "ngoc")
    assert "Lớp chủ nhiệm 4A" in page
    assert grid(cast, "ngoai_ngu_1") in page
    assert "0/3 · Y Bình Êban" in page
    assert reverse("trait_grid", args=[cast.school_class.pk, END_TERM_1]) in page
    assert reverse("record_grid", args=[cast.school_class.pk, END_TERM_1]) in page


def test_a_subject_teacher_has_no_homeroom_class(cast: Cast) -> None:
    assert "Lớp chủ nhiệm" not in read(cast, "binh")


def test_a_complete_class_is_handed_in_from_the_desk(cast: Cast) -> None:
    assert "Gửi lớp 4A lên hiệu trưởng" not in read(cast, "ngoc")
    states.filled(cast)
    page = read(cast, "ngoc")
    assert "Gửi lớp 4A lên hiệu trưởng" in page
    assert page.count("button--primary") == 1


def test_a_locked_class_is_only_looked_at(cast: Cast) -> None:
    states.signed_off(cast)
    page = read(cast, "binh")
    assert "Đã ký duyệt" in page
    assert "Nhập tiếp" not in page


def test_a_teacher_without_classes_is_told_whom_to_ask(cast: Cast) -> None:
    assert "xin hỏi học vụ của trường" in read(cast, "suong")


def test_a_teacher_who_is_a_mother_has_both(cast: Cast) -> None:
    factories.make_guardian(cast.binh.user, cast.duc.student, confirmed_by=cast.tam.user)
    page = read(cast, "binh")
    assert "4A · Ngoại ngữ 1" in page
    assert "Con của thầy/cô" in page
    assert reverse("child_card", args=[cast.duc.student_id]) in page


@pytest.mark.parametrize("is_homeroom", [False, True])
def test_25_classes_take_as_many_queries_as_one(cast: Cast, is_homeroom: bool) -> None:
    client, counts = client_of(cast, "ngoc"), []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("desk"))
        counts.append(len(queries))
        if number == 0:
            for name in range(24):
                school_class = factories.make_class(cast.school_year, f"3.{name}", (3,))
                factories.assign_teacher(school_class, "toan", cast.ngoc)
                factories.enroll(factories.make_student("Nông Thị Mây"), school_class)
                if is_homeroom:
                    factories.assign_homeroom(school_class, cast.ngoc)
    assert counts[0] == counts[1] <= 30
