"""What is counted comes from the ruleset, whichever it is."""

import pytest

from assessments.statistics.measures import (
    Absent,
    Band,
    Measure,
    Topic,
    YearCode,
    measures_of,
    score_bands,
    scores_of,
    topic_name,
    topics_at,
)
from rulesets import Period, ScoreScale, get_ruleset
from tests.rulesets.invented import KITETEST

TT27 = get_ruleset("tt27")


def measure(topic: Topic, code: str, ruleset=TT27) -> Measure:
    [found] = [each for each in measures_of(topic, ruleset) if each.code == code]
    return found


def labels(measure: Measure) -> list[str]:
    return [value.label for value in measure.values]


def test_levels_of_a_subject_stand_best_first_and_then_who_has_none() -> None:
    assert labels(measure(Topic.SUBJECTS, "toan")) == [
        "T",
        "H",
        "C",
        "miễn",
        "không đánh giá",
        "chưa nhập",
    ]


def test_nobody_is_exempt_from_a_trait() -> None:
    assert labels(measure(Topic.TRAITS, "nhan_ai")) == [
        "T",
        "Đ",
        "C",
        "không đánh giá",
        "chưa nhập",
    ]


def test_every_subject_and_trait_stands_in_form_order() -> None:
    subjects = [each.code for each in measures_of(Topic.SUBJECTS, TT27)]
    assert subjects == [subject.code for subject in TT27.subjects]
    traits = [each.code for each in measures_of(Topic.TRAITS, TT27)]
    assert traits == [trait.code for trait in TT27.traits]


def test_scores_are_counted_one_by_one_from_ten_to_one() -> None:
    values, _bands = score_bands(TT27)
    assert [value.label for value in values] == [str(score) for score in range(10, 0, -1)]


def test_scores_are_drawn_in_the_bands_of_the_year_result() -> None:
    """Điều 9.2.a: 9, 7, 5."""
    _values, bands = score_bands(TT27)
    assert [band.label for band in bands] == ["9–10", "7–8", "5–6", "dưới 5"]
    assert bands[-1].name == "dưới 5 điểm"


def test_each_score_is_in_its_band() -> None:
    values, _bands = score_bands(TT27)
    found = {value.label: value.band for value in values}
    assert (found["9"], found["8"], found["5"], found["4"]) == (
        "from_9",
        "from_7",
        "from_5",
        "to_4",
    )


def test_another_scale_has_its_own_bands() -> None:
    values, bands = score_bands(KITETEST)
    assert [band.label for band in bands] == ["15–20", "dưới 15"]
    assert values[-1].label == "0"


def test_a_scale_with_a_zero_that_it_does_not_begin_with_counts_it() -> None:
    assert list(scores_of(ScoreScale(minimum=1, maximum=2, allows_zero=True))) == [2, 1, 0]
    assert list(scores_of(ScoreScale(minimum=0, maximum=2, allows_zero=True))) == [2, 1, 0]


@pytest.mark.parametrize("ruleset", [TT27, KITETEST], ids=repr)
@pytest.mark.parametrize("topic", Topic)
def test_every_value_is_in_a_band_or_absent(topic, ruleset) -> None:
    for each in measures_of(topic, ruleset):
        known = {band.code for band in each.bands}
        assert {value.band for value in each.values if value.band} == known
        absent = {value.code for value in each.values if not value.band}
        assert absent <= set(Absent)
        codes = [value.code for value in each.values]
        assert len(set(codes)) == len(codes)


def test_the_outcomes_of_the_year_are_the_rulesets() -> None:
    assert labels(measure(Topic.YEAR, YearCode.OUTCOME))[:4] == ["HTXS", "HTT", "HT", "CHT"]
    assert labels(measure(Topic.YEAR, YearCode.OUTCOME, KITETEST))[:3] == ["LC", "BĐ", "CB"]


def test_what_nobody_has_confirmed_is_called_so() -> None:
    assert labels(measure(Topic.YEAR, YearCode.OUTCOME))[-1] == "chưa xác nhận"


def test_titles_are_those_of_the_ruleset_and_none() -> None:
    rewards = measure(Topic.YEAR, YearCode.REWARD)
    assert [band.code for band in rewards.bands] == ["excellent_pupil", "exemplary_pupil", "none"]
    assert rewards.bands[0].name == "Đạt danh hiệu Học sinh Xuất sắc"
    assert [band.code for band in measure(Topic.YEAR, YearCode.REWARD, KITETEST).bands] == ["none"]


def test_whoever_got_no_reward_stands_in_no_title() -> None:
    assert measure(Topic.YEAR, YearCode.REWARD).tells_worst is False
    assert measure(Topic.YEAR, YearCode.OUTCOME).tells_worst is True


def test_the_year_is_a_topic_at_its_end_only() -> None:
    assert topics_at(TT27, Period.END_YEAR) == list(Topic)
    assert topics_at(TT27, Period.MID_TERM_1) == [Topic.SUBJECTS, Topic.SCORES, Topic.TRAITS]


def test_a_period_without_tests_has_no_scores() -> None:
    assert Topic.SCORES not in topics_at(KITETEST, Period.END_TERM_1)


def test_every_topic_has_a_name() -> None:
    assert len({topic_name(topic) for topic in Topic}) == len(Topic)


@pytest.mark.parametrize(
    ("band", "is_short"),
    [
        (Band("T", "T", "Hoàn thành tốt"), True),
        (Band("H", "H", "Hoàn thành"), True),
        (Band("from_9", "9–10", "9–10 điểm"), False),
        (Band("yes", "Được lên lớp", "Được lên lớp"), False),
    ],
)
def test_a_legend_explains_short_labels_only(band: Band, is_short: bool) -> None:
    assert band.is_short is is_short
