import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from assessments.completeness import REQUIRED_FIELDS, Kind
from assessments.ruleset_names import RULESET_NAMES
from assessments.wording import (
    decimal_in_words,
    field_name,
    lowered,
    missing_in_words,
    subject_name,
    trait_name,
    translated,
)
from rulesets import RULESETS, TT27, Ruleset, UnknownCode


@pytest.mark.parametrize("ruleset", RULESETS.values(), ids=str)
def test_every_name_of_a_ruleset_can_be_translated(ruleset: Ruleset) -> None:
    levels = (*ruleset.subject_levels, ruleset.exempt_level, *ruleset.trait_levels)
    names = {
        *(subject.name for subject in ruleset.subjects),
        *(trait.name for trait in ruleset.traits),
        *(group.name for group in ruleset.trait_groups),
        *(level.name for level in levels),
        *(row.name for row in ruleset.year_rows),
        *(heading.name for form in ruleset.summary_forms for heading in form.trait_headings),
    }
    assert names <= RULESET_NAMES


def test_codes_are_the_words_of_the_form() -> None:
    assert subject_name(TT27, "toan") == "Toán"
    assert trait_name(TT27, "yeu_nuoc") == "Yêu nước"


@pytest.mark.parametrize("name", [subject_name, trait_name])
def test_a_code_that_the_ruleset_does_not_know_has_no_name(name) -> None:
    with pytest.raises(UnknownCode):
        name(TT27, "thien_van")


def test_a_subject_and_a_trait_of_one_code_are_named_apart() -> None:
    assert (subject_name(TT27, "khoa_hoc"), trait_name(TT27, "khoa_hoc")) == ("Khoa học",) * 2
    assert subject_name(TT27, "ngoai_ngu_1") == "Ngoại ngữ 1"


def test_an_empty_name_stays_empty() -> None:
    """gettext would answer the catalogue's header."""
    with translation.override("en"):
        assert translated("") == ""


@pytest.mark.parametrize(
    ("name", "inside_a_sentence"),
    [("Cuối học kỳ I", "cuối học kỳ I"), ("Đạo đức", "đạo đức"), ("", "")],
)
def test_inside_a_sentence_only_the_first_letter_is_small(
    name: str, inside_a_sentence: str
) -> None:
    assert lowered(name) == inside_a_sentence


@given(st.text())
def test_lowering_twice_is_lowering_once(name: str) -> None:
    assert lowered(lowered(name)) == lowered(name)


def test_a_decimal_is_written_in_the_readers_language() -> None:
    assert decimal_in_words("132.5") == "132,5"
    with translation.override("en"):
        assert decimal_in_words("132.5") == "132.5"


@pytest.mark.parametrize("name", sorted({name for row in REQUIRED_FIELDS.values() for name in row}))
def test_a_field_that_may_be_missing_has_words(name: str) -> None:
    assert "_" not in field_name(name)


def test_what_a_grid_lacks_is_one_sentence() -> None:
    lacking = {Kind.SUBJECT_LEVEL: 4, Kind.TEST_SCORE: 2}
    assert missing_in_words(lacking) == "Thiếu 4 mức, 2 điểm"


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (Kind.TRAIT_LEVEL, "Thiếu 1 mức"),
        (Kind.RECORD_FIELD, "Thiếu 1 ô"),
        (Kind.YEAR_DECISION, "Thiếu 1 kết quả"),
    ],
)
def test_each_kind_has_its_unit(kind: Kind, sentence: str) -> None:
    assert missing_in_words({kind: 1}) == sentence


def test_what_is_not_lacking_is_not_told() -> None:
    assert missing_in_words({Kind.SUBJECT_LEVEL: 0, Kind.TEST_SCORE: 2}) == "Thiếu 2 điểm"


@pytest.mark.parametrize("lacking", [{}, {Kind.SUBJECT_LEVEL: 0}])
def test_nothing_lacking_is_told_as_done(lacking: dict[Kind, int]) -> None:
    assert missing_in_words(lacking) == "Đã nhập đủ"
