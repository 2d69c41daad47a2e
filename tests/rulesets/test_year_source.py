"""What counts towards the year result, for whom, and what is missing or refused."""

import pytest

from rulesets import (
    Missing,
    SubjectOutcome,
    UnknownCode,
    YearOutcome,
    YearResult,
    YearSource,
)
from tests.rulesets.sources import (
    TT27,
    codes_tested,
    perfect_source,
    with_level,
    with_score,
    with_trait,
    without_subject,
    without_trait,
)

EXCELLENT, COMPLETED, NOT_COMPLETED = (
    YearOutcome.EXCELLENT,
    YearOutcome.COMPLETED,
    YearOutcome.NOT_COMPLETED,
)
GRADES = TT27.grade_levels
TESTED = [(grade, code) for grade in GRADES for code in codes_tested(grade)]
TAUGHT = [(grade, subject.code) for grade in GRADES for subject in TT27.compulsory_subjects(grade)]
TRAITS = [(grade, trait.code) for grade in GRADES for trait in TT27.traits_for(grade)]
OPTIONAL = [(grade, subject.code) for grade in GRADES for subject in TT27.optional_subjects(grade)]
UNTESTED = [pair for pair in TAUGHT if pair not in TESTED]


def year_outcome(source: YearSource) -> YearOutcome:
    return TT27.year_result(source).outcome


@pytest.mark.parametrize(("grade_level", "code"), TAUGHT)
def test_a_missing_level_is_incomplete_and_listed(grade_level, code):
    result = TT27.year_result(with_level(perfect_source(grade_level), code, None))

    expected = (Missing("subject_level", code),)
    assert result == YearResult(YearOutcome.INCOMPLETE, (), expected)


@pytest.mark.parametrize(("grade_level", "code"), TESTED)
def test_a_missing_score_is_incomplete_and_listed(grade_level, code):
    result = TT27.year_result(with_score(perfect_source(grade_level), code, None))

    assert result == YearResult(YearOutcome.INCOMPLETE, (), (Missing("test_score", code),))


@pytest.mark.parametrize(("grade_level", "code"), TRAITS)
def test_a_missing_trait_is_incomplete_and_listed(grade_level, code):
    source = perfect_source(grade_level)
    expected = YearResult(YearOutcome.INCOMPLETE, (), (Missing("trait_level", code),))

    assert TT27.year_result(with_trait(source, code, None)) == expected
    assert TT27.year_result(without_trait(source, code)) == expected


@pytest.mark.parametrize(("grade_level", "code"), TAUGHT)
def test_a_compulsory_subject_left_out_is_missing_as_a_whole(grade_level, code):
    result = TT27.year_result(without_subject(perfect_source(grade_level), code))

    kinds = ["subject_level"] + ["test_score"] * ((grade_level, code) in TESTED)
    assert result.outcome == YearOutcome.INCOMPLETE
    assert result.missing == tuple(Missing(kind, code) for kind in kinds)


def test_what_is_missing_outweighs_any_c_and_any_low_score():
    source = with_level(perfect_source(5), "toan", "C")
    source = with_trait(with_score(source, "tieng_viet", 1), "nhan_ai", None)

    result = TT27.year_result(source)

    assert result == YearResult(YearOutcome.INCOMPLETE, (), (Missing("trait_level", "nhan_ai"),))


@pytest.mark.parametrize(("grade_level", "code"), TAUGHT)
@pytest.mark.parametrize("score", [None, 1])
def test_an_exempt_subject_neither_counts_nor_is_missing(grade_level, code, score):
    source = with_score(with_level(perfect_source(grade_level), code, "M"), code, score)

    assert TT27.year_result(source) == YearResult(EXCELLENT)


@pytest.mark.parametrize(("grade_level", "code"), UNTESTED + OPTIONAL)
@pytest.mark.parametrize("score", [None, 1])
def test_a_score_where_no_test_is_due_does_not_count(grade_level, code, score):
    source = with_score(perfect_source(grade_level, with_optional=True), code, score)

    assert year_outcome(source) == EXCELLENT


