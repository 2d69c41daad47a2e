import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments import actions
from audit.models import AuditEvent
from reportcards.models import PrintedDocument
from reportcards.prints.addresses import print_url
from rulesets import Period
from students.models import Enrollment
from tests import factories
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import Cast
from tests.reportcards.prints.arrange import content_of, finished, start
from tests.reportcards.reading import MARK, REVIEW_MARK, has_mark, pages_of, text_of
from tests.reportcards.year_ends import enter_year, reopen, signed_year

pytestmark = pytest.mark.any_database

STAFF = ["hanh", "phuc", "ngoc", "binh", "suong", "tam", "van", "kien"]
MAY_PRINT = {"hanh", "phuc", "ngoc", "tam", "van"}


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def card_url(enrollment: Enrollment) -> str:
    return reverse("report_card_pdf", args=[enrollment.student_id])


def child_url(enrollment: Enrollment) -> str:
    return reverse("child_report_card_pdf", args=[enrollment.student_id])


def class_url(cast: Cast) -> str:
    return print_url(cast.school_class)


@pytest.fixture
def principal(cast: Cast) -> Client:
    return as_user(cast.hanh.acting_user)


@pytest.fixture
def mother(cast: Cast) -> Client:
    return as_user(cast.hoa)


@pytest.mark.parametrize("name", STAFF)
def test_who_prints_a_pupils_card(cast: Cast, name: str) -> None:
    client = as_user(getattr(cast, name).acting_user)
    assert client.get(card_url(cast.anh)).status_code == (200 if name in MAY_PRINT else 403)


@pytest.mark.parametrize("name", STAFF)
def test_who_prints_a_classs_cards(cast: Cast, name: str) -> None:
    client = as_user(getattr(cast, name).acting_user)
    assert client.get(class_url(cast)).status_code == (200 if name in MAY_PRINT else 403)


def test_a_refusal_says_who_prints(cast: Cast) -> None:
    response = as_user(cast.binh.acting_user).get(card_url(cast.anh))
    assert "giáo viên chủ nhiệm, lãnh đạo trường, học vụ hoặc văn thư" in response.content.decode()
    assert not AuditEvent.objects.filter(event="report_card.printed").exists()


def test_another_school_has_no_such_pages(cast: Cast) -> None:
    stranger = as_user(cast.quang.acting_user)
    assert stranger.get(card_url(cast.anh)).status_code == 404
    assert stranger.get(class_url(cast)).status_code == 404


def test_staff_alone_have_the_pages_of_staff(cast: Cast, mother: Client) -> None:
    assert mother.get(card_url(cast.anh)).status_code == 404
    assert mother.get(class_url(cast)).status_code == 404


@pytest.mark.parametrize("name", ["report_card_pdf", "child_report_card_pdf"])
def test_who_has_not_logged_in_is_asked_to(cast: Cast, name: str) -> None:
    response = Client().get(reverse(name, args=[1]))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("login"))


def test_a_teacher_who_gave_the_class_up_prints_no_more(cast: Cast) -> None:
    cast.school_class.homeroom_assignments.update(ended_on=datetime.date(2026, 12, 31))
    assert as_user(cast.ngoc.acting_user).get(card_url(cast.anh)).status_code == 403


def test_the_card_is_a_pdf_in_the_browser_and_in_no_cache(cast: Cast, principal: Client) -> None:
    response = principal.get(card_url(cast.hhen))
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == (
        'inline; filename="hoc-ba-hhen-nie.pdf"; '
        "filename*=UTF-8''H%E1%BB%8Dc%20b%E1%BA%A1%20H%27Hen%20Ni%C3%AA.pdf"
    )
    assert response.content.startswith(b"%PDF-")


def test_a_name_cannot_write_a_header(cast: Cast, principal: Client) -> None:
    student = factories.make_student('Lê "Anh"; filename=x.exe\\')
    enrollment = factories.enroll(student, cast.school_class)
    disposition = principal.get(card_url(enrollment))["Content-Disposition"]
    assert disposition.startswith('inline; filename="hoc-ba-le-anh-filenamexexe.pdf"; filename*=')
    assert disposition.count('"') == 2


def test_the_whole_book_has_cover_and_years(cast: Cast, principal: Client) -> None:
    signed_year(cast.anh, signer=cast.hanh)
    pages = pages_of(principal.get(card_url(cast.anh)).content)
    assert len(pages) == 5
    assert "HỌC BẠ TIỂU HỌC" in pages[0]
    assert "Họ và tên học sinh: Lê Minh Anh Lớp: 4A" in pages[3]
    assert not any(has_mark(page, MARK) for page in pages)


