"""What a guardian's pages load: whose cards, in which order, in which words."""

import copy
import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import actions
from assessments.children import (
    Child,
    ChildCard,
    card_name,
    card_of,
    children_of,
    children_with_cards,
    first_card_expected,
    has_signed_year,
    signed_cards,
)
from assessments.models import SignOff
from rulesets import Period
from students.models import Guardian
from tests import factories
from tests.assessments import states
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1
YEAR_END = datetime.datetime(2027, 5, 20, 20, tzinfo=datetime.UTC)


def cards(cast: Cast) -> list[SignOff]:
    return signed_cards([cast.anh.student])


def card_with(cast: Cast, **parts: Any) -> ChildCard:
    """Anh's signed card with some parts of its payload replaced; nothing is stored."""
    states.signed_off(cast)
    (sign_off,) = cards(cast)
    sign_off.payload = copy.deepcopy(sign_off.payload) | parts
    return ChildCard(sign_off)


# Whose children


def test_a_mother_has_her_confirmed_child(cast: Cast) -> None:
    assert children_of(cast.hoa) == [cast.anh.student]


def test_a_child_that_the_school_has_not_confirmed_is_not_hers_yet(cast: Cast) -> None:
    factories.make_guardian(cast.hoa, cast.duc.student, confirmed_by=None)
    assert children_of(cast.hoa) == [cast.anh.student]


def test_a_guardianship_that_has_ended_leaves_nobody(cast: Cast) -> None:
    Guardian.objects.update(ended_on=datetime.date(2027, 1, 4))
    assert children_of(cast.hoa) == []


def test_children_stand_by_given_name(cast: Cast) -> None:
    for pupil in (cast.hhen, cast.duc):
        factories.make_guardian(cast.hoa, pupil.student, confirmed_by=cast.tam.user)
    names = [student.full_name for student in children_of(cast.hoa)]
    assert names == ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]


def test_staff_have_no_children_by_being_staff(cast: Cast) -> None:
    assert children_of(cast.ngoc.user) == []


def test_a_child_without_a_card_has_its_class(cast: Cast) -> None:
    (child,) = children_with_cards(cast.hoa)
    assert (child.enrollment, child.newest, child.newest_period) == (cast.anh, None, "")


def test_a_child_who_left_school_has_no_class_and_keeps_its_card(cast: Cast) -> None:
    states.signed_off(cast)
    cast.anh.ended_on, cast.anh.exit_reason = datetime.date(2027, 1, 4), "transferred_out"
    cast.anh.save()
    (child,) = children_with_cards(cast.hoa)
    assert child.enrollment is None
    assert child.newest_period == "Cuối học kỳ I, năm học 2026-2027"


def test_the_children_take_as_many_queries_as_one_child(cast: Cast) -> None:
    states.signed_off(cast)
    with CaptureQueriesContext(connection) as one:
        [child.newest_period for child in children_with_cards(cast.hoa)]
    for pupil in (cast.hhen, cast.duc):
        factories.make_guardian(cast.hoa, pupil.student, confirmed_by=cast.tam.user)
    with CaptureQueriesContext(connection) as three:
        [child.newest_period for child in children_with_cards(cast.hoa)]
    assert len(three) == len(one)


# Which cards


@pytest.mark.parametrize("bring", [states.filled, states.submitted, states.returned])
def test_nothing_is_a_card_before_it_is_signed(bring, cast: Cast) -> None:
    bring(cast)
    assert cards(cast) == []


def test_each_child_has_its_own_cards(cast: Cast) -> None:
    states.signed_off(cast)
    assert {card.record.enrollment for card in cards(cast)} == {cast.anh}


def test_nobodys_cards_are_none(cast: Cast) -> None:
    states.signed_off(cast)
    assert signed_cards([]) == []


def test_a_reopened_card_stands_until_the_next_one(cast: Cast) -> None:
    states.reopened(cast)
    (card,) = cards(cast)
    assert ChildCard(card).is_under_review


def test_only_the_newest_version_of_a_card_stands(cast: Cast) -> None:
    states.with_anh_reopened(cast)
    states.correct(cast, "toan", score=(9, 10))
    record = actions.submit_record(record=cards(cast)[0].record, by=cast.ngoc)
    actions.sign_off_record(record=record, by=cast.hanh)
    (card,) = cards(cast)
    scores = {row["name"]: row["score"] for row in ChildCard(card).subjects}
    assert scores["Toán"] == 10