@pytest.mark.parametrize(("grade_level", "code"), OPTIONAL)
def test_an_optional_subject_counts_for_the_pupil_who_takes_it(grade_level, code):
    source = perfect_source(grade_level, with_optional=True)

    assert year_outcome(with_level(source, code, "C")) == NOT_COMPLETED
    assert year_outcome(with_level(source, code, "H")) == COMPLETED
    assert TT27.year_result(with_level(source, code, None)).missing == (
        Missing("subject_level", code),
    )


@pytest.mark.parametrize(("grade_level", "code"), OPTIONAL)
def test_an_optional_subject_that_is_not_taken_is_not_missing(grade_level, code):
    source = without_subject(perfect_source(grade_level, with_optional=True), code)

    assert year_outcome(source) == EXCELLENT


def test_a_subject_that_the_grade_does_not_have_does_not_count():
    source = perfect_source(1)
    stray = (*source.subjects, SubjectOutcome("khoa_hoc", "C", 1))

    result = TT27.year_result(YearSource(1, stray, {**source.traits, "tin_hoc": "C"}))

    assert result == YearResult(EXCELLENT)


def test_the_order_in_which_the_results_come_does_not_matter():
    source = with_level(with_score(perfect_source(5), "toan", 3), "dao_duc", "H")
    shuffled = YearSource(5, source.subjects[::-1], dict(reversed(list(source.traits.items()))))

    assert TT27.year_result(shuffled) == TT27.year_result(source)


@pytest.mark.parametrize("grade_level", GRADES)
def test_a_special_class_is_judged_by_two_subjects_and_the_traits(grade_level):
    source = perfect_source(grade_level, is_special_class=True)

    assert TT27.year_result(source) == YearResult(EXCELLENT)
    assert year_outcome(with_score(source, "toan", 4)) == NOT_COMPLETED
    assert year_outcome(with_level(source, "tieng_viet", "H")) == COMPLETED
    assert year_outcome(with_trait(source, "nhan_ai", "Đ")) == COMPLETED


@pytest.mark.parametrize("code", ["toan", "tieng_viet"])
def test_a_special_class_misses_only_vietnamese_and_mathematics(code):
    source = without_subject(perfect_source(5, is_special_class=True), code)

    assert TT27.year_result(source).missing == (
        Missing("subject_level", code),
        Missing("test_score", code),
    )


def test_other_subjects_of_a_special_class_do_not_count():
    source = perfect_source(4, is_special_class=True)
    others = (SubjectOutcome("khoa_hoc", "C", 1), SubjectOutcome("tieng_dan_toc", None))

    result = TT27.year_result(
        YearSource(4, source.subjects + others, source.traits, is_special_class=True)
    )

    assert result == YearResult(EXCELLENT)


def test_a_pupil_who_is_not_assessed_has_no_result_and_misses_nothing():
    source = YearSource(3, (SubjectOutcome("toan", "C"),), {}, is_not_assessed=True)

    assert TT27.year_result(source) == YearResult(YearOutcome.NOT_ASSESSED, (), ())


@pytest.mark.parametrize(
    "broken",
    [
        with_level(perfect_source(3), "toan", "Đ"),
        with_level(perfect_source(3), "toan", ""),
        with_trait(perfect_source(3), "nhan_ai", "H"),
        with_trait(perfect_source(3), "nhan_ai", "M"),
        with_trait(perfect_source(3), "thien_van", "T"),
        YearSource(3, (SubjectOutcome("thien_van", "T"),), {}),
        YearSource(6, (), {}),
    ],
)
def test_a_code_that_the_circular_does_not_know_is_refused(broken):
    with pytest.raises(UnknownCode):
        TT27.year_result(broken)


@pytest.mark.parametrize("score", [0, 11, -1, True])
def test_a_score_off_the_scale_is_refused(score):
    with pytest.raises(ValueError):
        TT27.year_result(with_score(perfect_source(3), "toan", score))


def test_a_subject_cannot_stand_twice():
    twice = (SubjectOutcome("toan", "T", 9), SubjectOutcome("toan", "H", 5))

    with pytest.raises(ValueError, match="twice"):
        YearSource(1, twice, {})
