import datetime

import pytest

from audit.errors import NotPermitted
from schools.models import HomeroomAssignment, StaffMember
from students.permissions import (
    check_user_can_list_students,
    check_user_can_see_file,
    check_user_can_see_student,
    user_can_list_students,
    user_sees_file,
    user_sees_sensitive,
    visible_students,
)
from tests import factories
from tests.cast import Cast

YESTERDAY = datetime.date(2027, 1, 4)
EVERYBODY = ("hanh", "phuc", "ngoc", "binh", "suong", "tam", "van", "kien", "quang")


def staff_where(cast: Cast, allowed: str) -> dict[StaffMember, bool]:
    return {getattr(cast, role): role in allowed.split() for role in EVERYBODY}


def test_leaders_registrar_and_the_classs_teachers_see_a_pupil(cast: Cast) -> None:
    for staff, sees in staff_where(cast, "hanh phuc tam ngoc binh").items():
        assert visible_students(staff).contains(cast.anh.student) is sees, staff


def test_the_file_is_for_leaders_registrar_and_homeroom_teacher(cast: Cast) -> None:
    for staff, sees in staff_where(cast, "hanh phuc tam ngoc").items():
        if staff.school == cast.school:
            assert user_sees_file(staff, cast.anh.student) is sees, staff


def test_sensitive_data_are_for_leaders_and_registrar(cast: Cast) -> None:
    for staff, sees in staff_where(cast, "hanh phuc tam quang").items():
        assert user_sees_sensitive(staff) is sees, staff


def test_lists_are_for_whoever_works_with_pupils(cast: Cast) -> None:
    for staff, can in staff_where(cast, "hanh phuc tam ngoc binh suong quang").items():
        assert user_can_list_students(staff) is can, staff


def test_a_leader_elsewhere_sees_nobody_here(cast: Cast) -> None:
    assert list(visible_students(cast.quang)) == [cast.stranger.student]


def test_a_teacher_no_longer_sees_who_has_left_her_class(cast: Cast) -> None:
    cast.anh.ended_on, cast.anh.exit_reason = YESTERDAY, "transferred_out"
    cast.anh.save()
    assert not visible_students(cast.ngoc).contains(cast.anh.student)
    assert visible_students(cast.tam).contains(cast.anh.student)


def test_a_former_homeroom_teacher_no_longer_sees_the_file(cast: Cast) -> None:
    HomeroomAssignment.objects.update(ended_on=YESTERDAY)
    assert not user_sees_file(cast.ngoc, cast.anh.student)


def test_the_homeroom_teacher_of_another_class_does_not_see_the_file(cast: Cast) -> None:
    other = factories.make_class(cast.school_year, "4B", (4,))
    factories.assign_homeroom(other, cast.suong)
    assert not user_sees_file(cast.suong, cast.anh.student)


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


def test_whoever_may_is_not_stopped(cast: Cast) -> None:
    check_user_can_list_students(cast.suong)
    check_user_can_see_student(cast.binh, cast.anh.student)
    check_user_can_see_file(cast.ngoc, cast.anh.student)
