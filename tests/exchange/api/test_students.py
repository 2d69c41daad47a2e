import datetime

import pytest
import time_machine

from schools.models import SchoolClass
from students.models import Enrollment, ExitReason, Student
from tests import factories
from tests.cast import NOW, Cast
from tests.exchange.api.conftest import Get

LATER = NOW + datetime.timedelta(minutes=5)
SINCE_LATER = {"updated_since": LATER.isoformat()}


@pytest.fixture
def later():
    with time_machine.travel(LATER, tick=False):
        yield


def names(get: Get, query: dict[str, str] | None = None) -> set[str]:
    return {row["full_name"] for row in get("students/", query).json()["results"]}


def leave(enrollment: Enrollment, reason: ExitReason) -> None:
    Enrollment.objects.filter(pk=enrollment.pk).update(
        ended_on=datetime.date(2027, 1, 4), exit_reason=reason
    )


def test_a_row(get: Get, cast: Cast):
    student = cast.hhen.student
    assert get(f"students/{student.pk}/").json() == {
        "id": student.pk,
        "ministry_code": student.ministry_code,
        "personal_id": student.personal_id,
        "full_name": "H'Hen Niê",
        "date_of_birth": "2017-03-14",
        "gender": "female",
        "ethnicity_code": "12",
        "ethnicity_as_written": "",
        "nationality": "Việt Nam",
        "birth_place": "Bệnh viện Buôn Hồ, Đắk Lắk",
        "birth_commune_code": "",
        "home_town": "Xã Ea Drông, Đắk Lắk",
        "home_town_commune_code": "",
        "residence": "Phường Buôn Hồ, Đắk Lắk",
        "residence_commune_code": "",
        "enrollment": {
            "id": cast.hhen.pk,
            "school": cast.school.ministry_code,
            "school_year": "2026-2027",
            "school_class": {"id": cast.school_class.pk, "name": "4A"},
            "grade_level": 4,
            "enrolled_on": "2026-09-05",
            "entry_reason": "enrolled",
            "ended_on": None,
            "exit_reason": None,
        },
        "updated_at": "2027-01-05T20:30:00+07:00",
    }


def test_parents_and_telephone_numbers_are_not_exported(get: Get, cast: Cast):
    Student.objects.update(contact_phone="0900000000", disability="vận động")
    text = get("students/").content.decode()
    assert "Phạm Thị Hòa" not in text
    assert "0900000000" not in text
    assert "vận động" not in text


def test_the_list_holds_the_clients_pupils_only(get: Get, cast: Cast):
    assert names(get) == {"Lê Minh Anh", "H'Hen Niê", "Võ Trí Đức"}


def test_a_list_row_and_a_single_row_are_the_same(get: Get, cast: Cast):
    for row in get("students/").json()["results"]:
        assert row == get(f"students/{row['id']}/").json()


def test_a_pupil_of_another_school_does_not_exist(get: Get, cast: Cast):
    assert get(f"students/{cast.stranger.student_id}/").status_code == 404


def test_a_pupil_without_codes_has_null(get: Get, cast: Cast):
    Student.objects.filter(pk=cast.anh.student_id).update(ministry_code=None, personal_id=None)
    row = get(f"students/{cast.anh.student_id}/").json()
    assert (row["ministry_code"], row["personal_id"]) == (None, None)


def test_a_pupil_who_left_is_still_there_and_says_so(get: Get, cast: Cast):
    leave(cast.duc, ExitReason.TRANSFERRED_OUT)
    enrollment = get(f"students/{cast.duc.student_id}/").json()["enrollment"]
    assert (enrollment["ended_on"], enrollment["exit_reason"]) == ("2027-01-04", "transferred_out")


def test_the_enrollment_is_the_newest(get: Get, cast: Cast):
    leave(cast.anh, ExitReason.YEAR_ENDED)
    next_class = factories.make_class(factories.make_school_year(cast.school, 2027), "5A", (5,))
    factories.enroll(cast.anh.student, next_class)
    enrollment = get(f"students/{cast.anh.student_id}/").json()["enrollment"]
    assert enrollment["school_class"] == {"id": next_class.pk, "name": "5A"}


