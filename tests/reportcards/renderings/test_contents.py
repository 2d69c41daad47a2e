"""What each document of a pupil is laid out from."""

import pytest

from assessments.models import PeriodRecord, SignOff
from reportcards.academic_record import book_for_school, enrollments_of, years_of_class
from reportcards.documents.paper_front import front
from reportcards.models import DocumentKind, ReportCard
from reportcards.renderings.contents import Content, card_year_content, report_content
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.cast import Cast
from tests.reportcards.withdrawing import withdrawn
from tests.reportcards.year_ends import reopen, signed_year


def sign_off_of(cast: Cast) -> SignOff:
    return SignOff.objects.in_force().get(record__enrollment=cast.anh)


def book_of(cast: Cast):
    return book_for_school(enrollments_of(cast.anh.student), cast.school)


def test_a_year_that_is_signed_off_is_kept_with_its_sign_off(cast: Cast) -> None:
    signed_year(cast.anh, signer=cast.hanh)
    [year] = book_of(cast).years
    assert (year.kind, year.sign_off, year.report_card) == (
        DocumentKind.YEAR,
        sign_off_of(cast),
        None,
    )
    assert (year.body["state"], year.body["place"]) == ("SIGNED_OFF", "Buôn Hồ")


def test_a_draft_is_kept_with_nothing(cast: Cast) -> None:
    [year] = book_of(cast).years
    assert (year.body["state"], year.sign_off, year.report_card) == ("DRAFT", None, None)


def test_two_pupils_of_one_name_have_documents_of_their_own(cast: Cast) -> None:
    namesake = factories.make_student(cast.anh.student.full_name)
    factories.enroll(namesake, cast.school_class)
    digests = {year.digest for year in years_of_class(cast.school_class)}
    assert len(digests) == 4


def test_the_first_pages_are_todays_where_there_is_no_card(cast: Cast) -> None:
    content = book_of(cast).front
    assert (content.kind, content.enrollment, content.report_card) == (
        DocumentKind.FRONT,
        cast.anh,
        None,
    )
    assert content.body["card"] is None
    assert front(content.body).information.full_name == "Lê Minh Anh"


def test_the_first_pages_hold_no_more_than_they_show(cast: Cast) -> None:
    body = book_of(cast).front.body
    assert "personal_id" not in body["student"]
    assert "ministry_code" not in body["student"]


class TestReport:
    def test_it_is_kept_with_the_sign_off(self, cast: Cast) -> None:
        signed_year(cast.anh, signer=cast.hanh)
        content = report_content(sign_off_of(cast))
        assert (content.kind, content.sign_off) == (DocumentKind.REPORT, sign_off_of(cast))
        assert content.body["payload"] == sign_off_of(cast).payload

    def test_under_review_it_says_so_and_is_kept_with_nothing(self, cast: Cast) -> None:
        reopen(signed_year(cast.anh, signer=cast.hanh))
        content = report_content(sign_off_of(cast))
        assert (content.body["state"], content.sign_off) == ("UNDER_REVIEW", None)

    def test_it_is_the_report_of_its_period(self, cast: Cast) -> None:
        states.signed_off(cast)
        content = report_content(sign_off_of(cast))
        assert content.body["payload"]["period"] == Period.END_TERM_1


class TestCard:
    @pytest.fixture
    def card(self, issued_cards: list[ReportCard], cast: Cast) -> ReportCard:
        return ReportCard.objects.with_pupil().get(student=cast.anh.student)

    @pytest.fixture
    def year(self, card: ReportCard, cast: Cast) -> Content:
        [year] = book_of(cast).years
        return year

    def test_an_issued_card_is_the_year(self, year: Content, card: ReportCard) -> None:
        assert year == card_year_content(card)
        assert (year.report_card, year.sign_off) == (card, None)
        assert year.body["payload"] == card.payload
        assert (year.body["digest"], year.body["is_demo"]) == (card.digest, True)

    def test_the_first_pages_are_the_cards(self, card: ReportCard, cast: Cast) -> None:
        cast.anh.student.mother_name = "Sửa sau khi phát hành"
        cast.anh.student.save(update_fields=["mother_name"])
        content = book_of(cast).front
        assert content.body["card"] == {"uuid": str(card.uuid), "digest": card.digest}
        assert content.report_card == card
        mother = front(content.body).information.mother_name
        assert mother == card.payload["student"]["mother_name"]

    def test_what_is_withdrawn_is_printed_no_more(self, card: ReportCard, cast: Cast) -> None:
        withdrawn(cast, card)
        book = book_of(cast)
        assert book.years[0].report_card is None
        assert book.front.body["card"] is None


def test_a_card_that_is_not_issued_is_not_the_year(cards: list[ReportCard], cast: Cast) -> None:
    [year] = book_of(cast).years
    assert year.report_card is None
    assert PeriodRecord.objects.get(enrollment=cast.anh) == year.sign_off.record
