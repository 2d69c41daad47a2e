"""What holds for every pupil and every summer: nothing gets worse, nothing is invented."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments import actions
from assessments.actions import LaterSubject
from assessments.models import (
    PeriodRecord,
    SubjectResult,
    SupplementaryAssessment,
    TestScore,
    TraitResult,
)
from assessments.payload_of_summer import after_summer
from assessments.supplementary import first_result, later_result, shortfalls
from rulesets import TT27, Period, Ruleset, YearOutcome, YearSource
from tests.assessments import year_ends
from tests.cast import Cast
from tests.rulesets.test_year_result_properties import (
    both_rulesets,
    complete_sources,
    next_better,
    rank,
)

pytestmark = pytest.mark.any_database

LEVELS = [level.code for level in TT27.subject_levels]
TRAIT_LEVELS = [level.code for level in TT27.trait_levels]
AGAIN = ("toan", "khoa_hoc")
TRAITS_AGAIN = ("cham_chi",)

database_examples = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30
)
entries = st.fixed_dictionaries(
    {
        "toan": st.tuples(st.sampled_from(LEVELS), st.integers(1, 10)),
        "khoa_hoc": st.tuples(st.sampled_from(LEVELS), st.integers(1, 10)),
        "cham_chi": st.sampled_from(TRAIT_LEVELS),
    }
)


def reassessed(data: st.DataObject, ruleset: Ruleset, source: YearSource) -> YearSource:
    """Whatever is assessed again is at least as good as it was."""
    subjects = []
    for entry in source.subjects:
        if not data.draw(st.booleans()):
            subjects.append(entry)
            continue
        score = entry.score
        if score is not None:
            score = data.draw(st.integers(score, ruleset.score_scale.maximum))
        better = data.draw(st.booleans())
        level = next_better(ruleset.subject_levels, entry.level) if better else entry.level
        subjects.append(replace(entry, level=level, score=score))
    traits = {
        code: next_better(ruleset.trait_levels, level) if data.draw(st.booleans()) else level
        for code, level in source.traits.items()
    }
    return replace(source, subjects=tuple(subjects), traits=traits)


@both_rulesets
@given(data=st.data())
def test_a_summer_in_which_nothing_got_worse_lowers_no_result(ruleset: Ruleset, data) -> None:
    source = data.draw(complete_sources(ruleset))
    assert rank(ruleset, reassessed(data, ruleset, source)) >= rank(ruleset, source)


@both_rulesets
@given(data=st.data())
def test_passing_all_that_a_plan_begins_with_completes_the_year(ruleset: Ruleset, data) -> None:
    """The shortfalls are enough: whoever mends them has completed."""
    source = data.draw(complete_sources(ruleset))
    lacking = shortfalls(ruleset, ruleset.year_result(source))
    best, highest = ruleset.subject_levels[0].code, ruleset.score_scale.maximum
    mended = replace(
        source,
        subjects=tuple(
            replace(entry, level=best, score=highest if entry.score is not None else None)
            if entry.subject in lacking.subjects
            else entry
            for entry in source.subjects
        ),
        traits=dict(source.traits) | dict.fromkeys(lacking.traits, ruleset.trait_levels[0].code),
    )
    assert ruleset.is_completed(ruleset.year_result(mended).outcome)


@both_rulesets
@given(data=st.data())
def test_a_plan_begins_empty_for_who_has_completed_and_for_nobody_else(
    ruleset: Ruleset, data
) -> None:
    result = ruleset.year_result(data.draw(complete_sources(ruleset)))
    lacking = shortfalls(ruleset, result)
    assert bool(lacking.subjects or lacking.traits) == (not ruleset.is_completed(result.outcome))


# On the records


@pytest.fixture
def summer(in_july: Cast) -> SupplementaryAssessment:
    """Anh is assessed again in a subject that she lacked, one that she had, and a trait."""
    assessment = actions.plan_supplementary_assessment(
        enrollment=in_july.anh,
        plan=year_ends.PLAN,
        subject_codes=AGAIN,
        trait_codes=TRAITS_AGAIN,
        by=in_july.ngoc,
    )
    first = PeriodRecord.objects.with_results().get(
        enrollment=in_july.anh, class_period__period=Period.END_YEAR
    )
    actions.reopen_record(record=first, reason="Sai điểm Khoa học", by=in_july.hanh)
    return assessment


def write(assessment: SupplementaryAssessment, period: Period, entered: dict[str, Any]) -> None:
    """Past the actions, whose windows are closed in July."""
    enrollment = assessment.record.enrollment
    of_pupil = {"record__enrollment": enrollment, "record__class_period__period": period}
    for code in AGAIN:
        level, score = entered[code]
        results = SubjectResult.objects.filter(subject_code=code, **of_pupil)
        results.update(level=level)
        TestScore.objects.filter(result__in=results).update(score=score)
    traits = TraitResult.objects.filter(trait_code="cham_chi", **of_pupil)
    traits.update(level=entered["cham_chi"])


def save_all(cast: Cast, assessment: SupplementaryAssessment, entered: dict[str, Any]) -> None:
    actions.save_supplementary_results(
        assessment=assessment,
        subjects={code: LaterSubject(*entered[code]) for code in AGAIN},
        traits={"cham_chi": entered["cham_chi"]},
        by=cast.ngoc,
    )


def place(outcome: YearOutcome) -> int:
    """In the ruleset's table, where the best stands first."""
    return [row.outcome for row in TT27.year_rows].index(outcome)


