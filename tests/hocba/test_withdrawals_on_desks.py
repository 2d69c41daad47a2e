"""Whoever has to do with a withdrawal finds it on her desk until the department has answered."""

import pytest

from tests.reportcards.card_pages import page, url_of
from tests.reportcards.withdrawing import REFUSED, answered, requested

DESK = "/"
HEADING = "Đề nghị thu hồi học bạ, chờ Sở trả lời"


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


@pytest.mark.parametrize("role", ["hanh", "phuc", "tam", "van"])
def test_a_pending_request_is_on_the_offices_desks(card, cast, role):
    requested(cast, card)
    shown = page(cast, role, DESK)
    assert HEADING in shown
    assert url_of("decide_withdrawal", card) in shown
    assert "Em Lê Minh Anh, lớp 4A" in shown


@pytest.mark.parametrize("role", ["ngoc", "binh", "kien", "quang"])
def test_on_no_other_desk(card, cast, role):
    requested(cast, card)
    assert HEADING not in page(cast, role, DESK)


def test_an_answered_request_is_on_no_desk(card, cast):
    answered(cast, requested(cast, card), REFUSED)
    assert HEADING not in page(cast, "van", DESK)


def test_without_a_request_there_is_no_heading(card, cast):
    assert HEADING not in page(cast, "hanh", DESK)


def test_whoever_has_waited_longest_stands_first(issued_cards, cast):
    for card in reversed(issued_cards):
        requested(cast, card)
    shown = page(cast, "tam", DESK)
    places = [shown.index(url_of("decide_withdrawal", card)) for card in issued_cards]
    assert places == sorted(places, reverse=True)


@pytest.mark.parametrize("role", ["hanh", "tam", "van"])
def test_the_register_of_copies_is_at_hand(cast, role):
    assert 'href="/copies/"' in page(cast, role, DESK)
