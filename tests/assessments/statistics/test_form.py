"""What is asked of the page of statistics; an address may say anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.forms.statistics import StatisticsForm
from assessments.statistics.cuts import Cut
from assessments.statistics.lines import By
from assessments.statistics.measures import Topic
from assessments.statistics.moments import Moment
from assessments.statistics.suppression import SHOWN_CUTS
from rulesets import Period
from schools.models import SchoolYear

YEAR = SchoolYear(first_year=2026)
OTHERS = [Moment(YEAR, Period.MID_TERM_1), Moment(YEAR, Period.MID_TERM_2)]


TYPED = st.text(max_size=12) | st.sampled_from([*Topic, *By, *Cut, *(each.key for each in OTHERS)])


def form_of(asked: dict[str, str], **offered: object) -> StatisticsForm:
    """All of the year's end, but for what is said otherwise."""
    choices = {"topics": list(Topic), "bys": list(By), "cuts": list(Cut), "others": OTHERS}
    return StatisticsForm(asked, **{**choices, **offered})  # type: ignore[arg-type]


def guarded(asked: dict[str, str]) -> StatisticsForm:
    """Of whoever may not see the pupils."""
    return form_of(asked, bys=[By.GRADE, By.CUT], cuts=SHOWN_CUTS)


def test_when_nothing_is_asked_all_pupils_stand_by_grade() -> None:
    form = form_of({})
    assert (form.chosen_topic, form.chosen_by, form.chosen_cut, form.chosen_moment) == (
        Topic.SUBJECTS,
        By.GRADE,
        Cut.ALL,
        None,
    )


def test_the_first_topic_that_is_offered_stands_when_none_is_asked() -> None:
    assert form_of({}, topics=[Topic.TRAITS, Topic.SUBJECTS]).chosen_topic == Topic.TRAITS


@pytest.mark.parametrize("topic", Topic)
def test_each_topic_can_be_asked(topic: Topic) -> None:
    assert form_of({"show": topic.value}).chosen_topic == topic


@pytest.mark.parametrize("by", By)
def test_each_kind_of_line_can_be_asked(by: By) -> None:
    assert form_of({"by": by.value}).chosen_by == by


@pytest.mark.parametrize("cut", Cut)
def test_each_cut_can_be_asked(cut: Cut) -> None:
    assert form_of({"cut": cut.value}).chosen_cut == cut


def test_a_period_is_compared_by_its_key() -> None:
    assert form_of({"compare": "2026-mid_term_2"}).chosen_moment == OTHERS[1]


@pytest.mark.parametrize("key", ["2026-end_year", "2025-mid_term_1", "mid_term_1", "2026"])
def test_a_period_that_is_not_offered_is_not_compared(key: str) -> None:
    assert form_of({"compare": key}).chosen_moment is None


@pytest.mark.parametrize("cut", sorted(set(Cut) - set(SHOWN_CUTS)))
def test_whoever_may_not_see_the_pupils_asks_for_an_origin_in_vain(cut: str) -> None:
    assert guarded({"cut": cut}).chosen_cut == Cut.ALL


def test_whoever_may_not_see_the_pupils_asks_for_classes_in_vain() -> None:
    assert guarded({"by": "class"}).chosen_by == By.GRADE


def test_one_wrong_choice_leaves_the_others_standing() -> None:
    form = form_of({"by": "?", "cut": "girls", "compare": "2026-mid_term_1"})
    assert (form.chosen_by, form.chosen_cut) == (By.GRADE, Cut.GIRLS)
    assert form.chosen_moment == OTHERS[0]


@given(asked=st.dictionaries(st.sampled_from(["show", "by", "cut", "compare", "khác"]), TYPED))
def test_whatever_an_address_says_something_that_is_offered_is_chosen(
    asked: dict[str, str],
) -> None:
    form = guarded(asked)
    assert form.chosen_topic in Topic
    assert form.chosen_by in {By.GRADE, By.CUT}
    assert form.chosen_cut in SHOWN_CUTS
    assert form.chosen_moment in [None, *OTHERS]


def test_only_the_choices_that_a_person_has_are_offered() -> None:
    form = guarded({})
    offered = [value for value, _name in form.fields["cut"].choices]  # type: ignore[attr-defined]
    assert offered == list(SHOWN_CUTS)


def test_not_comparing_is_offered_first() -> None:
    choices = form_of({}).fields["compare"].choices  # type: ignore[attr-defined]
    assert choices[0] == ("", "Không so sánh")
    assert [key for key, _name in choices[1:]] == [moment.key for moment in OTHERS]
