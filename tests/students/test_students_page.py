import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.cast import Cast
from tests.pages import client_of


def read(cast: Cast, role: str, **query: object) -> str:
    response = client_of(cast, role).get(reverse("students"), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("text", ["duc", "Đức", "ĐỨC", "tri đuc", "vo tri"])
def test_a_search_needs_no_diacritics(cast: Cast, text: str) -> None:
    page = read(cast, "hanh", q=text)
    assert "Võ Trí Đức" in page
    assert "Lê Minh Anh" not in page


def test_a_pupil_is_found_by_the_whole_code(cast: Cast) -> None:
    assert "Lê Minh Anh" in read(cast, "tam", q=cast.anh.student.ministry_code)
    assert "Lê Minh Anh" in read(cast, "tam", q=cast.anh.student.personal_id)


def test_a_class_narrows_the_list(cast: Cast) -> None:
    other = factories.make_class(cast.school_year, "5B", (5,))
    factories.enroll(factories.make_student("Nông Thị Mây"), other)
    page = read(cast, "hanh", school_class=other.pk)
    assert "Nông Thị Mây" in page
    assert "Võ Trí Đức" not in page


def test_pupils_stand_by_given_name(cast: Cast) -> None:
    page = read(cast, "hanh")
    assert page.index("Lê Minh Anh") < page.index("Võ Trí Đức") < page.index("Niê")


def test_nobody_found_says_how_to_search(cast: Cast) -> None:
    assert "Gõ một phần tên, không cần dấu" in read(cast, "hanh", q="xyz")


def test_a_teacher_sees_the_pupils_of_her_classes(cast: Cast) -> None:
    other = factories.make_class(cast.school_year, "5B", (5,))
    factories.enroll(factories.make_student("Nông Thị Mây"), other)
    for role in ("ngoc", "binh"):
        page = read(cast, role)
        assert "Võ Trí Đức" in page
        assert "Nông Thị Mây" not in page
        assert ">5B<" not in page
    assert ">5B<" in read(cast, "hanh")


def test_a_teacher_without_classes_sees_nobody(cast: Cast) -> None:
    assert "Võ Trí Đức" not in read(cast, "suong")


def test_who_has_left_is_seen_by_the_registrar_only(cast: Cast) -> None:
    cast.duc.ended_on, cast.duc.exit_reason = "2027-01-04", "withdrawn"
    cast.duc.save()
    assert "đã rời trường" in read(cast, "tam")
    assert "Võ Trí Đức" not in read(cast, "ngoc")


def test_pupils_of_other_schools_are_never_listed(cast: Cast) -> None:
    assert "Mai Thu Lan" not in read(cast, "tam", q="lan")
    assert "Mai Thu Lan" in read(cast, "quang")


@pytest.mark.parametrize("role", ["van", "kien"])
def test_clerk_and_administrator_have_no_list(cast: Cast, role: str) -> None:
    assert client_of(cast, role).get(reverse("students")).status_code == 403


def test_a_mother_has_no_list(cast: Cast) -> None:
    assert client_of(cast, "hoa").get(reverse("students")).status_code == 404


def test_a_class_of_another_school_is_no_choice(cast: Cast) -> None:
    assert "Võ Trí Đức" not in read(cast, "tam", school_class=cast.other_class.pk)


def test_a_full_page_takes_as_many_queries_as_three_pupils(cast: Cast) -> None:
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            read(cast, "hanh")
        counts.append(len(queries))
        for _number in range(42):
            factories.enroll(factories.make_student("Nông Thị Mây"), cast.school_class)
    assert counts[0] == counts[1]


def test_long_lists_have_pages_that_keep_the_search(cast: Cast) -> None:
    for _number in range(51):
        factories.enroll(factories.make_student("Nông Thị Mây"), cast.school_class)
    page = read(cast, "hanh", q="may")
    assert "51 học sinh" in page
    assert "?q=may&amp;page=2" in page
