"""The page with the old card and the new one side by side."""

import pytest

from tests.reportcards.card_pages import page, url_of
from tests.reportcards.withdrawing import (
    issued_anew,
    made_anew,
    maths_corrected,
    withdrawn,
)

pytestmark = pytest.mark.any_database


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


@pytest.fixture
def replaced(card, cast, certificates):
    withdrawn(cast, card)
    maths_corrected(cast, cast.anh)
    return issued_anew(cast, cast.anh, certificates)


def test_it_shows_what_differs_and_what_it_was(card, replaced, cast):
    shown = page(cast, "hanh", url_of("card_difference", card))
    assert "Học bạ cũ và mới của em Lê Minh Anh" in shown
    assert "Mức đạt được (Toán)" in shown
    assert "Hoàn thành tốt (T)" in shown
    assert "Hoàn thành (H)" in shown
    assert str(card.uuid) in shown
    assert str(replaced.uuid) in shown


def test_it_shows_nothing_that_is_the_same(card, replaced, cast):
    shown = page(cast, "hanh", url_of("card_difference", card))
    assert "Mức đạt được (Tiếng Việt)" not in shown
    assert "Nơi sinh" not in shown


def test_from_the_new_card_it_is_the_same_page(card, replaced, cast):
    shown = page(cast, "ngoc", url_of("card_difference", replaced))
    assert "Hoàn thành tốt (T)" in shown
    assert "Xem học bạ thay thế" not in shown


def test_the_old_card_is_marked(card, replaced, cast):
    shown = page(cast, "van", url_of("card_difference", card))
    assert "Học bạ đã thu hồi và được thay thế" in shown
    assert url_of("digital_card", replaced) in shown


def test_a_new_card_in_the_making_is_compared_already(card, cast):
    withdrawn(cast, card)
    maths_corrected(cast, cast.anh)
    made_anew(cast, cast.anh)
    assert "Mức đạt được (Toán)" in page(cast, "tam", url_of("card_difference", card))


def test_a_card_that_replaces_none_has_nothing_beside_it(card, cast):
    page(cast, "hanh", url_of("card_difference", card), status=404)


def test_withdrawn_without_a_new_one_there_is_nothing_yet(card, cast):
    withdrawn(cast, card)
    page(cast, "hanh", url_of("card_difference", card), status=404)


@pytest.mark.parametrize(
    ("role", "status"), [("binh", 403), ("kien", 403), ("quang", 404), ("hoa", 404)]
)
def test_whom_it_does_not_concern(card, replaced, cast, role, status):
    page(cast, role, url_of("card_difference", card), status=status)