def test_one_year_is_its_two_pages(cast: Cast, principal: Client) -> None:
    response = principal.get(card_url(cast.anh), {"year": "2026"})
    pages = pages_of(response.content)
    assert len(pages) == 2
    assert "Năm học: 2026 – 2027" in pages[0]
    assert 'filename="hoc-ba-le-minh-anh-2026-2027.pdf"' in response["Content-Disposition"]


@pytest.mark.parametrize("year", ["2024", "0", "-1", "abc", "2026.5", "99999999999"])
def test_a_year_that_the_book_lacks_is_not_found(
    cast: Cast, principal: Client, mother: Client, year: str
) -> None:
    signed_year(cast.anh, signer=cast.hanh)
    assert principal.get(card_url(cast.anh), {"year": year}).status_code == 404
    assert mother.get(child_url(cast.anh), {"year": year}).status_code == 404


def test_printing_is_recorded(cast: Cast, principal: Client) -> None:
    principal.get(card_url(cast.anh), {"year": "2026"})
    event = AuditEvent.objects.get(event="report_card.printed")
    assert event.actor == cast.hanh.user
    assert (event.target_type, event.target_id) == ("students.student", cast.anh.student_id)
    assert (event.school_id, event.school_class_id, event.student_id) == (
        cast.school.pk,
        cast.school_class.pk,
        cast.anh.student_id,
    )
    assert event.changes == {"first_year": [None, 2026]}


def test_a_guardian_prints_what_is_signed(cast: Cast, mother: Client) -> None:
    signed_year(cast.anh, signer=cast.hanh)
    response = mother.get(child_url(cast.anh))
    assert response["Content-Type"] == "application/pdf"
    text = text_of(response.content)
    assert "Lê Minh Anh" in text
    assert not has_mark(text, MARK)
    event = AuditEvent.objects.get(event="report_card.printed")
    assert (event.actor, event.student_id) == (cast.hoa, cast.anh.student_id)
    assert event.school_class_id == cast.school_class.pk


def test_a_guardian_gets_a_sentence_instead_of_a_draft(cast: Cast, mother: Client) -> None:
    enter_year(cast.anh, by=cast.ngoc.acting_user)
    response = mother.get(child_url(cast.anh))
    assert response["Content-Type"].startswith("text/html")
    assert "Chưa có năm học nào được hiệu trưởng ký duyệt" in response.content.decode()
    assert not AuditEvent.objects.filter(event="report_card.printed").exists()


def test_a_guardian_sees_that_a_year_is_under_review(cast: Cast, mother: Client) -> None:
    reopen(signed_year(cast.anh, signer=cast.hanh))
    _cover, _guidance, _information, *year = pages_of(mother.get(child_url(cast.anh)).content)
    assert [has_mark(page, REVIEW_MARK) for page in year] == [True, True]


def test_another_child_does_not_exist_for_a_guardian(cast: Cast, mother: Client) -> None:
    assert mother.get(child_url(cast.duc)).status_code == 404


def test_an_unconfirmed_guardian_has_no_child_yet(cast: Cast, mother: Client) -> None:
    signed_year(cast.duc, signer=cast.hanh)
    factories.make_guardian(cast.hoa, cast.duc.student, confirmed_by=None)
    assert mother.get(child_url(cast.duc)).status_code == 404


def test_staff_have_no_children_by_their_post(cast: Cast, principal: Client) -> None:
    assert principal.get(child_url(cast.anh)).status_code == 404


def test_the_pages_are_only_read(cast: Cast, principal: Client) -> None:
    assert principal.post(card_url(cast.anh)).status_code == 405


def test_a_class_that_went_through_sign_off_prints_without_a_mark(cast: Cast) -> None:
    with time_machine.travel(datetime.datetime(2027, 5, 20, 9, 0), tick=False):
        assign_every_subject(cast.school_class, cast.ngoc)
        teachers = {"ngoai_ngu_1": cast.binh}
        fill_class(cast.school_class, Period.END_YEAR, homeroom=cast.ngoc, teachers=teachers)
        class_period = actions.submit_class_period(
            school_class=cast.school_class, period=Period.END_YEAR, by=cast.ngoc
        )
        actions.sign_off_class_period(class_period=class_period, by=cast.hanh)
        run = finished(start(cast, document=PrintedDocument.YEAR))
        pages = pages_of(content_of(run, "merged"))
    assert len(pages) == 6
    assert not any(has_mark(page, MARK) for page in pages)
    assert "Được lên lớp 5." in pages[1]
    assert "ngày 20 tháng 05 năm 2027" in pages[1]
