import datetime

import pytest

from audit.errors import NotPermitted
from schools.models import HomeroomAssignment, TeachingAssignment
from students.permissions import (
    check_user_can_list_students,
    check_user_can_see_file,
    check_user_can_see_student,
    user_can_list_students,
    user_sees_file,
    user_sees_sensitive,
    visible_students,
)
from tests.cast import Cast
from tests.pages import COLLEAGUES

every_colleague = pytest.mark.parametrize("role", COLLEAGUES.split())


@every_colleague
def test_who_lists_pupils(cast: Cast, role: str) -> None:
    assert user_can_list_students(getattr(cast, role)) == (role not in {"van", "kien"})


@every_colleague
def test_the_check_refuses_whom_the_question_denies(cast: Cast, role: str) -> None:
    staff = getattr(cast, role)
    if user_can_list_students(staff):
        check_user_can_list_students(staff)
    else:
        with pytest.raises(NotPermitted):
            check_user_can_list_students(staff)


@every_colleague
def test_whose_pupils_each_sees(cast: Cast, role: str) -> None:
    seen = set(visible_students(getattr(cast, role)))
    everybody = {cast.anh.student, cast.hhen.student, cast.duc.student}
    assert seen == (everybody if role in {"hanh", "phuc", "tam", "ngoc", "binh"} else set())


def test_another_schools_leader_sees_none_of_ours(cast: Cast) -> None:
    assert set(visible_students(cast.quang)) == {cast.stranger.student}
    with pytest.raises(NotPermitted):
        check_user_can_see_student(cast.quang, cast.anh.student)


def test_an_assignment_that_has_ended_shows_nobody(cast: Cast) -> None:
    TeachingAssignment.objects.filter(staff_member=cast.binh).update(ended_on="2027-01-04")
    assert not visible_students(cast.binh).exists()


def test_on_its_last_day_an_assignment_still_counts(cast: Cast) -> None:
    TeachingAssignment.objects.filter(staff_member=cast.binh).update(ended_on="2027-01-05")
    assert visible_students(cast.binh).count() == 3


def test_an_assignment_of_the_future_does_not_count_yet(cast: Cast) -> None:
    TeachingAssignment.objects.filter(staff_member=cast.binh).update(started_on="2027-01-06")
    assert not visible_students(cast.binh).exists()


@every_colleague
def test_the_file_is_for_leaders_registrar_and_homeroom_teacher(cast: Cast, role: str) -> None:
    staff = getattr(cast, role)
    may = role in {"hanh", "phuc", "tam", "ngoc"}
    assert user_sees_file(staff, cast.anh.student) == may
    if not may:
        with pytest.raises(NotPermitted):
            check_user_can_see_file(staff, cast.anh.student)


def test_a_former_homeroom_teacher_loses_the_file(cast: Cast) -> None:
    HomeroomAssignment.objects.update(ended_on="2027-01-04")
    assert not user_sees_file(cast.ngoc, cast.anh.student)


@every_colleague
def test_what_is_sensitive_is_for_leaders_and_registrar(cast: Cast, role: str) -> None:
    assert user_sees_sensitive(getattr(cast, role)) == (role in {"hanh", "phuc", "tam"})


def test_a_teacher_no_longer_sees_who_has_left_her_class(cast: Cast) -> None:
    cast.anh.ended_on, cast.anh.exit_reason = datetime.date(2027, 1, 4), "transferred_out"
    cast.anh.save()
    assert not visible_students(cast.ngoc).contains(cast.anh.student)
    assert visible_students(cast.tam).contains(cast.anh.student)


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (
            lambda cast: check_user_can_list_students(cast.van),
            "Danh sách học sinh dành cho lãnh đạo trường, học vụ và giáo viên.",
        ),
        (
            lambda cast: check_user_can_see_student(cast.suong, cast.anh.student),
            "Thầy/cô không dạy em này nên không xem được hồ sơ của em.",
        ),
        (
            lambda cast: check_user_can_see_file(cast.binh, cast.anh.student),
            "Chỉ lãnh đạo trường, học vụ và giáo viên chủ nhiệm xem được lịch sử của học sinh.",
        ),
    ],
    ids=["list", "pupil", "file"],
)
def test_whoever_may_not_is_told_who_may(check, sentence: str, cast: Cast) -> None:
    with pytest.raises(NotPermitted) as refused:
        check(cast)
    assert str(refused.value.message) == sentence


def test_leaders_of_another_school_see_no_file(cast: Cast) -> None:
    assert not user_sees_file(cast.quang, cast.anh.student)
