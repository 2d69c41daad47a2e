"""A school's counts, against what was counted by hand.

4A of the cast: Anh, a Kinh girl; H'Hen, a girl of the Ê-đê; Đức, a Kinh boy.
"""

from collections.abc import Iterable

import pytest

from assessments.models import Commendation
from assessments.statistics.cube import Cube
from assessments.statistics.cuts import SCHOOL, Cut, Unit
from assessments.statistics.measures import Absent, Topic, YearCode, topics_at
from assessments.statistics.school import Statistics, statistics_of
from rulesets import Period, Ruleset
from tests import factories
from tests.assessments import states, year_ends
from tests.assessments.statistics.results import (
    END_TERM_1,
    END_YEAR,
    decide,
    enter,
    enter_trait,
    full_class,
    pupil,
)
from tests.assessments.test_models import AWARDED
from tests.cast import Cast
from tests.rows import saved_row
from tests.rulesets.invented import kitetest

__all__ = ["kitetest"]


def counts_of(
    cast: Cast, *topics: Topic, period: Period = END_TERM_1, shows_all: bool = True
) -> Statistics:
    wanted = topics or topics_at(cast.school_year.ruleset, period)
    return statistics_of(cast.school_year, period, wanted, shows_all=shows_all)


def cube(cast: Cast, topic: Topic, code: str, period: Period = END_TERM_1) -> Cube:
    [found] = [
        cube
        for cube in counts_of(cast, topic, period=period).cubes[topic]
        if cube.measure.code == code
    ]
    return found


def codes(cubes: Iterable[Cube]) -> list[str]:
    return [cube.measure.code for cube in cubes]


def maths(cast: Cast) -> Cube:
    return cube(cast, Topic.SUBJECTS, "toan")


def test_pupils_are_counted_by_every_cut(cast: Cast) -> None:
    pupils = counts_of(cast).pupils
    assert [pupils.total(SCHOOL, cut) for cut in Cut] == [3, 2, 1, 1, 0, 0]


def test_levels_are_counted_by_every_cut(cast: Cast) -> None:
    enter(cast, cast.anh, "T")
    enter(cast, cast.hhen, "T")
    enter(cast, cast.duc, "H")
    assert [maths(cast).count(SCHOOL, "T", cut) for cut in Cut] == [2, 2, 1, 1, 0, 0]
    assert [maths(cast).count(SCHOOL, "H", cut) for cut in Cut] == [1, 0, 0, 0, 0, 0]


def test_whoever_has_no_level_has_not_been_entered(cast: Cast) -> None:
    enter(cast, cast.anh, "T")
    enter(cast, cast.duc, "")  # a comment alone
    assert maths(cast).count(SCHOOL, Absent.NOT_ENTERED) == 2


def test_exempt_is_no_level_and_no_gap(cast: Cast) -> None:
    enter(cast, cast.duc, "M")
    assert maths(cast).count(SCHOOL, Absent.EXEMPT) == 1
    assert maths(cast).count(SCHOOL, Absent.NOT_ENTERED) == 2
    scores = cube(cast, Topic.SCORES, "toan")
    assert scores.count(SCHOOL, Absent.EXEMPT) == 1


def test_whoever_is_not_assessed_is_counted_as_that(cast: Cast) -> None:
    """Even where something was entered before the decision."""
    enter(cast, pupil(cast.school_class, is_not_assessed=True), "C")
    found = maths(cast)
    assert found.count(SCHOOL, Absent.NOT_ASSESSED) == 1
    assert found.count(SCHOOL, "C") == 0
    assert found.total(SCHOOL) == 4


def test_scores_are_counted_one_by_one(cast: Cast) -> None:
    enter(cast, cast.anh, "T", 10)
    enter(cast, cast.hhen, "T", 9)
    scores = cube(cast, Topic.SCORES, "toan")
    assert [scores.count(SCHOOL, str(score)) for score in (10, 9, 8)] == [1, 1, 0]
    assert scores.count(SCHOOL, Absent.NOT_ENTERED) == 1


def test_of_two_attempts_the_last_one_counts(cast: Cast) -> None:
    states.taken_retest(cast)  # Anh: 9, then 10
    scores = cube(cast, Topic.SCORES, "toan")
    assert (scores.count(SCHOOL, "10"), scores.count(SCHOOL, "9")) == (1, 2)


