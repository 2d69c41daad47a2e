"""Guessing takes long, whoever guesses, from wherever."""

import datetime
from collections.abc import Iterator
from uuid import uuid4

import pytest
import time_machine
from django.test import RequestFactory

from reportcards.models import LookUpCount
from reportcards.verification.limits import (
    FILES,
    GUESSES,
    LONGEST_WINDOW,
    LOOK_UPS,
    Limit,
    network_of,
    take,
)
from tests.cast import NOW
from tests.reportcards.verification.asking import (
    ANOTHER_DAY,
    ELSEWHERE,
    HERE,
    UNKNOWN_UUID,
    ask,
    ask_about,
    text_of,
    upload,
)
from tests.rivals import Rivals, shared_database

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
THREE = Limit("three in an hour", 3, HOUR)


@pytest.fixture
def clock(db) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


def taken(limit: Limit, times: int, subject: str = "a") -> list[bool]:
    return [take(limit, subject) is None for _ in range(times)]


def test_so_many_are_granted_and_no_more(clock):
    assert taken(THREE, 5) == [True, True, True, False, False]


def test_says_when_there_will_be_another(clock):
    taken(THREE, 3)
    clock.shift(HOUR / 4)
    assert take(THREE, "a") == NOW + HOUR


def test_the_window_begins_with_the_first(clock):
    taken(THREE, 2)
    clock.shift(HOUR)
    assert taken(THREE, 4) == [True, True, True, False]


def test_subjects_and_purposes_are_counted_apart(clock):
    taken(THREE, 3)
    assert take(THREE, "b") is None
    assert take(Limit("another purpose", 3, HOUR), "a") is None


def test_nothing_is_written_for_whoever_has_none_left(clock, django_assert_num_queries):
    """A flood of requests costs the database one look each."""
    taken(THREE, 3)
    with django_assert_num_queries(1):
        assert take(THREE, "a") is not None
    assert LookUpCount.objects.get().count == 3


def test_counts_go_when_their_windows_have_ended(clock):
    taken(THREE, 1, "a")
    clock.shift(LONGEST_WINDOW)
    taken(THREE, 1, "b")
    assert LookUpCount.objects.count() == 1


def test_a_count_names_neither_address_nor_card(clock):
    take(LOOK_UPS, HERE)
    [row] = LookUpCount.objects.all()
    assert HERE not in row.key
    assert len(row.key) == 64


def test_the_key_is_the_servers(clock, settings):
    """Whoever has the table alone cannot try all addresses."""
    take(LOOK_UPS, HERE)
    settings.SECRET_KEY = "another secret of the tests, long enough for nobody to guess it"
    take(LOOK_UPS, HERE)
    assert LookUpCount.objects.count() == 2


@shared_database
def test_workers_that_ask_at_once_get_no_more_than_the_limit(rivals: Rivals):
    outcomes = rivals.act_at_once(*[lambda: take(THREE, "a")] * 8)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert outcomes.count(None) == 3
    assert rivals.see(lambda: LookUpCount.objects.get().count) == 3


# The pages


def test_one_address_may_look_up_so_often(clock):
    for _ in range(LOOK_UPS.most):
        # each number once: what is counted here is the address
        response = ask(uuid4(), ANOTHER_DAY)
        assert response.status_code == 200
    assert ask(uuid4(), ANOTHER_DAY).status_code == 429
    assert ask(uuid4(), ANOTHER_DAY, address=ELSEWHERE).status_code == 200


def test_one_card_may_be_guessed_at_so_often_from_anywhere(clock):
    answers = [
        ask(UNKNOWN_UUID, ANOTHER_DAY, address=f"203.0.113.{place}").status_code
        for place in range(GUESSES.most + 1)
    ]
    assert answers == [200] * GUESSES.most + [429]


def test_after_too_many_guesses_the_right_day_is_refused_too(issued_cards):
    card = issued_cards[0]
    for _ in range(GUESSES.most):
        ask(card.uuid, ANOTHER_DAY)
    assert ask_about(card, address=ELSEWHERE).status_code == 429
    assert "Hợp lệ" in text_of(ask_about(issued_cards[1]))


def test_a_refusal_is_the_same_for_a_card_and_for_none(issued_cards):
    card = issued_cards[0]
    for uuid in (card.uuid, UNKNOWN_UUID):
        for _ in range(GUESSES.most):
            ask(uuid, ANOTHER_DAY)
    refusals = {text_of(ask(uuid, ANOTHER_DAY)) for uuid in (card.uuid, UNKNOWN_UUID)}
    assert len(refusals) == 1


def test_says_when_to_try_again(clock):
    for _ in range(GUESSES.most):
        ask(UNKNOWN_UUID, ANOTHER_DAY)
    clock.shift(DAY - HOUR)
    response = ask(UNKNOWN_UUID, ANOTHER_DAY)
    assert response["Retry-After"] == "3600"
    assert "Hãy thử lại sau 60 phút." in text_of(response)


def test_files_are_counted_apart_from_look_ups(clock):
    for _ in range(FILES.most):
        assert upload(b"x").status_code != 429
    assert upload(b"x").status_code == 429
    assert upload(b"x", address=ELSEWHERE).status_code != 429
    assert ask(UNKNOWN_UUID, ANOTHER_DAY).status_code == 200


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("a name", ""),
    ],
)
def test_of_an_ipv6_address_the_network_counts(address, network):
    assert network_of(RequestFactory(REMOTE_ADDR=address).get("/")) == network
