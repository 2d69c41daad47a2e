"""Điều 9.2: one thing is lowered at a time, at every boundary, and the reason is told."""

from itertools import product

import pytest

from rulesets import (
    Reason,
    YearOutcome,
    YearResult,
    YearSource,
)
from tests.rulesets.sources import (
    TT27,
    codes_tested,
    perfect_source,
    with_every_score,
    with_level,
    with_score,
    with_trait,
)

EXCELLENT, GOOD, COMPLETED, NOT_COMPLETED = (
    YearOutcome.EXCELLENT,
    YearOutcome.GOOD,
    YearOutcome.COMPLETED,
    YearOutcome.NOT_COMPLETED,
)
GRADES = TT27.grade_levels
TESTED = [(grade, code) for grade in GRADES for code in codes_tested(grade)]
TAUGHT = [(grade, subject.code) for grade in GRADES for subject in TT27.compulsory_subjects(grade)]
TRAITS = [(grade, trait.code) for grade in GRADES for trait in TT27.traits_for(grade)]

OUTCOME_OF_ONE_SCORE = {
    1: NOT_COMPLETED,
    2: NOT_COMPLETED,
    3: NOT_COMPLETED,
    4: NOT_COMPLETED,
    5: COMPLETED,
    6: COMPLETED,
    7: GOOD,
    8: GOOD,
    9: EXCELLENT,
    10: EXCELLENT,
}


def score_below(subject: str, score: int, required: int, outcome: str) -> Reason:
    params = {"subject": subject, "score": score, "required": required, "outcome": outcome}
    return Reason("score_below", params)


def subject_level_below(subject: str, level: str, required: str, outcome: str) -> Reason:
    params = {"subject": subject, "level": level, "required": required, "outcome": outcome}
    return Reason("subject_level_below", params)


def trait_level_below(trait: str, level: str, required: str, outcome: str) -> Reason:
    params = {"trait": trait, "level": level, "required": required, "outcome": outcome}
    return Reason("trait_level_below", params)


def year_outcome(source: YearSource) -> YearOutcome:
    return TT27.year_result(source).outcome


@pytest.mark.parametrize("grade_level", GRADES)
@pytest.mark.parametrize("with_optional", [False, True])
def test_a_perfect_pupil_is_excellent_for_no_reason(grade_level, with_optional):
    source = perfect_source(grade_level, with_optional=with_optional)

    assert TT27.year_result(source) == YearResult(EXCELLENT, (), ())


@pytest.mark.parametrize(("grade_level", "code"), TESTED)
@pytest.mark.parametrize(("score", "outcome"), OUTCOME_OF_ONE_SCORE.items())
def test_one_score_decides(grade_level, code, score, outcome):
    assert year_outcome(with_score(perfect_source(grade_level), code, score)) == outcome


@pytest.mark.parametrize(("grade_level", "code"), TESTED)
def test_an_eight_is_told_as_less_than_nine(grade_level, code):
    result = TT27.year_result(with_score(perfect_source(grade_level), code, 8))

    assert result == YearResult(GOOD, (score_below(code, 8, 9, "excellent"),))


@pytest.mark.parametrize(("grade_level", "code"), TESTED)
def test_a_four_is_told_for_every_outcome_above_the_nearest_first(grade_level, code):
    result = TT27.year_result(with_score(perfect_source(grade_level), code, 4))

    assert result.reasons == (
        score_below(code, 4, 5, "completed"),
        score_below(code, 4, 7, "good"),
        score_below(code, 4, 9, "excellent"),
    )


@pytest.mark.parametrize(("score", "outcome"), OUTCOME_OF_ONE_SCORE.items())
@pytest.mark.parametrize("grade_level", GRADES)
def test_all_scores_together_decide_as_one(grade_level, score, outcome):
    assert year_outcome(with_every_score(perfect_source(grade_level), score)) == outcome


@pytest.mark.parametrize(("grade_level", "code"), TAUGHT)
def test_one_subject_at_h_makes_completed(grade_level, code):
    result = TT27.year_result(with_level(perfect_source(grade_level), code, "H"))

    assert result == YearResult(
        COMPLETED,
        (
            subject_level_below(code, "H", "T", "good"),
            subject_level_below(code, "H", "T", "excellent"),
        ),
    )


@pytest.mark.parametrize(("grade_level", "code"), TAUGHT)
def test_one_subject_at_c_makes_not_completed(grade_level, code):
    result = TT27.year_result(with_level(perfect_source(grade_level), code, "C"))

    assert result == YearResult(
        NOT_COMPLETED,
        (
            subject_level_below(code, "C", "H", "completed"),
            subject_level_below(code, "C", "T", "good"),
            subject_level_below(code, "C", "T", "excellent"),
        ),
    )


