"""What the scripts of a grid are told: which keys set a level, and why a cell takes not a text."""

import pytest
from django.utils import translation

from assessments.forms.grid import Grid
from assessments.key_rules import TYPED, heading_words, level_keys, refusals
from tests.assessments.grid_cells import (
    note_grid,
    preview_one,
    record_grid,
    subject_grid,
    trait_grid,
    typed,
)
from tests.cast import Cast


def sentences(grid: Grid) -> dict[str, str]:
    return {refusal.code: refusal.sentence for refusal in refusals(grid)}


def letters(grid: Grid) -> list[tuple[str, str]]:
    return [(keys.code, keys.plain) for keys in level_keys(grid)]


def test_a_subjects_levels_and_the_exemption_have_keys(cast: Cast) -> None:
    assert letters(subject_grid(cast)) == [("T", ""), ("H", ""), ("C", ""), ("M", "")]


def test_a_letter_with_a_stroke_is_also_typed_without_it(cast: Cast) -> None:
    assert letters(trait_grid(cast)) == [("T", ""), ("Đ", "D"), ("C", "")]


def test_a_key_says_the_name_of_its_level(cast: Cast) -> None:
    assert [keys.name for keys in level_keys(trait_grid(cast))] == [
        "Tốt",
        "Đạt",
        "Cần cố gắng",
    ]


def test_grids_without_levels_have_no_keys(cast: Cast) -> None:
    assert letters(record_grid(cast)) + letters(note_grid(cast, cast.ngoc)) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("chín", "not_a_number"), ("9,5", "decimal"), ("0", "zero"), ("11", "out_of_range")],
)
def test_a_wrong_score_is_told_ahead_in_the_words_of_the_server(
    cast: Cast, text: str, code: str
) -> None:
    grid = subject_grid(cast)
    told = sentences(grid)[code].replace(TYPED, text)

    assert preview_one(grid, typed(cast.anh, "score", text)).sentence == told


def test_a_wrong_level_of_a_subject_is_told_ahead_in_the_words_of_the_server(cast: Cast) -> None:
    grid = subject_grid(cast)
    told = sentences(grid)["level"].replace(TYPED, "X")

    assert preview_one(grid, typed(cast.anh, "level", "X")).sentence == told


def test_a_wrong_level_of_a_trait_is_told_with_the_levels_of_traits(cast: Cast) -> None:
    assert sentences(trait_grid(cast))["level"].endswith("chỉ nhận: T, Đ, C.")


def test_only_what_was_typed_is_left_for_the_script_to_fill_in(cast: Cast) -> None:
    told = sentences(subject_grid(cast))

    assert {code for code, sentence in told.items() if TYPED in sentence} == {
        "not_a_number",
        "level",
    }


def test_a_reader_of_english_is_refused_in_english(cast: Cast) -> None:
    with translation.override("en"):
        told = sentences(subject_grid(cast))["out_of_range"]

    assert told == "A score is a whole number from 1 to 10."


def test_headings_are_known_in_vietnamese_on_an_english_screen() -> None:
    with translation.override("en"):
        words = heading_words().split(";")

    assert {"Họ và tên", "Điểm KTĐK", "Mức đạt được"} <= set(words)


def test_headings_are_known_in_english_on_an_english_screen() -> None:
    vietnamese = set(heading_words().split(";"))
    with translation.override("en"):
        english = set(heading_words().split(";"))

    assert english > vietnamese


def test_no_heading_could_be_taken_for_a_level(cast: Cast) -> None:
    codes = {keys.code for keys in level_keys(subject_grid(cast)) + level_keys(trait_grid(cast))}

    assert not codes & set(heading_words().split(";"))