@database_examples
@given(first=entries, later=entries)
def test_later_results_that_are_as_good_never_lower_the_result(
    summer: SupplementaryAssessment, cast: Cast, first: dict, later: dict
) -> None:
    later = {name: better_of(name, first[name], later[name]) for name in later}
    write(summer, Period.END_YEAR, first)
    save_all(cast, summer, later)
    before = first_result(cast.school_class, cast.anh).outcome
    assert place(later_result(summer).outcome) <= place(before)


def better_of(name: str, old: Any, new: Any) -> Any:
    if name == "cham_chi":
        return min(old, new, key=TRAIT_LEVELS.index)
    return min(old[0], new[0], key=LEVELS.index), max(old[1], new[1])


@database_examples
@given(first=entries, later=entries)
def test_of_what_is_assessed_again_only_the_later_counts(
    summer: SupplementaryAssessment, cast: Cast, first: dict, later: dict
) -> None:
    """Whatever stood there at the year's end: the later result is the same."""
    write(summer, Period.END_YEAR, first)
    save_all(cast, summer, later)
    derived = later_result(summer)
    write(summer, Period.END_YEAR, later)
    assert later_result(summer) == derived == first_result(cast.school_class, cast.anh)


@pytest.mark.parametrize("left_out", ["toan", "khoa_hoc", "cham_chi"])
def test_the_first_result_never_fills_in_for_a_later_one(
    summer: SupplementaryAssessment, cast: Cast, left_out: str
) -> None:
    best = {"toan": ("T", 10), "khoa_hoc": ("T", 10), "cham_chi": "T"}
    save_all(cast, summer, {**best, left_out: "" if left_out == "cham_chi" else ("", None)})
    derived = later_result(summer)
    assert derived.outcome == YearOutcome.INCOMPLETE
    assert {missing.code for missing in derived.missing} == {left_out}


# Payloads

words = st.sampled_from(["", "Em đã tiến bộ.", "Đọc to, rõ."])
level_codes = st.sampled_from(["", "T", "H", "C"])


def coded(codes: st.SearchStrategy[list[str]], **values: st.SearchStrategy) -> st.SearchStrategy:
    return codes.flatmap(
        lambda chosen: st.tuples(
            *(st.fixed_dictionaries({"code": st.just(code), **values}) for code in chosen)
        ).map(list)
    )


def codes_among(*codes: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(codes), unique=True)


@st.composite
def payloads(draw) -> dict[str, Any]:
    subjects = coded(
        codes_among("toan", "tieng_viet", "khoa_hoc", "am_nhac"),
        level=level_codes,
        level_name=words,
        comment=words,
        score=st.none() | st.integers(1, 10),
    )
    traits = coded(codes_among("cham_chi", "yeu_nuoc"), level=level_codes, level_name=words)
    decision = st.fixed_dictionaries(
        {
            "result": st.sampled_from(["completed", "not_completed"]),
            "result_name": words,
            "has_completed": st.booleans(),
            "is_promoted": st.none() | st.booleans(),
            "reward": words,
            "extraordinary_reward": words,
        }
    )
    supplementary = st.fixed_dictionaries({"prints_later_levels": st.booleans()})
    return {
        "subjects": draw(subjects),
        "traits": draw(traits),
        "year_decision": draw(decision),
        "supplementary": draw(supplementary),
        "homeroom_comment": draw(words),
    }


def pairs_of_subjects(first: dict, read: dict) -> list[tuple[dict, dict]]:
    return list(zip(first["subjects"], read["subjects"], strict=True))


@given(first=payloads(), later=payloads())
def test_reading_a_summer_twice_reads_as_reading_it_once(first: dict, later: dict) -> None:
    once = after_summer(first, later)
    assert after_summer(once, later) == once


@given(first=payloads(), later=payloads())
def test_a_summer_invents_no_entry_and_drops_none(first: dict, later: dict) -> None:
    read = after_summer(first, later)
    assert read.keys() == first.keys()
    for part in ("subjects", "traits"):
        before = [(entry["code"], entry.keys()) for entry in first[part]]
        assert [(entry["code"], entry.keys()) for entry in read[part]] == before


@given(first=payloads(), later=payloads())
def test_each_value_that_is_printed_was_signed_once_or_the_other_time(
    first: dict, later: dict
) -> None:
    later_by_code = {entry["code"]: entry for entry in later["subjects"]}
    for before, entry in pairs_of_subjects(first, after_summer(first, later)):
        signed = later_by_code.get(entry["code"], before)
        for name, value in entry.items():
            assert value in (before[name], signed[name])


@given(first=payloads(), later=payloads())
def test_a_summer_never_empties_what_was_printed(first: dict, later: dict) -> None:
    for before, entry in pairs_of_subjects(first, after_summer(first, later)):
        for name in ("level", "level_name", "comment", "score"):
            assert entry[name] or not before[name]


@given(first=payloads(), later=payloads())
def test_titles_and_commendations_are_those_of_the_years_end(first: dict, later: dict) -> None:
    read = after_summer(first, later)
    for name in ("reward", "extraordinary_reward"):
        assert read["year_decision"][name] == first["year_decision"][name]


@given(first=payloads(), later=payloads())
def test_without_the_departments_word_a_summer_changes_scores_and_the_decision_alone(
    first: dict, later: dict
) -> None:
    later["supplementary"]["prints_later_levels"] = False
    read = after_summer(first, later)
    assert read["traits"] == first["traits"]
    for before, entry in pairs_of_subjects(first, read):
        assert {**entry, "score": None} == {**before, "score": None}
    assert read["year_decision"]["result"] == first["year_decision"]["result"]
    assert read["year_decision"]["has_completed"] == later["year_decision"]["has_completed"]