def test_only_subjects_with_a_test_have_scores(cast: Cast) -> None:
    found = codes(counts_of(cast, Topic.SCORES).cubes[Topic.SCORES])
    assert "toan" in found
    assert "dao_duc" not in found


def test_subjects_that_no_class_takes_are_left_out(cast: Cast) -> None:
    found = codes(counts_of(cast, Topic.SUBJECTS).cubes[Topic.SUBJECTS])
    assert "tieng_dan_toc" not in found
    assert "tu_nhien_va_xa_hoi" not in found  # grades 1 to 3
    assert found[:3] == ["tieng_viet", "toan", "ngoai_ngu_1"]


def test_an_optional_subject_is_owed_by_the_classes_that_take_it(cast: Cast) -> None:
    younger = factories.make_class(cast.school_year, "1A", (1,))
    pupil(younger)
    younger.subject_offerings.create(grade_level=1, subject_code="tieng_dan_toc")
    assert cube(cast, Topic.SUBJECTS, "tieng_dan_toc").total(SCHOOL) == 1


def test_traits_are_counted(cast: Cast) -> None:
    enter_trait(cast, cast.anh, "nhan_ai", "T")
    enter_trait(cast, cast.duc, "nhan_ai", "Đ")
    found = cube(cast, Topic.TRAITS, "nhan_ai")
    counts = [found.count(SCHOOL, code) for code in ("T", "Đ", "C", Absent.NOT_ENTERED)]
    assert counts == [1, 1, 0, 1]


TITLES = ("excellent_pupil", "exemplary_pupil", "none")


def awarded(cast: Cast) -> dict[str, object]:
    return {name: value(cast) if callable(value) else value for name, value in AWARDED.items()}


def test_year_results_and_rewards_are_counted(cast: Cast) -> None:
    decide(cast, cast.anh, "excellent", reward="Xuất sắc", reward_title="excellent_pupil")
    decide(cast, cast.hhen, "good", reward_title="exemplary_pupil", reward_refusal="Chưa")
    decide(cast, cast.duc, "not_completed")
    saved_row(Commendation, cast, enrollment=cast.duc, **awarded(cast))
    saved_row(Commendation, cast, enrollment=cast.duc)
    outcomes = cube(cast, Topic.YEAR, YearCode.OUTCOME, END_YEAR)
    assert [
        outcomes.count(SCHOOL, code) for code in ("excellent", "good", "completed", "not_completed")
    ] == [1, 1, 0, 1]
    rewards = cube(cast, Topic.YEAR, YearCode.REWARD, END_YEAR)
    assert [rewards.count(SCHOOL, code) for code in TITLES] == [1, 0, 2]
    commended = cube(cast, Topic.YEAR, YearCode.COMMENDATION, END_YEAR)
    assert (commended.count(SCHOOL, "yes"), commended.count(SCHOOL, "no")) == (1, 2)


@pytest.mark.parametrize(
    ("bring", "completed", "promoted"),
    [
        (year_ends.signed_off, 2, {"yes": 2, "no": 0, "waiting": 1}),
        (year_ends.put_forward, 2, {"yes": 2, "no": 0, "waiting": 1}),
        (year_ends.decided, 3, {"yes": 3, "no": 0, "waiting": 0}),
    ],
)
def test_what_was_decided_after_the_summer_counts(
    in_may: Cast, bring, completed: int, promoted: dict[str, int]
) -> None:
    bring(in_may)
    found = cube(in_may, Topic.YEAR, YearCode.COMPLETION, END_YEAR)
    assert found.count(SCHOOL, "yes") == completed
    found = cube(in_may, Topic.YEAR, YearCode.PROMOTION, END_YEAR)
    assert {code: found.count(SCHOOL, code) for code in promoted} == promoted
    outcomes = cube(in_may, Topic.YEAR, YearCode.OUTCOME, END_YEAR)
    assert outcomes.count(SCHOOL, "not_completed") == 1


