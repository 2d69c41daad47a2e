"""Which rewards of a school year stand in the list, and in what order."""

import datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from assessments import actions
from assessments.rewards import (
    Reward,
    RewardChoice,
    RewardPart,
    rewards_in,
    titles_awaiting_signature,
)
from rulesets import Period
from students.models import Enrollment
from tests import factories
from tests.assessments import commendations as made
from tests.assessments import states
from tests.assessments.commendations import JAN_4, PRIZE, WORDING
from tests.cast import Cast

IN_MAY = datetime.datetime(2027, 5, 20, 13, tzinfo=datetime.UTC)
TITLE = "Đạt danh hiệu Học sinh Xuất sắc"


def listed(cast: Cast, **choice: object) -> list[tuple[str, str]]:
    rewards = rewards_in(RewardChoice(cast.school_year, **choice))
    return [(row.enrollment.student.full_name, row.wording) for row in rewards]


def signed_year(cast: Cast) -> None:
    with time_machine.travel(IN_MAY, tick=False):
        states.signed_off(cast, Period.END_YEAR)


def test_titles_and_commendations_stand_in_one_list_in_roll_order(cast: Cast) -> None:
    made.awarded(cast, enrollment=cast.duc)
    signed_year(cast)
    assert listed(cast) == [
        ("Lê Minh Anh", TITLE),
        ("Võ Trí Đức", WORDING),
        ("Võ Trí Đức", TITLE),
        ("H'Hen Niê", TITLE),
    ]


def test_classes_stand_in_their_order(cast: Cast) -> None:
    for name, grade in [("5A", 5), ("4B", 4), ("1A", 1)]:
        school_class = factories.make_class(cast.school_year, name, (grade,))
        factories.assign_homeroom(school_class, cast.suong)
        pupil = factories.enroll(factories.make_student("An Thị Ánh"), school_class)
        made.awarded(cast, enrollment=pupil, by=cast.suong)
    made.awarded(cast)
    rewards = rewards_in(RewardChoice(cast.school_year))
    names = [row.enrollment.school_class.name for row in rewards]
    assert names == ["1A", "4A", "4B", "5A"]


@pytest.mark.parametrize(
    ("part", "wordings"),
    [
        (RewardPart.YEAR_END, {TITLE}),
        (RewardPart.EXTRAORDINARY, {WORDING}),
        (RewardPart.HIGHER_LEVEL, {PRIZE}),
        ("", {TITLE, WORDING, PRIZE}),
    ],
)
def test_a_part_is_listed_alone(cast: Cast, part: str, wordings: set[str]) -> None:
    made.awarded(cast)
    made.award(cast, made.proposed_to_higher_level(cast))
    signed_year(cast)
    assert {wording for _, wording in listed(cast, part=part)} == wordings


@pytest.mark.parametrize(
    "make", [made.proposed, made.forwarded, made.declined, made.letter, made.withdrawn]
)
def test_what_was_not_awarded_and_letters_are_not_listed(cast: Cast, make) -> None:
    make(cast)
    assert listed(cast) == []


@pytest.mark.parametrize(
    ("since", "until", "is_listed"),
    [
        ("2027-01-04", "2027-01-04", True),
        (None, "2027-01-03", False),
        ("2027-01-05", None, False),
        (None, None, True),
    ],
)
def test_the_days_bound_the_list_and_belong_to_it(
    cast: Cast, since: str | None, until: str | None, is_listed: bool
) -> None:
    made.awarded(cast)
    days = {
        name: datetime.date.fromisoformat(day) if day else None
        for name, day in {"since": since, "until": until}.items()
    }
    assert bool(listed(cast, **days)) is is_listed


def test_a_title_counts_from_its_signature(cast: Cast) -> None:
    with time_machine.travel(IN_MAY, tick=False):
        states.submitted(cast, Period.END_YEAR)
    assert listed(cast) == []
    assert titles_awaiting_signature(cast.school_year) == 3
    with time_machine.travel(IN_MAY, tick=False):
        actions.sign_off_class_period(
            class_period=cast.school_class.class_periods.get(), by=cast.hanh
        )
    assert len(listed(cast, since=IN_MAY.date(), until=IN_MAY.date())) == 3
    assert titles_awaiting_signature(cast.school_year) == 0


def test_another_year_and_another_school_are_not_listed(cast: Cast) -> None:
    made.awarded(cast)
    next_year = factories.make_school_year(cast.school, 2027)
    assert rewards_in(RewardChoice(next_year)) == []
    assert rewards_in(RewardChoice(cast.other_class.school_year)) == []


def test_the_list_asks_as_many_queries_for_many_as_for_one(
    cast: Cast, django_assert_num_queries
) -> None:
    made.awarded(cast)
    with django_assert_num_queries(2):
        listed(cast)
    for pupil in (cast.anh, cast.duc, cast.hhen):
        for _ in range(5):
            made.awarded(cast, enrollment=pupil)
    signed_year(cast)
    with django_assert_num_queries(2):
        assert len(listed(cast)) == 19


DAYS = st.dates(datetime.date(2026, 9, 1), datetime.date(2027, 8, 31))


@pytest.mark.any_database
@given(day=DAYS, since=st.none() | DAYS, until=st.none() | DAYS)
def test_a_day_is_included_when_neither_end_excludes_it(
    day: datetime.date, since: datetime.date | None, until: datetime.date | None
) -> None:
    choice = RewardChoice(school_year=None, since=since, until=until)
    excluded = (since is not None and day < since) or (until is not None and day > until)
    assert choice.includes(Reward(Enrollment(), "", day)) is not excluded


def test_the_day_of_an_award_is_the_one_that_it_was_given_on(cast: Cast) -> None:
    made.awarded(cast)
    assert rewards_in(RewardChoice(cast.school_year))[0].given_on == JAN_4