@pytest.fixture
def two_cards(cast: Cast) -> list[SignOff]:
    """The end of the year is signed first, so that nothing but time can order them."""
    with time_machine.travel(YEAR_END, tick=False):
        states.signed_off(cast, Period.END_YEAR)
    states.signed_off(cast)
    return cards(cast)


def test_cards_stand_in_the_order_of_the_year(two_cards: list[SignOff]) -> None:
    periods = [card.record.class_period.period for card in two_cards]
    assert periods == [END_TERM_1, Period.END_YEAR]


def test_a_card_is_found_by_year_and_period(two_cards: list[SignOff]) -> None:
    assert card_of(two_cards, first_year=2026, period=END_TERM_1) == two_cards[0]


@pytest.mark.parametrize(("first_year", "period"), [(2025, END_TERM_1), (2026, Period.MID_TERM_2)])
def test_a_card_of_another_time_is_not_found(
    first_year: int, period: str, two_cards: list[SignOff]
) -> None:
    assert card_of(two_cards, first_year=first_year, period=period) is None


def test_there_is_something_to_print_once_a_year_is_signed(two_cards: list[SignOff]) -> None:
    assert has_signed_year(two_cards)
    assert not has_signed_year(two_cards[:1])


def test_a_card_is_named_by_period_and_year(two_cards: list[SignOff]) -> None:
    assert card_name(two_cards[0]) == "Cuối học kỳ I, năm học 2026-2027"


# What a card says


def test_what_was_not_assessed_is_left_out(cast: Cast) -> None:
    row = {"code": "toan", "name": "Toán", "language_name": "", "level_name": None}
    empty = row | {"level": "", "score": None, "comment": ""}
    assert card_with(cast, subjects=[empty]).subjects == []


@pytest.mark.parametrize(
    "entered", [{"level": "T"}, {"score": 9}, {"comment": "Em chăm."}], ids=str
)
def test_whatever_was_entered_of_a_subject_is_told(entered: dict[str, Any], cast: Cast) -> None:
    row = {"code": "toan", "name": "Toán", "language_name": "", "level_name": None}
    subject = row | {"level": "", "score": None, "comment": ""} | entered
    (told,) = card_with(cast, subjects=[subject]).subjects
    assert told["name"] == "Toán"


def test_a_foreign_language_is_named(cast: Cast) -> None:
    subject = {"code": "ngoai_ngu_1", "name": "Ngoại ngữ 1", "language_name": "Tiếng Anh"}
    result = {"level": "T", "level_name": "Hoàn thành tốt", "score": 9, "comment": ""}
    (told,) = card_with(cast, subjects=[subject | result]).subjects
    assert told["name"] == "Ngoại ngữ 1 (Tiếng Anh)"


def test_traits_stand_under_their_groups_with_the_teachers_words(cast: Cast) -> None:
    states.signed_off(cast)
    first, second, third = ChildCard(cards(cast)[0]).trait_groups
    assert (first["name"], first["comment"]) == (
        "Những phẩm chất chủ yếu",
        "Biết giúp đỡ bạn.",
    )
    assert first["traits"][0] == {"name": "Yêu nước", "level": "Tốt"}
    assert second["comment"] == "Tự học tốt."
    assert third["comment"] == "Đọc to, rõ ràng."


def test_a_group_with_neither_level_nor_word_is_left_out(cast: Cast) -> None:
    silent = dict.fromkeys(("quality", "general_competence", "specific_competence"), "")
    assert card_with(cast, traits=[], comments=silent).trait_groups == []


def test_a_group_without_levels_keeps_the_teachers_words(cast: Cast) -> None:
    words = {"quality": "Ngoan.", "general_competence": "", "specific_competence": ""}
    (group,) = card_with(cast, traits=[], comments=words).trait_groups
    assert (group["comment"], group["traits"]) == ("Ngoan.", [])


def test_a_card_knows_what_comes_after_it(two_cards: list[SignOff]) -> None:
    window = ChildCard(two_cards[0]).next_window
    assert window is not None
    assert window.period == Period.MID_TERM_2


def test_nothing_comes_after_the_last_card_of_a_year(two_cards: list[SignOff]) -> None:
    assert ChildCard(two_cards[1]).next_window is None


# Before the first card


def test_the_first_card_is_expected_with_the_period_of_today(cast: Cast) -> None:
    (child,) = children_with_cards(cast.hoa)
    window = first_card_expected(child, datetime.date(2027, 1, 5))
    assert window is not None
    assert window.period == END_TERM_1


def test_no_card_is_expected_for_a_child_without_a_class(cast: Cast) -> None:
    child = Child(cast.anh.student, None, None)
    assert first_card_expected(child, datetime.date(2027, 1, 5)) is None