def test_an_enrollment_at_a_foreign_school_is_not_shown(get: Get, cast: Cast):
    leave(cast.anh, ExitReason.TRANSFERRED_OUT)
    factories.enroll(cast.anh.student, cast.other_class, enrolled_on=datetime.date(2027, 1, 5))
    row = get(f"students/{cast.anh.student_id}/").json()
    assert row["enrollment"]["id"] == cast.anh.pk


def test_a_pupil_who_moved_between_two_schools_of_the_client_is_one_row(
    get: Get, api_client, cast: Cast
):
    api_client.schools.add(cast.other_school)
    leave(cast.anh, ExitReason.TRANSFERRED_OUT)
    moved = factories.enroll(
        cast.anh.student, cast.other_class, enrolled_on=datetime.date(2027, 1, 5)
    )
    rows = [row for row in get("students/").json()["results"] if row["id"] == moved.student_id]
    assert [row["enrollment"]["id"] for row in rows] == [moved.pk]


def test_the_filter_by_school_shows_the_enrollment_there(get: Get, api_client, cast: Cast):
    api_client.schools.add(cast.other_school)
    leave(cast.anh, ExitReason.TRANSFERRED_OUT)
    factories.enroll(cast.anh.student, cast.other_class, enrolled_on=datetime.date(2027, 1, 5))
    body = get("students/", {"school": cast.school.ministry_code}).json()
    (row,) = [row for row in body["results"] if row["id"] == cast.anh.student_id]
    assert row["enrollment"]["id"] == cast.anh.pk


def test_the_filter_by_school_year(get: Get, cast: Cast):
    past = factories.make_class(factories.make_school_year(cast.school, 2025), "5A", (5,))
    graduate = factories.enroll(factories.make_student("Hoàng Gia Bảo"), past)
    leave(graduate, ExitReason.YEAR_ENDED)
    assert names(get, {"school_year": "2025-2026"}) == {"Hoàng Gia Bảo"}
    assert "Hoàng Gia Bảo" not in names(get, {"school_year": "2026-2027"})


def test_nobody_changed_since(get: Get, cast: Cast):
    assert names(get, SINCE_LATER) == set()


def test_a_corrected_pupil_has_changed(get: Get, cast: Cast, later: None):
    cast.duc.student.full_name = "Võ Trí Dũng"
    cast.duc.student.save(update_fields=["full_name"])
    assert names(get, SINCE_LATER) == {"Võ Trí Dũng"}


def test_a_pupil_whose_enrollment_ended_has_changed(get: Get, cast: Cast, later: None):
    leave(cast.duc, ExitReason.WITHDRAWN)
    assert names(get, SINCE_LATER) == {"Võ Trí Đức"}


def test_a_pupil_known_elsewhere_who_comes_has_changed(get: Get, cast: Cast, later: None):
    leave(cast.stranger, ExitReason.TRANSFERRED_OUT)
    factories.enroll(cast.stranger.student, cast.school_class)
    assert names(get, SINCE_LATER) == {"Mai Thu Lan"}


def test_a_change_of_the_class_name_changes_its_pupils(get: Get, cast: Cast, later: None):
    SchoolClass.objects.filter(pk=cast.school_class.pk).update(name="4C")
    assert names(get, SINCE_LATER) == {"Lê Minh Anh", "H'Hen Niê", "Võ Trí Đức"}


def test_queries_do_not_grow_with_the_rows(get: Get, cast: Cast, django_assert_num_queries):
    Enrollment.objects.exclude(pk=cast.anh.pk).filter(school_class=cast.school_class).update(
        school_class=cast.other_class
    )
    with django_assert_num_queries(5):
        assert len(get("students/").json()["results"]) == 1
    for number in range(44):
        factories.enroll(factories.make_student(f"Trần Văn Số {number}"), cast.school_class)
    with django_assert_num_queries(5):
        assert len(get("students/").json()["results"]) == 45
