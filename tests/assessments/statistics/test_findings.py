"""The title of a picture says what it shows."""

from dataclasses import replace

import pytest
from hypothesis import given

from assessments.statistics.cube import Cube
from assessments.statistics.cuts import SCHOOL, Cut
from assessments.statistics.findings import finding_of
from assessments.statistics.suppression import without_small_cells
from tests.assessments.statistics.populations import (
    MATHS,
    SCORES,
    Pupil,
    boys,
    counted,
    girls,
    pupils_of,
)


def finding(*pupils: Pupil, cut: Cut = Cut.ALL, before: Cube | None = None) -> str:
    return finding_of(counted(pupils), cut, before=before)


def test_the_share_of_the_best_level_and_how_many_have_the_worst() -> None:
    found = finding(*girls(4, T=7, H=1, C=2))
    assert found == "Toán: 70% hoàn thành tốt, 2 em chưa hoàn thành"


def test_nobody_is_said_in_words() -> None:
    found = finding(*girls(4, H=3))
    assert found == "Toán: không em nào hoàn thành tốt, không em nào chưa hoàn thành"


def test_who_has_no_value_is_in_no_share() -> None:
    found = finding(*girls(4, T=1, H=1, not_entered=8))
    assert found.startswith("Toán: 50%")


def test_before_anything_is_entered_there_is_nothing_to_say() -> None:
    assert finding(*girls(4, not_entered=8)) == "Toán: chưa có số liệu"


def test_a_cut_is_named() -> None:
    found = finding(*girls(4, T=1), *boys(4, C=3), cut=Cut.GIRLS)
    assert found == "Toán, nữ: 100% hoàn thành tốt, không em nào chưa hoàn thành"


def test_the_share_of_the_other_period_stands_beside_it() -> None:
    before = counted(girls(4, T=1, H=3))
    found = finding(*girls(4, T=1, H=1), before=before)
    assert found.startswith("Toán: 50% hoàn thành tốt (so với 25%),")


def test_a_period_without_values_is_not_compared() -> None:
    found = finding(*girls(4, T=1, H=1), before=counted(girls(4, not_entered=3)))
    assert "so với" not in found


@pytest.mark.parametrize(
    ("best", "others", "share"), [(999, 1, "99%"), (1, 999, "1%"), (5, 0, "100%"), (2, 1, "67%")]
)
def test_rounding_makes_neither_all_nor_none_of_some(best: int, others: int, share: str) -> None:
    assert share in finding(*girls(4, T=best, H=others))


def test_scores_are_told_by_band() -> None:
    scores = counted(girls(4, **{"10": 1, "9": 1, "8": 2}), SCORES)
    assert finding_of(scores, Cut.ALL) == "Toán: 50% 9–10 điểm, 2 em dưới 9 điểm"


def test_rewards_do_not_tell_who_got_none() -> None:
    cube = counted(girls(4, T=1, H=1, C=2))
    praise = replace(cube, measure=replace(MATHS, title="Khen thưởng", tells_worst=False))
    assert finding_of(praise, Cut.ALL) == "Khen thưởng: 25% hoàn thành tốt"


def test_of_hidden_numbers_the_title_says_nothing() -> None:
    pupils = [*girls(1, T=20, H=10, C=2), *boys(1, T=20, H=10)]
    assert finding_of(without_small_cells(counted(pupils)), Cut.ALL) == "Toán: 40 em hoàn thành tốt"


def test_a_school_of_few_pupils_says_why_there_is_no_number() -> None:
    shown = without_small_cells(counted(girls(1, T=3)))
    assert finding_of(shown, Cut.ALL) == "Toán: ít học sinh nên không hiện số liệu"


@given(pupils_of(MATHS))
def test_no_title_names_a_number_that_is_hidden(pupils: list[Pupil]) -> None:
    shown = without_small_cells(counted(pupils))
    found = finding_of(shown, Cut.ALL)
    if shown.count(SCHOOL, "T") is None:
        assert "%" not in found
    if shown.count(SCHOOL, "C") is None:
        assert "chưa hoàn thành" not in found
