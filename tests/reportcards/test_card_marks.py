"""What every page says of a card that is not simply in force."""

import pytest

from reportcards import actions
from reportcards.card_marks import latest_request, marks_of, successor_of
from reportcards.models import ReportCard
from tests.reportcards.withdrawing import (
    REFUSED,
    answered,
    issued_anew,
    made_anew,
    refused_by_department,
    requested,
    withdrawn,
)

pytestmark = pytest.mark.any_database


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


def titles(card):
    return [mark.title for mark in marks_of(ReportCard.objects.get(pk=card.pk))]


TRIAL = "CHỨNG THƯ THỬ NGHIỆM"


def test_signed_by_way_of_trial_says_so(card):
    assert titles(card) == [TRIAL]


def test_in_the_making_there_is_nothing_to_say(cards):
    assert titles(cards[0]) == []


def test_asked_back(card, cast):
    requested(cast, card)
    assert titles(card) == [TRIAL, "Nhà trường đã đề nghị thu hồi học bạ này"]


def test_not_allowed_to_go(card, cast):
    answered(cast, requested(cast, card), REFUSED)
    assert titles(card) == [TRIAL]


def test_refused_by_the_department(card, cast):
    refused_by_department(cast, card)
    assert titles(card) == [TRIAL, "Sở từ chối học bạ này"]


def test_withdrawn_with_the_day_and_the_document(card, cast):
    [_trial, mark] = marks_of(withdrawn(cast, card))
    assert mark.title == "Học bạ đã thu hồi"
    assert mark.text == (
        "Thu hồi ngày 07/06/2027 theo văn bản 45/SGDĐT-GDTH của Sở. Học bạ này không còn hiệu lực."
    )
    assert mark.successor is None


def test_taken_back_there_is_no_document(card, cast):
    refused = refused_by_department(cast, card)
    actions.take_back_report_card(report_card=refused, reason="Sửa", by=cast.hanh)
    [_trial, mark] = marks_of(ReportCard.objects.get(pk=card.pk))
    assert mark.text == "Thu hồi ngày 07/06/2027. Học bạ này không còn hiệu lực."


def test_superseded_it_leads_to_the_card_in_its_place(card, cast, certificates):
    withdrawn(cast, card)
    new = issued_anew(cast, cast.anh, certificates)
    [_trial, mark] = marks_of(ReportCard.objects.get(pk=card.pk))
    assert mark.title == "Học bạ đã thu hồi và được thay thế"
    assert mark.successor == new
    assert str(new.uuid) in mark.text


def test_the_card_in_its_place_may_have_been_replaced_too(card, cast, certificates):
    withdrawn(cast, card)
    second = issued_anew(cast, cast.anh, certificates)
    withdrawn(cast, second)
    third = issued_anew(cast, cast.anh, certificates)
    assert successor_of(card) == third


def test_a_new_card_in_the_making_stands_in_nobodys_place(card, cast):
    withdrawn(cast, card)
    made_anew(cast, cast.anh)
    assert successor_of(card) is None


def test_discarded_it_was_never_in_force(cards, cast):
    actions.discard_report_card(report_card=cards[0], reason="Sai ngày", by=cast.van)
    assert titles(cards[0]) == ["Bản này đã bỏ"]


def test_the_latest_request_is_the_one_that_counts(card, cast):
    answered(cast, requested(cast, card), REFUSED)
    second = requested(cast, card)
    assert latest_request(card) == second
