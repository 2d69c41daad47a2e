"""The digital cards that wait for a signature, on whoever's desk they wait."""

import time_machine
from django.test import Client
from django.urls import reverse

from hocba.desks.cards import card_desk
from reportcards.models import ReportCard
from schools.models import Role, SchoolClass, StaffMember, StaffRole
from tests import factories
from tests.cast import Cast
from tests.pages import client_of
from tests.reportcards.digital_cards import sign
from tests.rows import saved_row

SIGN = reverse("sign_cards", args=[2026])


def read(cast: Cast, role: str) -> str:
    response = client_of(cast, role).get(reverse("desk"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def another_class(cast: Cast, name: str = "4B") -> SchoolClass:
    """With one pupil whose card waits for Ms Hạnh."""
    school_class = factories.make_class(cast.school_year, name)
    enrollment = factories.enroll(factories.make_student("Lê Bảo Châu"), school_class)
    saved_row(
        ReportCard,
        cast,
        student=enrollment.student,
        enrollment=enrollment,
        homeroom_signer=cast.suong,
        state="homeroom_signed",
    )
    return school_class


def test_the_homeroom_teacher_is_asked_to_sign_her_class(cards, cast: Cast) -> None:
    text = read(cast, "ngoc")
    assert "Học bạ số lớp 4A, 2026-2027" in text
    assert "3 học bạ chờ thầy/cô" in text
    assert f"{SIGN}?slot=homeroom&amp;classes={cast.school_class.pk}" in text
    assert "Học bạ số chờ thầy/cô ký" not in read(cast, "hanh")


def test_then_the_leader_who_was_frozen(cards, cast: Cast, certificates) -> None:
    sign("homeroom", cards, certificates.ngoc, certificates, by=cast.ngoc)
    assert "Học bạ số chờ thầy/cô ký" in read(cast, "hanh")
    assert "Học bạ số chờ thầy/cô ký" not in read(cast, "phuc")
    assert "Học bạ số chờ thầy/cô ký" not in read(cast, "ngoc")


def test_then_the_clerk_who_holds_the_seal(cards, cast: Cast, certificates) -> None:
    sign("homeroom", cards, certificates.ngoc, certificates, by=cast.ngoc)
    sign("leader", cards, certificates.hanh, certificates, by=cast.hanh)
    assert "Đóng dấu số và phát hành" in read(cast, "van")
    assert "Đóng dấu số và phát hành" not in read(cast, "tam")


def test_many_classes_are_one_row(cards, cast: Cast, certificates) -> None:
    another_class(cast)
    sign("homeroom", cards, certificates.ngoc, certificates, by=cast.ngoc)
    [row] = card_desk(cast.hanh, None).rows
    assert row.title == "Học bạ số của 2 lớp, 2026-2027"
    assert row.missing == "4 học bạ chờ thầy/cô"
    assert row.url == f"{SIGN}?slot=leader"


def test_an_old_years_cards_still_wait_when_the_next_has_begun(cards, cast: Cast) -> None:
    factories.make_school_year(cast.school, 2027)
    with time_machine.travel("2027-10-01T01:00:00+00:00", tick=False):
        assert "Học bạ số lớp 4A, 2026-2027" in read(cast, "ngoc")


def test_whoever_signs_in_two_slots_has_two_rows(cards, cast: Cast) -> None:
    another_class(cast)
    StaffRole.objects.create(
        staff_member=cast.ngoc, role=Role.CLERK, started_on=cast.school_year.starts_on
    )
    ReportCard.objects.filter(pk=cards[0].pk).update(state="homeroom_signed")
    ReportCard.objects.filter(pk=cards[0].pk).update(state="leader_signed")
    ngoc = StaffMember.objects.select_related("school", "user").get(pk=cast.ngoc.pk)
    assert [row.url_label for row in card_desk(ngoc, None).rows] == [
        "Ký ở ô chủ nhiệm",
        "Đóng dấu số và phát hành",
    ]


def test_nobody_else_has_the_section(cards, cast: Cast) -> None:
    for role in ("binh", "suong", "kien", "tam"):
        assert "Học bạ số chờ thầy/cô ký" not in read(cast, role)
    assert "Học bạ số" not in Client().get(reverse("login")).content.decode()


def test_before_the_first_window_there_is_still_a_desk(cast: Cast) -> None:
    assert not card_desk(cast.suong, None)
    assert not card_desk(cast.van, None)