def test_completion_and_promotion_are_two_facts(cast: Cast) -> None:
    decide(cast, cast.anh, "good")
    decide(cast, cast.hhen, "not_completed", is_promoted=True)
    decide(cast, cast.duc, "not_completed")
    completion = cube(cast, Topic.YEAR, YearCode.COMPLETION, END_YEAR)
    promotion = cube(cast, Topic.YEAR, YearCode.PROMOTION, END_YEAR)
    assert [completion.count(SCHOOL, code) for code in ("yes", "no")] == [1, 2]
    assert [promotion.count(SCHOOL, code) for code in ("yes", "no", "waiting")] == [2, 0, 1]


def test_the_last_grade_is_not_promoted(cast: Cast) -> None:
    decide(cast, pupil(factories.make_class(cast.school_year, "5A", (5,))), "good")
    promotion = cube(cast, Topic.YEAR, YearCode.PROMOTION, END_YEAR)
    assert not promotion.has_any(Unit(5))
    assert cube(cast, Topic.YEAR, YearCode.COMPLETION, END_YEAR).count(Unit(5), "yes") == 1


def test_whose_year_is_not_confirmed_is_counted_as_that(cast: Cast) -> None:
    decide(cast, cast.anh, "good")
    outcomes = cube(cast, Topic.YEAR, YearCode.OUTCOME, END_YEAR)
    assert outcomes.count(SCHOOL, Absent.NOT_ENTERED) == 2


def test_the_year_is_counted_at_its_end_only(cast: Cast) -> None:
    assert Topic.YEAR not in counts_of(cast).cubes
    assert Topic.YEAR in counts_of(cast, period=END_YEAR).cubes


def test_a_multigrade_class_is_counted_in_each_of_its_grades(cast: Cast) -> None:
    mixed = factories.make_class(cast.school_year, "4+5", (4, 5))
    enter(cast, pupil(mixed, grade_level=4), "T")
    enter(cast, pupil(mixed, grade_level=5), "H")
    found = maths(cast)
    assert found.count(Unit(4, mixed.pk), "T") == found.count(Unit(5, mixed.pk), "H") == 1
    assert found.total(Unit(5)) == 1
    assert [found.count(SCHOOL, code, Cut.MULTIGRADE) for code in "THC"] == [1, 1, 0]


def test_a_special_class_owes_its_two_subjects_and_has_disabilities(cast: Cast) -> None:
    special = factories.make_class(cast.school_year, "KT", (2,), kind="special")
    enter(cast, pupil(special), "H")
    assert maths(cast).count(SCHOOL, "H", Cut.DISABILITY) == 1
    assert not cube(cast, Topic.SUBJECTS, "dao_duc").has_any(Unit(2))


@pytest.mark.parametrize("facts", [{"disability": "Khiếm thị"}, {"is_not_assessed": True}])
def test_a_disability_is_written_or_follows_from_the_decision(
    cast: Cast, facts: dict[str, object]
) -> None:
    pupil(cast.school_class, **facts)
    assert counts_of(cast).pupils.total(SCHOOL, Cut.DISABILITY) == 1


@pytest.mark.parametrize("code", ["", "56"])
def test_an_unknown_ethnicity_is_no_minority_and_is_said(cast: Cast, code: str) -> None:
    pupil(cast.school_class, ethnicity_code=code)
    statistics = counts_of(cast)
    assert statistics.pupils.total(SCHOOL, Cut.MINORITY) == 1  # H'Hen
    assert statistics.roll.without_ethnicity == 1


def test_who_left_before_the_roster_was_fixed_is_not_counted(cast: Cast) -> None:
    enter(cast, cast.duc, "T")
    cast.duc.ended_on, cast.duc.exit_reason = cast.school_year.starts_on, "withdrawn"
    cast.duc.save()
    assert maths(cast).total(SCHOOL) == 2
    assert maths(cast).count(SCHOOL, "T") == 0


def test_once_submitted_the_roster_is_that_which_was_submitted(cast: Cast) -> None:
    states.submitted(cast)
    pupil(cast.school_class)
    assert maths(cast).total(SCHOOL) == 3


def test_other_periods_are_counted_apart(cast: Cast) -> None:
    enter(cast, cast.anh, "T", period=Period.MID_TERM_1)
    assert maths(cast).count(SCHOOL, "T") == 0


