"""Titles of an invented regulation: which result brings one, which one people give."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulesets import RewardTitle, Ruleset, UnknownCode, YearOutcome
from tests.rulesets.invented import KITETEST
from tests.rulesets.sources import TT27

HIGH_FLYER = RewardTitle("high_flyer", "Cánh diều", "Đạt danh hiệu Cánh diều", YearOutcome.GOOD)
FRIEND = RewardTitle(
    "friend", "Bạn của gió", "Được tặng Bạn của gió", YearOutcome.GOOD, needs_recognition=True
)
STARTER = RewardTitle(
    "starter", "Cất cánh", "Được tặng Cất cánh", YearOutcome.COMPLETED, needs_recognition=True
)
TITLES = (FRIEND, HIGH_FLYER, STARTER)
WITH_TITLES = replace(KITETEST, reward_titles=TITLES)

every_outcome = pytest.mark.parametrize("outcome", list(YearOutcome))


@st.composite
def rulesets_with_titles(draw) -> Ruleset:
    titles = draw(
        st.lists(
            st.builds(
                RewardTitle,
                code=st.text("abc", min_size=1, max_size=3),
                name=st.just("Danh hiệu"),
                wording=st.just("Đạt danh hiệu"),
                outcome=st.sampled_from(YearOutcome),
                needs_recognition=st.booleans(),
            ),
            unique_by=lambda title: title.code,
            max_size=6,
        )
    )
    return replace(KITETEST, reward_titles=tuple(titles))


@every_outcome
def test_a_regulation_without_titles_gives_none(outcome: YearOutcome) -> None:
    assert KITETEST.title_by_result(outcome) is None
    assert KITETEST.title_by_recognition(outcome) is None


def test_a_title_of_nowhere_is_unknown() -> None:
    with pytest.raises(UnknownCode):
        KITETEST.reward_title("excellent_pupil")


@pytest.mark.parametrize("title", TITLES, ids=lambda title: title.code)
def test_each_title_is_found_by_its_code(title: RewardTitle) -> None:
    assert WITH_TITLES.reward_title(title.code) is title


def test_one_result_may_bring_a_title_and_be_open_to_another() -> None:
    assert WITH_TITLES.title_by_result(YearOutcome.GOOD) is HIGH_FLYER
    assert WITH_TITLES.title_by_recognition(YearOutcome.GOOD) is FRIEND


def test_a_result_may_bring_nothing_and_still_be_open_to_recognition() -> None:
    assert WITH_TITLES.title_by_result(YearOutcome.COMPLETED) is None
    assert WITH_TITLES.title_by_recognition(YearOutcome.COMPLETED) is STARTER


def test_of_two_titles_for_one_result_the_first_stands() -> None:
    second = replace(HIGH_FLYER, code="second")
    ruleset = replace(KITETEST, reward_titles=(HIGH_FLYER, second))
    assert ruleset.title_by_result(YearOutcome.GOOD) is HIGH_FLYER


def test_what_takes_recognition_is_the_exception() -> None:
    assert not RewardTitle("t", "T", "T", YearOutcome.GOOD).needs_recognition


@given(ruleset=rulesets_with_titles(), outcome=st.sampled_from(YearOutcome))
def test_what_the_rule_gives_and_what_people_give_never_mix(
    ruleset: Ruleset, outcome: YearOutcome
) -> None:
    by_result = ruleset.title_by_result(outcome)
    by_people = ruleset.title_by_recognition(outcome)
    assert by_result is None or (by_result.outcome, by_result.needs_recognition) == (outcome, False)
    assert by_people is None or (by_people.outcome, by_people.needs_recognition) == (outcome, True)


@given(ruleset=rulesets_with_titles(), outcome=st.sampled_from(YearOutcome))
def test_a_title_that_exists_is_found_in_one_of_the_two_ways(
    ruleset: Ruleset, outcome: YearOutcome
) -> None:
    ways = {title.needs_recognition for title in ruleset.reward_titles if title.outcome == outcome}
    assert (False in ways) == (ruleset.title_by_result(outcome) is not None)
    assert (True in ways) == (ruleset.title_by_recognition(outcome) is not None)


@pytest.mark.parametrize("ruleset", [TT27, WITH_TITLES], ids=["tt27", "kitetest"])
def test_no_title_is_for_who_has_not_completed(ruleset: Ruleset) -> None:
    assert all(ruleset.is_completed(title.outcome) for title in ruleset.reward_titles)


@pytest.mark.parametrize("ruleset", [TT27, WITH_TITLES], ids=["tt27", "kitetest"])
def test_codes_of_titles_are_distinct(ruleset: Ruleset) -> None:
    codes = [title.code for title in ruleset.reward_titles]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("outcome", "completed"),
    [
        (YearOutcome.GOOD, True),
        (YearOutcome.COMPLETED, True),
        (YearOutcome.NOT_COMPLETED, False),
        (YearOutcome.EXCELLENT, False),
        (YearOutcome.INCOMPLETE, False),
        (YearOutcome.NOT_ASSESSED, False),
    ],
)
def test_completed_are_the_rows_above_the_last_and_nothing_else(
    outcome: YearOutcome, completed: bool
) -> None:
    """The invented regulation has no outstanding result: nobody completes by it."""
    assert KITETEST.is_completed(outcome) is completed


def test_an_outcome_that_the_regulation_does_not_have_is_named_by_no_form() -> None:
    with pytest.raises(UnknownCode):
        KITETEST.outcome_name(YearOutcome.EXCELLENT)
    with pytest.raises(UnknownCode):
        KITETEST.outcome_short_name(YearOutcome.EXCELLENT)
