"""Which steps a card's page offers, to whom and when; each of them opens."""

import datetime

import pytest

from reportcards.actions import close_card_year, record_delivery, request_withdrawal
from reportcards.models import WithdrawalCause
from reportcards.workflow import CardStep
from tests.cast import Cast
from tests.pages import client_of
from tests.reportcards.card_reading import card_of, read, words
from tests.reportcards.digital_cards import sign
from tests.reportcards.test_digital_card_page import labels, page_of, shown
from tests.reportcards.withdrawing import refused_by_department, requested, withdrawn

pytestmark = pytest.mark.any_database


class TestNextSteps:
    def test_while_it_is_made(self, cards, cast: Cast) -> None:
        assert labels(cast, cards[0], "ngoc") == ["Ký ở ô chủ nhiệm"]
        assert labels(cast, cards[0], "van") == ["Khởi tạo lại", "Bỏ bản này"]
        assert labels(cast, cards[0], "tam") == ["Khởi tạo lại", "Bỏ bản này"]
        assert labels(cast, cards[0], "hanh") == []

    def test_the_leader_and_then_the_clerk(self, cards, cast: Cast, certificates) -> None:
        sign("homeroom", cards, certificates.ngoc, certificates, by=cast.ngoc)
        assert labels(cast, cards[0], "hanh") == ["Ký ở ô lãnh đạo"]
        assert labels(cast, cards[0], "phuc") == []
        sign("leader", cards, certificates.hanh, certificates, by=cast.hanh)
        assert labels(cast, cards[0], "van")[0] == "Đóng dấu số và phát hành"
        assert "Đóng dấu số và phát hành" not in labels(cast, cards[0], "tam")

    def test_when_it_is_issued(self, issued_cards, cast: Cast) -> None:
        card = issued_cards[0]
        assert labels(cast, card, "van") == ["Ghi đã gửi Sở", "Cấp bản sao"]
        assert labels(cast, card, "hanh") == ["Đề nghị thu hồi", "Cấp bản sao"]
        assert labels(cast, card, "ngoc") == []

    def test_after_the_closing_nothing_is_withdrawn(self, issued_cards, cast: Cast) -> None:
        close_card_year(
            school_year=cast.school_year,
            closed_on=datetime.date(2027, 6, 7),
            reference="1234/SGDĐT",
            by=cast.hanh,
        )
        [step, *_others] = page_of(cast, issued_cards[0], "hanh").steps
        assert step.label == "Năm đã chốt: học bạ sai thì làm gì"
        assert "yêu cầu chỉnh lý" in words(read(cast, "hanh", step.url))

    def test_until_the_day_of_the_closing_it_may_be(self, issued_cards, cast: Cast) -> None:
        close_card_year(
            school_year=cast.school_year,
            closed_on=datetime.date(2027, 8, 15),
            reference="1234/SGDĐT",
            by=cast.hanh,
        )
        assert "Đề nghị thu hồi" in labels(cast, issued_cards[0], "hanh")

    def test_while_it_is_with_the_department(self, issued_cards, cast: Cast) -> None:
        card = issued_cards[0]
        record_delivery(report_card=card, step=CardStep.SEND, by=cast.van)
        assert labels(cast, card, "tam")[:2] == ["Ghi Sở đã tiếp nhận", "Ghi Sở từ chối"]
        record_delivery(report_card=card, step=CardStep.ACCEPT, by=cast.van)
        assert labels(cast, card, "tam")[:2] == ["Ghi đang lưu hành", "Ghi Sở từ chối"]

    def test_when_it_was_refused(self, issued_cards, cast: Cast) -> None:
        card = refused_by_department(cast, issued_cards[0])
        assert labels(cast, card, "hanh")[0] == "Rút học bạ về"
        assert "Rút học bạ về" not in labels(cast, card, "van")

    def test_while_a_withdrawal_is_asked_for(self, issued_cards, cast: Cast) -> None:
        card = issued_cards[0]
        requested(cast, card)
        assert labels(cast, card, "van")[0] == "Ghi trả lời của Sở"
        assert labels(cast, card, "hanh")[0] == "Xem đề nghị thu hồi"
        assert "Chờ Sở cho thu hồi" in shown(cast, card)

    def test_when_it_was_withdrawn(self, issued_cards, cast: Cast) -> None:
        card = withdrawn(cast, issued_cards[0])
        assert labels(cast, card, "van") == ["Lập học bạ thay thế"]

    @pytest.mark.parametrize("role", ["hanh", "ngoc", "tam", "van"])
    def test_every_step_that_is_offered_opens(self, issued_cards, cast: Cast, role: str) -> None:
        anh, hhen, duc = (card_of(issued_cards, row) for row in (cast.anh, cast.hhen, cast.duc))
        withdrawn(cast, anh)
        refused_by_department(cast, hhen)
        for card in (anh, hhen, duc):
            for step in page_of(cast, card, role).steps:
                assert client_of(cast, role).get(step.url).status_code == 200, step


def test_a_withdrawal_of_another_pupil_changes_nothing_here(issued_cards, cast: Cast) -> None:
    request_withdrawal(
        report_card=card_of(issued_cards, cast.anh),
        cause=WithdrawalCause.MISTAKE,
        reason="Sai",
        by=cast.hanh,
    )
    assert labels(cast, card_of(issued_cards, cast.duc), "van") == [
        "Ghi đã gửi Sở",
        "Cấp bản sao",
    ]
