"""Rulesets are found by key, and none of them drags in the web framework."""

import subprocess
import sys
from dataclasses import replace

import pytest

from rulesets import (
    RULESETS,
    DuplicateRuleset,
    SubjectOutcome,
    UnknownRuleset,
    YearOutcome,
    YearSource,
    get_ruleset,
    register,
)
from tests.rulesets.invented import KITETEST, kitetest
from tests.rulesets.sources import TT27, perfect_source, with_level

__all__ = ["kitetest"]

both_rulesets = pytest.mark.parametrize("ruleset", [TT27, KITETEST], ids=["tt27", "kitetest"])


def test_circular_27_is_registered():
    assert RULESETS["tt27"] is get_ruleset("tt27") is TT27


@pytest.mark.parametrize("key", ["", "TT27", "tt22", "tt27 "])
def test_an_unknown_key_is_refused(key):
    with pytest.raises(UnknownRuleset):
        get_ruleset(key)


def test_a_second_ruleset_is_found_while_it_is_registered(kitetest):
    assert get_ruleset("kitetest") is kitetest
    assert get_ruleset("tt27") is TT27


def test_a_key_cannot_be_taken_twice(kitetest):
    with pytest.raises(DuplicateRuleset):
        register(kitetest)


def test_a_ruleset_prints_short():
    assert repr(TT27) == "<Ruleset tt27>"


def test_the_regulation_imports_no_django():
    listing = "import sys, rulesets; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", listing], capture_output=True, text=True, check=True
    )

    assert "rulesets" in done.stdout.split()
    assert "django" not in done.stdout.split()


@both_rulesets
def test_codes_are_unique(ruleset):
    for entries in (
        ruleset.subjects,
        ruleset.traits,
        ruleset.trait_groups,
        (*ruleset.subject_levels, ruleset.exempt_level),
        ruleset.trait_levels,
    ):
        codes = [entry.code for entry in entries]
        assert len(set(codes)) == len(codes)


@both_rulesets
def test_tables_name_only_what_the_ruleset_has(ruleset):
    known = {subject.code for subject in ruleset.subjects}
    moments = {*ruleset.periods, ruleset.supplementary_period}

    assert ruleset.special_class_subjects <= known
    for tests in ruleset.due_tests:
        assert tests.subjects <= known
        assert tests.periods <= moments
        assert tests.grade_levels <= set(ruleset.grade_levels)
    for trait in ruleset.traits:
        assert trait.group in ruleset.trait_groups


@both_rulesets
def test_subjects_stand_by_position_and_are_never_both_compulsory_and_optional(ruleset):
    positions = [subject.position for subject in ruleset.subjects]

    assert positions == sorted(set(positions))
    assert not any(s.compulsory_grades & s.optional_grades for s in ruleset.subjects)


@both_rulesets
def test_the_last_outcome_takes_all_others(ruleset):
    assert ruleset.year_rows[-1].outcome == YearOutcome.NOT_COMPLETED
    assert not ruleset.year_rows[-1].least


def test_a_subject_may_be_set_not_to_count_towards_the_result():
    subjects = tuple(
        replace(subject, counts_towards_result=subject.code != "tieng_dan_toc")
        for subject in TT27.subjects
    )
    variant = replace(TT27, key="variant", subjects=subjects)
    source = perfect_source(2, with_optional=True)

    for level in ("T", "H", "C", None):
        result = variant.year_result(with_level(source, "tieng_dan_toc", level))
        assert result.outcome == YearOutcome.EXCELLENT


def test_the_invented_ruleset_judges_by_its_own_levels_and_scale(kitetest):
    knots = SubjectOutcome("knots", "CAO", 15)
    wind = SubjectOutcome("wind", "CAO", 20)
    source = YearSource(2, (knots, wind), {"patience": "G", "steadiness": "G"})

    def outcome(changed: YearSource) -> YearOutcome:
        return kitetest.year_result(changed).outcome

    assert outcome(source) == YearOutcome.GOOD
    assert outcome(with_level(source, "wind", "VUA")) == YearOutcome.COMPLETED
    assert outcome(with_level(source, "wind", "ROI")) == YearOutcome.NOT_COMPLETED
    assert outcome(replace(source, subjects=(replace(knots, score=0), wind))) == "completed"
    assert outcome(replace(source, subjects=(knots,))) == YearOutcome.INCOMPLETE
