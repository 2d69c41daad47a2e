"""What pages about pupils load, from the school inwards."""

import datetime

import pytest

from schools.models import SchoolClass
from students.models import Enrollment, Student
from students.reading import (
    enrollments_of,
    guardians_of,
    last_class_of,
    search_students,
    students_of,
    with_current_class,
)
from tests import factories
from tests.cast import Cast

YESTERDAY = datetime.date(2027, 1, 4)


@pytest.fixture
def class_of_last_year(cast: Cast) -> SchoolClass:
    return factories.make_class(factories.make_school_year(cast.school, 2025), "3A", (3,))


def leave(enrollment: Enrollment, *, reason: str = "transferred_out") -> None:
    enrollment.ended_on, enrollment.exit_reason = YESTERDAY, reason
    enrollment.save()


def current_classes(cast: Cast, student: Student) -> list[str]:
    found = with_current_class(students_of(cast.school), cast.school).get(pk=student.pk)
    return [row.school_class.name for row in found.current_enrollments]


def names(cast: Cast, *, text: str = "", school_class: SchoolClass | None = None) -> list[str]:
    found = search_students(students_of(cast.school), text=text, school_class=school_class)
    return [student.full_name for student in found]


def test_a_school_has_the_pupils_that_it_enrolled(cast: Cast) -> None:
    assert set(students_of(cast.school)) == {
        cast.anh.student,
        cast.hhen.student,
        cast.duc.student,
    }


def test_a_pupil_of_two_years_is_one_pupil(cast: Cast, class_of_last_year: SchoolClass) -> None:
    factories.enroll(
        cast.anh.student,
        class_of_last_year,
        ended_on=class_of_last_year.school_year.ends_on,
        exit_reason="year_ended",
    )
    assert names(cast, text="minh anh") == ["Lê Minh Anh"]


def test_the_newest_class_stands_first(cast: Cast, class_of_last_year: SchoolClass) -> None:
    factories.enroll(
        cast.anh.student,
        class_of_last_year,
        ended_on=class_of_last_year.school_year.ends_on,
        exit_reason="year_ended",
    )
    found = enrollments_of(cast.anh.student, cast.school)
    assert [row.school_class.name for row in found] == ["4A", "3A"]
    assert last_class_of(cast.anh.student, cast.school) == cast.school_class


def test_what_another_school_holds_of_a_pupil_is_theirs(cast: Cast) -> None:
    leave(cast.anh)
    factories.enroll(cast.anh.student, cast.other_class, enrolled_on=datetime.date(2027, 1, 5))
    assert list(enrollments_of(cast.anh.student, cast.school)) == [cast.anh]


def test_the_last_class_here_stays_the_last_one_after_leaving(cast: Cast) -> None:
    leave(cast.anh)
    factories.enroll(cast.anh.student, cast.other_class, enrolled_on=datetime.date(2027, 1, 5))
    assert last_class_of(cast.anh.student, cast.school) == cast.school_class


def test_a_pupil_has_the_class_she_is_in(cast: Cast) -> None:
    assert current_classes(cast, cast.anh.student) == ["4A"]


def test_a_pupil_who_left_is_in_no_class(cast: Cast) -> None:
    leave(cast.anh)
    assert current_classes(cast, cast.anh.student) == []


def test_the_class_of_another_school_is_not_shown_as_hers(cast: Cast) -> None:
    leave(cast.anh)
    factories.enroll(cast.anh.student, cast.other_class, enrolled_on=datetime.date(2027, 1, 5))
    assert current_classes(cast, cast.anh.student) == []


def test_without_a_search_everybody_stands_by_given_name(cast: Cast) -> None:
    assert names(cast) == ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]


def test_text_and_class_narrow_together(cast: Cast) -> None:
    new_class = factories.make_class(cast.school_year, "4B", (4,))
    assert names(cast, text="anh", school_class=cast.school_class) == ["Lê Minh Anh"]
    assert names(cast, text="anh", school_class=new_class) == []


def test_the_family_is_those_whom_the_school_has_confirmed(cast: Cast) -> None:
    father = factories.make_user("cha", "Lê Văn Thử")
    factories.make_guardian(father, cast.anh.student, confirmed_by=None, relation="father")
    assert [row.user for row in guardians_of(cast.anh.student)] == [cast.hoa]


def test_another_childs_family_is_not_this_ones(cast: Cast) -> None:
    assert not guardians_of(cast.duc.student).exists()
