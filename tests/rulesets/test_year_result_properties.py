"""What holds for every pupil, in both regulations."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rulesets import (
    Missing,
    Period,
    Ruleset,
    SubjectOutcome,
    YearOutcome,
    YearSource,
)
from tests.rulesets.invented import KITETEST
from tests.rulesets.sources import TT27, with_level, with_score, with_trait

ORDER = [
    YearOutcome.NOT_COMPLETED,
    YearOutcome.COMPLETED,
    YearOutcome.GOOD,
    YearOutcome.EXCELLENT,
]
both_rulesets = pytest.mark.parametrize("ruleset", [TT27, KITETEST], ids=["tt27", "kitetest"])


def levels(entries, *, high: bool):
    """Mostly the best, so that the better outcomes are met as well."""
    codes = [level.code for level in entries]
    return st.sampled_from(codes[:1] * 20 + codes) if high else st.sampled_from(codes)


def scores(ruleset: Ruleset, *, high: bool):
    top = ruleset.score_scale.maximum
    return st.integers(top - 3 if high else 1, top)


@st.composite
def complete_sources(draw, ruleset: Ruleset) -> YearSource:
    grade_level = draw(st.sampled_from(ruleset.grade_levels))
    is_special_class = draw(st.booleans())
    high = draw(st.booleans())
    subjects = ruleset.compulsory_subjects(grade_level, is_special_class=is_special_class)
    if draw(st.booleans()) and not is_special_class:
        subjects += ruleset.optional_subjects(grade_level)
    tested = ruleset.tested_subjects(
        grade_level=grade_level, period=Period.END_YEAR, is_special_class=is_special_class
    )
    level = levels(ruleset.subject_levels, high=high)
    score = scores(ruleset, high=high)
    return YearSource(
        grade_level=grade_level,
        subjects=tuple(
            SubjectOutcome(s.code, draw(level), draw(score) if s in tested else None)
            for s in sorted(subjects, key=lambda subject: subject.position)
        ),
        traits={
            trait.code: draw(levels(ruleset.trait_levels, high=high))
            for trait in ruleset.traits_for(grade_level)
        },
        is_special_class=is_special_class,
    )


def rank(ruleset: Ruleset, source: YearSource) -> int:
    return ORDER.index(ruleset.year_result(source).outcome)


def next_better(entries, code: str) -> str:
    codes = [level.code for level in entries]
    return codes[max(codes.index(code) - 1, 0)]


def article_9_2(source: YearSource) -> YearOutcome:
    """The article read sentence by sentence, without the table."""
    levels = {entry.level for entry in source.subjects}
    traits = set(source.traits.values())
    scores = [entry.score for entry in source.subjects if entry.score is not None]
    all_best = levels <= {"T"} and traits <= {"T"}
    if all_best and all(score >= 9 for score in scores):
        return YearOutcome.EXCELLENT
    if all_best and all(score >= 7 for score in scores):
        return YearOutcome.GOOD
    if levels <= {"T", "H"} and traits <= {"T", "Đ"} and all(score >= 5 for score in scores):
        return YearOutcome.COMPLETED
    return YearOutcome.NOT_COMPLETED


@given(complete_sources(TT27))
def test_the_table_says_what_the_article_says(source):
    assert TT27.year_result(source).outcome == article_9_2(source)


@both_rulesets
@given(data=st.data())
def test_raising_a_subject_level_never_lowers_the_outcome(ruleset, data):
    source = data.draw(complete_sources(ruleset))
    entry = data.draw(st.sampled_from(source.subjects))

    raised = with_level(source, entry.subject, next_better(ruleset.subject_levels, entry.level))

    assert rank(ruleset, raised) >= rank(ruleset, source)


@both_rulesets
@given(data=st.data())
def test_raising_a_trait_never_lowers_the_outcome(ruleset, data):
    source = data.draw(complete_sources(ruleset))
    trait = data.draw(st.sampled_from(sorted(source.traits)))

    better = next_better(ruleset.trait_levels, source.traits[trait])

    assert rank(ruleset, with_trait(source, trait, better)) >= rank(ruleset, source)


@both_rulesets
@given(data=st.data())
def test_raising_a_score_never_lowers_the_outcome(ruleset, data):
    source = data.draw(complete_sources(ruleset))
    tested = [entry for entry in source.subjects if entry.score is not None]
    assume(tested)
    entry = data.draw(st.sampled_from(tested))
    higher = data.draw(st.integers(entry.score, ruleset.score_scale.maximum))

    assert rank(ruleset, with_score(source, entry.subject, higher)) >= rank(ruleset, source)


@both_rulesets
@given(data=st.data())
def test_whatever_is_missing_is_listed_in_form_order_and_nothing_else(ruleset, data):
    source = data.draw(complete_sources(ruleset))
    removed = data.draw(st.sets(st.sampled_from(filled(source)), min_size=1))

    result = ruleset.year_result(blanked(source, removed))

    assert result.outcome == YearOutcome.INCOMPLETE
    assert result.reasons == ()
    assert result.missing == tuple(
        Missing(kind, code) for kind, code in filled(source) if (kind, code) in removed
    )


def filled(source: YearSource) -> list[tuple[str, str]]:
    pairs = []
    for entry in source.subjects:
        pairs.append(("subject_level", entry.subject))
        pairs += [("test_score", entry.subject)] * (entry.score is not None)
    return pairs + [("trait_level", code) for code in source.traits]


def blanked(source: YearSource, removed: set[tuple[str, str]]) -> YearSource:
    blank = {
        "subject_level": with_level,
        "test_score": with_score,
        "trait_level": with_trait,
    }
    for kind, code in removed:
        source = blank[kind](source, code, None)
    return source


@both_rulesets
@given(data=st.data())
def test_there_are_reasons_against_every_better_outcome_and_no_other(ruleset, data):
    result = ruleset.year_result(data.draw(complete_sources(ruleset)))

    outcomes = [row.outcome for row in ruleset.year_rows]
    better = outcomes[: outcomes.index(result.outcome)]
    told = list(dict.fromkeys(reason.params["outcome"] for reason in result.reasons))
    assert told == better[::-1]


@both_rulesets
@given(data=st.data())
def test_mending_what_the_reasons_name_reaches_that_outcome_at_least(ruleset, data):
    source = data.draw(complete_sources(ruleset))
    result = ruleset.year_result(source)
    assume(result.reasons)
    wanted = result.reasons[0].params["outcome"]

    for reason in result.reasons_against(YearOutcome(wanted)):
        source = mended(source, reason.code, reason.params)

    assert rank(ruleset, source) >= ORDER.index(wanted)


def mended(source: YearSource, code: str, params) -> YearSource:
    if code == "score_below":
        return with_score(source, params["subject"], params["required"])
    if code == "subject_level_below":
        return with_level(source, params["subject"], params["required"])
    return with_trait(source, params["trait"], params["required"])


@both_rulesets
@given(data=st.data())
def test_an_exemption_never_lowers_the_outcome(ruleset, data):
    source = data.draw(complete_sources(ruleset))
    entry = data.draw(st.sampled_from(source.subjects))

    exempt = with_level(source, entry.subject, ruleset.exempt_level.code)

    assert rank(ruleset, exempt) >= rank(ruleset, source)


@both_rulesets
@given(data=st.data())
def test_a_pupil_who_is_not_assessed_never_has_a_result(ruleset, data):
    source = replace(data.draw(complete_sources(ruleset)), is_not_assessed=True)

    assert ruleset.year_result(source).outcome == YearOutcome.NOT_ASSESSED
