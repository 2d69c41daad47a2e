"""The cells of the grids by themselves: what each takes, what it refuses and with which words."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from assessments.forms.fields import (
    CommentCell,
    CountCell,
    GridCell,
    LevelCell,
    MeasureCell,
    ScoreCell,
    measure_text,
)
from rulesets import TT27

WORDS = {"label": "Ô", "pupil_name": "Lê Minh Anh"}
REFUSAL = "Chiều cao tính bằng cm."


def score_cell() -> ScoreCell:
    return ScoreCell(scale=TT27.score_scale, **WORDS)


def height_cell() -> MeasureCell:
    return MeasureCell(least=10, most=300, refusal=REFUSAL, **WORDS)


def level_cell() -> LevelCell:
    return LevelCell(levels=(*TT27.subject_levels, TT27.exempt_level), **WORDS)


def every_cell() -> list[GridCell]:
    return [score_cell(), height_cell(), level_cell(), CountCell(**WORDS), CommentCell(**WORDS)]


def refusal_of(cell: GridCell, typed: str) -> str:
    with pytest.raises(ValidationError) as refused:
        cell.clean(typed)
    (sentence,) = refused.value.messages
    return sentence


@pytest.mark.parametrize("cell", every_cell(), ids=lambda cell: type(cell).__name__)
@pytest.mark.parametrize("typed", ["", None])
def test_an_empty_cell_is_never_wrong(cell: GridCell, typed: str | None) -> None:
    assert cell.clean(typed) in {None, ""}


@pytest.mark.parametrize("cell", every_cell(), ids=lambda cell: type(cell).__name__)
def test_a_cell_is_named_with_its_pupil_for_those_who_listen(cell: GridCell) -> None:
    assert cell.widget.attrs["aria-label"] == "Ô, Lê Minh Anh"


# Scores


@given(st.integers(min_value=1, max_value=10))
def test_every_score_of_the_scale_is_taken(score: int) -> None:
    assert score_cell().clean(f" {score} ") == score


@given(st.integers().filter(lambda score: not 0 <= score <= 10))
def test_every_other_whole_number_is_refused_with_the_scale(score: int) -> None:
    assert refusal_of(score_cell(), str(score)) == "Điểm là số nguyên từ 1 đến 10."


@given(st.integers(0, 10), st.sampled_from(",."), st.integers(0, 99))
def test_every_decimal_is_refused_as_one(whole: int, separator: str, rest: int) -> None:
    typed = f"{whole}{separator}{rest}"
    assert refusal_of(score_cell(), typed).startswith("Không cho điểm thập phân")


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_score_or_one_sentence(typed: str) -> None:
    sentences: list[str] = []
    try:
        score = score_cell().clean(typed)
    except ValidationError as refused:
        score, sentences = None, refused.messages
    assert score in {None, *range(1, 11)}
    assert all("từ 1 đến 10" in sentence for sentence in sentences)


def test_what_is_no_number_is_quoted_even_with_a_percent_sign() -> None:
    assert refusal_of(score_cell(), "90%(x)s").startswith("“90%(x)s” không phải là số")


def test_a_score_typed_with_an_input_method_for_wide_letters_is_taken() -> None:
    assert score_cell().clean("９") == 9


# Levels


@pytest.mark.parametrize("code", ["T", "H", "C", "M"])
def test_the_levels_of_the_ruleset_are_taken(code: str) -> None:
    assert level_cell().clean(code) == code


def test_another_level_is_refused_with_those_that_exist() -> None:
    sentence = "Mức “Đ” không có trong quy định; chỉ nhận: T, H, C, M."
    assert refusal_of(level_cell(), "Đ") == sentence


def test_levels_of_traits_are_not_those_of_subjects() -> None:
    cell = LevelCell(levels=TT27.trait_levels, **WORDS)
    assert refusal_of(cell, "M") == "Mức “M” không có trong quy định; chỉ nhận: T, Đ, C."


# Half days


@given(st.integers(0, 200))
def test_a_number_of_half_days_of_a_year_is_taken(count: int) -> None:
    assert CountCell(**WORDS).clean(str(count)) == count


@pytest.mark.parametrize("typed", ["201", "-1", "2.0", "2,5", "²", "hai", "1 2", "9" * 5000])
def test_other_numbers_of_half_days_are_refused(typed: str) -> None:
    assert refusal_of(CountCell(**WORDS), typed) == "Số buổi là số nguyên từ 0 đến 200."


# Measures


@given(st.decimals(10, 300, places=1), st.sampled_from(",."))
def test_a_height_with_one_decimal_is_taken_with_comma_and_point(
    height: Decimal, separator: str
) -> None:
    assert height_cell().clean(str(height).replace(".", separator)) == height


@pytest.mark.parametrize(
    "typed", ["9,9", "300,1", "1.285", "128,55", "1e2", "-130", "130 cm", "NaN", "1,2,8", ","]
)
def test_another_height_is_refused_with_an_example(typed: str) -> None:
    assert refusal_of(height_cell(), typed) == REFUSAL


@pytest.mark.parametrize(
    ("value", "text"),
    [("132.5", "132,5"), ("29.0", "29"), ("29", "29"), ("0.5", "0,5"), ("100", "100")],
)
def test_a_measure_is_written_as_people_write_it(value: str, text: str) -> None:
    assert measure_text(Decimal(value)) == text


@given(st.decimals(10, 300, places=1), st.sampled_from(["vi", "en"]))
def test_what_a_page_shows_of_a_measure_is_read_back_the_same(
    height: Decimal, language: str
) -> None:
    with translation.override(language):
        cell = height_cell()
        assert cell.clean(cell.prepare_value(height)) == height


def test_what_was_typed_wrongly_is_shown_as_it_was_typed() -> None:
    assert height_cell().prepare_value("một mét") == "một mét"


# Comments


def test_a_comment_is_counted_after_it_was_made_plain() -> None:
    assert CommentCell(longest=5, **WORDS).clean("  chăm \u200b ") == "chăm"


def test_a_long_comment_says_how_long_it_is() -> None:
    sentence = "Nhận xét dài tối đa 5 ký tự; đang có 8."
    assert refusal_of(CommentCell(longest=5, **WORDS), "chăm học") == sentence


# The value that the page was made from


@pytest.mark.parametrize("cell", [score_cell(), CountCell(**WORDS)], ids=["score", "count"])
def test_a_number_that_was_shown_is_its_own_base(cell: GridCell) -> None:
    assert cell.base_value("9") == 9


@pytest.mark.parametrize(
    "cell", [score_cell(), CountCell(**WORDS), height_cell()], ids=["score", "count", "height"]
)
@pytest.mark.parametrize("raw", ["", "chín", "9" * 5000, "²"], ids=["none", "word", "huge", "sup"])
def test_a_base_that_no_page_has_shown_is_no_value(cell: GridCell, raw: str) -> None:
    assert cell.base_value(raw) is None


def test_a_base_of_several_lines_is_what_is_stored() -> None:
    assert CommentCell(**WORDS).base_value("Em chăm.\r\nEm ngoan.") == "Em chăm.\nEm ngoan."