def test_another_schools_rows_are_never_counted(cast: Cast) -> None:
    enter(cast, cast.stranger, "C", 1)
    decide(cast, cast.stranger, "not_completed")
    for period in (END_TERM_1, END_YEAR):
        statistics = counts_of(cast, period=period)
        assert statistics.pupils.total(SCHOOL) == 3
        for cubes in statistics.cubes.values():
            assert all(cube.entered(SCHOOL) == 0 for cube in cubes)


def test_signed_off_classes_are_counted(cast: Cast) -> None:
    factories.make_class(cast.school_year, "1A", (1,))
    states.signed_off(cast)
    statistics = counts_of(cast)
    assert (statistics.signed_off, len(statistics.classes)) == (1, 2)


def test_an_empty_school_has_nothing_to_count(cast: Cast) -> None:
    year = factories.make_school_year(factories.make_school("Trường mới"))
    statistics = statistics_of(year, END_YEAR, list(Topic), shows_all=True)
    assert not any(statistics.cubes.values())
    assert statistics.pupils.total(SCHOOL) == 0


def test_whoever_may_not_see_the_pupils_sees_no_few(cast: Cast) -> None:
    full_class(cast, cast.school_year, "1A", 1, pupils=20)
    statistics = counts_of(cast, Topic.SUBJECTS, shows_all=False)
    [shown] = [row for row in statistics.cubes[Topic.SUBJECTS] if row.measure.code == "toan"]
    assert shown.count(SCHOOL, "T") in {None, 20}
    assert not [n for n in shown.counts.values() if n in {1, 2, 3, 4}]
    assert statistics.cuts == (Cut.ALL, Cut.GIRLS)


def test_rewards_and_promotion_are_for_those_who_see_the_pupils(cast: Cast) -> None:
    """They say the year result again, and would give away what is hidden in it."""
    shown = counts_of(cast, Topic.YEAR, period=END_YEAR, shows_all=False)
    assert codes(shown.cubes[Topic.YEAR]) == [YearCode.OUTCOME]


def test_another_ruleset_is_counted_by_its_own_words(cast: Cast, kitetest: Ruleset) -> None:
    year = factories.make_school_year(cast.school, 2027, ruleset_key="kitetest")
    kites = factories.make_class(year, "2A", (2,))
    flyer = factories.enroll(factories.make_student(), kites, enrolled_on="2026-09-05")
    enter(cast, flyer, "CAO", 17, subject="wind", period=Period.MID_TERM_2)
    statistics = statistics_of(
        year, Period.MID_TERM_2, [Topic.SUBJECTS, Topic.SCORES, Topic.TRAITS], shows_all=True
    )
    levels, scores = statistics.cubes[Topic.SUBJECTS], statistics.cubes[Topic.SCORES]
    assert codes(levels) == ["knots", "wind"]
    assert levels[1].count(SCHOOL, "CAO") == 1
    assert codes(scores) == ["wind"]
    assert scores[0].count(SCHOOL, "17") == scores[0].count_in("from_15", SCHOOL) == 1
    assert codes(statistics.cubes[Topic.TRAITS]) == ["patience", "steadiness"]


@pytest.mark.parametrize("classes", [1, 6])
def test_more_classes_and_pupils_cost_no_more_queries(
    cast: Cast, classes: int, django_assert_num_queries
) -> None:
    for number in range(classes):
        full_class(cast, cast.school_year, f"2{number}", 2, pupils=2 + number, period=END_YEAR)
    with django_assert_num_queries(QUERIES):
        counts_of(cast, period=END_YEAR)


# Classes, offerings, class periods, window, roster; levels, scores, exempt, traits, decisions.
QUERIES = 10


@pytest.mark.parametrize(
    ("topic", "queries"),
    [(Topic.SUBJECTS, 6), (Topic.SCORES, 7), (Topic.TRAITS, 6), (Topic.YEAR, 6)],
)
def test_only_the_topic_that_is_looked_at_is_asked_for(
    cast: Cast, topic: Topic, queries: int, django_assert_num_queries
) -> None:
    enter(cast, cast.anh, "T", 9, period=END_YEAR)
    with django_assert_num_queries(queries):
        counts_of(cast, topic, period=END_YEAR)
