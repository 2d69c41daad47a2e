"""Which of the pupils that a school knows a row means."""

import datetime

import pytest

from exchange.identities import Identity, Unidentified
from exchange.known_students import EnrolledElsewhere, KnownStudents
from students.models import Enrollment
from tests import factories

BORN = datetime.date(2017, 3, 14)
OTHER_DAY = datetime.date(2016, 1, 2)
DAY = datetime.date(2026, 11, 20)


def of(student, **said):
    """The identity that the pupil's own data give."""
    values = {
        "ministry_code": student.ministry_code,
        "personal_id": student.personal_id,
        "full_name": student.full_name,
        "date_of_birth": student.date_of_birth,
        "class_name": "4a",
        **said,
    }
    claims = bool(values["ministry_code"] or values["personal_id"])
    return Identity(**{"claims_id": claims, **values})


def nameless(student, **said):
    return of(student, ministry_code=None, personal_id=None, **said)


def find(cast, identity, school_year=None):
    return KnownStudents(school_year or cast.school_year, [identity]).find(identity)


def leave(enrollment, day=DAY):
    Enrollment.objects.filter(pk=enrollment.pk).update(ended_on=day, exit_reason="withdrawn")


def test_everything_that_fits_means_her(cast):
    assert find(cast, of(cast.anh.student)) == cast.anh.student


@pytest.mark.parametrize("missing", ["ministry_code", "personal_id"])
def test_one_of_the_ids_is_enough(cast, missing):
    assert find(cast, of(cast.anh.student, **{missing: None})) == cast.anh.student


def test_an_id_finds_her_under_a_corrected_name(cast):
    assert find(cast, of(cast.anh.student, full_name="Lê Minh Ánh Nguyệt")) == cast.anh.student


def test_an_id_finds_her_under_a_corrected_birth(cast):
    assert find(cast, of(cast.anh.student, date_of_birth=OTHER_DAY)) == cast.anh.student


def test_an_id_finds_her_in_whatever_class(cast):
    assert find(cast, of(cast.anh.student, class_name="5b")) == cast.anh.student


def test_an_id_with_another_name_and_birth_is_refused(cast):
    with pytest.raises(Unidentified, match="khác họ tên và khác ngày sinh"):
        find(cast, of(cast.anh.student, full_name="Khác", date_of_birth=OTHER_DAY))


def test_an_id_without_name_and_birth_means_her(cast):
    assert find(cast, of(cast.anh.student, full_name=None, date_of_birth=None)) == cast.anh.student


def test_a_name_without_tones_means_her(cast):
    assert find(cast, nameless(cast.anh.student, full_name="le minh anh")) == cast.anh.student


def test_a_name_with_another_birth_means_a_new_pupil(cast):
    assert find(cast, nameless(cast.anh.student, date_of_birth=OTHER_DAY)) is None


def test_a_name_in_another_class_is_not_guessed(cast):
    with pytest.raises(Unidentified, match="cùng họ tên và ngày sinh"):
        find(cast, nameless(cast.anh.student, class_name="4b"))


def test_two_namesakes_in_one_class_are_not_guessed(cast):
    factories.enroll(factories.make_student("Lê Minh Anh"), cast.school_class)
    with pytest.raises(Unidentified, match="cùng họ tên và ngày sinh"):
        find(cast, nameless(cast.anh.student))


def test_of_two_namesakes_the_one_in_the_class_is_meant(cast):
    other_class = factories.make_class(cast.school_year, "4B")
    namesake = factories.make_student("Lê Minh Anh")
    factories.enroll(namesake, other_class)
    assert find(cast, nameless(namesake, class_name="4b")) == namesake


def test_a_namesake_without_ids_gets_the_ids_of_the_row(cast):
    known = factories.make_student("Hồ Thị Lam", ministry_code=None, personal_id=None)
    factories.enroll(known, cast.school_class)
    assert find(cast, of(known, personal_id="066317000001")) == known


def test_an_unreadable_id_is_not_made_up_for_by_the_name(cast):
    assert find(cast, nameless(cast.anh.student, claims_id=True)) is None


def test_a_stranger_by_name_is_a_new_pupil(cast):
    assert find(cast, nameless(cast.stranger.student)) is None


def test_a_stranger_by_id_is_enrolled_elsewhere(cast):
    with pytest.raises(EnrolledElsewhere):
        find(cast, of(cast.stranger.student))


def test_who_left_for_another_school_is_enrolled_elsewhere(cast):
    leave(cast.anh)
    factories.enroll(cast.anh.student, cast.other_class, enrolled_on=DAY + datetime.timedelta(1))
    with pytest.raises(EnrolledElsewhere):
        find(cast, of(cast.anh.student))


def test_who_came_back_from_another_school_is_known(cast):
    leave(cast.stranger)
    factories.enroll(
        cast.stranger.student, cast.school_class, enrolled_on=DAY + datetime.timedelta(1)
    )
    assert find(cast, of(cast.stranger.student)) == cast.stranger.student


def test_who_left_this_year_is_known_by_name(cast):
    leave(cast.anh)
    assert find(cast, nameless(cast.anh.student)) == cast.anh.student


def test_who_left_in_an_earlier_year_is_not_known_by_name(cast):
    leave(cast.anh)
    year = factories.make_school_year(cast.school, 2027)
    assert find(cast, nameless(cast.anh.student), year) is None


def test_who_left_in_an_earlier_year_is_known_by_id(cast):
    leave(cast.anh)
    year = factories.make_school_year(cast.school, 2027)
    assert find(cast, of(cast.anh.student), year) == cast.anh.student


def test_current_and_past_enrolments_are_told_apart(cast):
    leave(cast.anh)
    again = factories.enroll(
        cast.anh.student, cast.school_class, enrolled_on=DAY + datetime.timedelta(1)
    )
    known = KnownStudents(cast.school_year, [of(cast.anh.student)])
    assert (known.current(cast.anh.student), known.past(cast.anh.student)) == (again, (cast.anh,))


def test_enrolments_at_another_school_are_not_shown(cast):
    leave(cast.stranger)
    factories.enroll(
        cast.stranger.student, cast.school_class, enrolled_on=DAY + datetime.timedelta(1)
    )
    known = KnownStudents(cast.school_year, [of(cast.stranger.student)])
    assert known.past(cast.stranger.student) == ()


def test_many_rows_take_few_queries(cast, django_assert_max_num_queries):
    identities = [
        of(cast.anh.student, ministry_code=f"67{number:08}", personal_id=f"067{number:09}")
        for number in range(500)
    ]
    with django_assert_max_num_queries(4):
        KnownStudents(cast.school_year, identities)