@pytest.mark.parametrize(("grade_level", "code"), TRAITS)
def test_one_trait_at_đ_makes_completed(grade_level, code):
    result = TT27.year_result(with_trait(perfect_source(grade_level), code, "Đ"))

    assert result == YearResult(
        COMPLETED,
        (
            trait_level_below(code, "Đ", "T", "good"),
            trait_level_below(code, "Đ", "T", "excellent"),
        ),
    )


@pytest.mark.parametrize(("grade_level", "code"), TRAITS)
def test_one_trait_at_c_makes_not_completed(grade_level, code):
    result = TT27.year_result(with_trait(perfect_source(grade_level), code, "C"))

    assert result.outcome == NOT_COMPLETED
    assert result.reasons_against(COMPLETED) == (trait_level_below(code, "C", "Đ", "completed"),)


def test_one_six_with_all_t_is_completed():
    source = with_score(perfect_source(4), "toan", 6)

    assert year_outcome(source) == COMPLETED


def test_one_h_with_all_tens_is_completed():
    source = with_level(perfect_source(4), "am_nhac", "H")

    assert year_outcome(source) == COMPLETED


def test_one_đ_with_all_t_and_nines_is_completed():
    source = with_trait(with_every_score(perfect_source(4), 9), "trung_thuc", "Đ")

    assert year_outcome(source) == COMPLETED


def test_one_four_with_all_t_is_not_completed():
    source = with_score(perfect_source(4), "khoa_hoc", 4)

    assert year_outcome(source) == NOT_COMPLETED


def test_any_c_is_not_completed():
    subject = with_level(perfect_source(4), "giao_duc_the_chat", "C")
    trait = with_trait(perfect_source(4), "cham_chi", "C")

    assert year_outcome(subject) == year_outcome(trait) == NOT_COMPLETED


def test_the_ministrys_sample_pupil_has_completed():
    """Công văn 2088, Phụ lục 2: one 6, two H, one Đ; "Hoàn thành"."""
    scores = {"tieng_viet": 9, "toan": 10, "ngoai_ngu_1": 9, "lich_su_va_dia_li": 8}
    scores |= {"khoa_hoc": 8, "tin_hoc": 6, "cong_nghe": 9}
    source = perfect_source(4)
    for code, score in scores.items():
        source = with_score(source, code, score)
    source = with_level(with_level(source, "tin_hoc", "H"), "am_nhac", "H")
    source = with_trait(source, "tin_hoc", "Đ")

    assert TT27.outcome_name(year_outcome(source)) == "Hoàn thành"


def test_reasons_stand_in_form_order_within_an_outcome():
    source = with_trait(perfect_source(4), "nhan_ai", "Đ")
    source = with_trait(source, "the_chat", "Đ")
    source = with_level(with_score(source, "toan", 8), "toan", "H")
    source = with_score(with_level(source, "mi_thuat", "H"), "tieng_viet", 6)

    assert TT27.year_result(source).reasons == (
        score_below("tieng_viet", 6, 7, "good"),
        subject_level_below("toan", "H", "T", "good"),
        subject_level_below("mi_thuat", "H", "T", "good"),
        trait_level_below("nhan_ai", "Đ", "T", "good"),
        trait_level_below("the_chat", "Đ", "T", "good"),
        score_below("tieng_viet", 6, 9, "excellent"),
        subject_level_below("toan", "H", "T", "excellent"),
        score_below("toan", 8, 9, "excellent"),
        subject_level_below("mi_thuat", "H", "T", "excellent"),
        trait_level_below("nhan_ai", "Đ", "T", "excellent"),
        trait_level_below("the_chat", "Đ", "T", "excellent"),
    )


@pytest.mark.parametrize(("level", "trait", "score"), list(product("THC", "TĐC", range(1, 11))))
def test_everything_at_one_standing(level, trait, score):
    """The whole of Điều 9.2 as its sentences say it, for pupils who are even throughout."""
    source = with_every_score(perfect_source(5), score)
    for subject in source.subjects:
        source = with_level(source, subject.subject, level)
    for code in source.traits:
        source = with_trait(source, code, trait)

    if "C" in (level, trait) or score < 5:
        expected = NOT_COMPLETED
    elif "H" in level or "Đ" in trait or score < 7:
        expected = COMPLETED
    else:
        expected = GOOD if score < 9 else EXCELLENT
    assert year_outcome(source) == expected
