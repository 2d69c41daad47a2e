import re

import pytest
from django.urls import reverse

from tests import factories
from tests.cast import Cast
from tests.pages import client_of


def url_of(cast: Cast) -> str:
    return reverse("student", args=[cast.hhen.student_id])


def read(cast: Cast, role: str) -> str:
    response = client_of(cast, role).get(url_of(cast))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture(autouse=True)
def with_disability(cast: Cast) -> None:
    student = cast.hhen.student
    student.disability = "khiếm thính"
    student.contact_phone = "0900 000 001"
    student.save()


@pytest.mark.parametrize("role", ["hanh", "phuc", "tam"])
def test_leaders_and_registrar_see_the_whole_file(cast: Cast, role: str) -> None:
    page = read(cast, role)
    for words in ("14/03/2017", "Ê-đê", "khiếm thính", cast.hhen.student.personal_id, "Phạm Thị"):
        assert words in page


def test_the_homeroom_teacher_sees_the_family_but_nothing_sensitive(cast: Cast) -> None:
    page = read(cast, "ngoc")
    assert "0900 000 001" in page
    for words in ("Ê-đê", "khiếm thính", cast.hhen.student.personal_id):
        assert words not in page


def test_a_subject_teacher_sees_who_it_is_and_no_more(cast: Cast) -> None:
    page = read(cast, "binh")
    assert cast.hhen.student.ministry_code in page
    for words in ("Ê-đê", "khiếm thính", "0900 000 001", "PDF"):
        assert words not in page


def test_the_classes_of_this_school_stand_there(cast: Cast) -> None:
    page = read(cast, "tam")
    assert "2026-2027" in page
    assert "đang học" in page


def test_what_the_pupil_did_at_another_school_is_not_shown(cast: Cast) -> None:
    earlier = factories.make_school_year(cast.other_school, first_year=2025)
    old_class = factories.make_class(earlier, "3Z", (3,))
    factories.enroll(
        cast.hhen.student, old_class, ended_on=earlier.ends_on, exit_reason="transferred_out"
    )
    assert not re.search(r"\b3Z\b", read(cast, "tam"))


def test_card_and_history_are_linked_for_those_who_may(cast: Cast) -> None:
    for role in ("hanh", "ngoc"):
        page = read(cast, role)
        assert reverse("report_card_pdf", args=[cast.hhen.student_id]) in page
        assert reverse("student_history", args=[cast.hhen.student_id]) in page


def test_the_familys_accounts_are_named(cast: Cast) -> None:
    page = client_of(cast, "ngoc").get(reverse("student", args=[cast.anh.student_id]))
    assert "Phạm Thị Hòa (mẹ)" in page.content.decode()


@pytest.mark.parametrize("role", ["suong", "van", "kien"])
def test_a_colleague_who_does_not_teach_the_pupil_is_refused(cast: Cast, role: str) -> None:
    assert client_of(cast, role).get(url_of(cast)).status_code == 403


@pytest.mark.parametrize("role", ["quang", "hoa"])
def test_for_strangers_the_pupil_does_not_exist(cast: Cast, role: str) -> None:
    assert client_of(cast, role).get(url_of(cast)).status_code == 404
