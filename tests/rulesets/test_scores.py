"""What a teacher may type as a test score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulesets import ScoreError, ScoreScale, get_ruleset

SCALE = get_ruleset("tt27").score_scale
FULL_WIDTH_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


def refusal(raw, *, scale: ScoreScale = SCALE) -> str:
    with pytest.raises(ScoreError) as caught:
        scale.parse(raw)
    return caught.value.code


@given(st.integers(1, 10))
def test_every_whole_number_on_the_scale_is_a_score(score):
    assert SCALE.parse(score) == score
    assert SCALE.parse(str(score)) == score


@given(st.integers(1, 10), st.text(" \t\n\u00a0\u3000", max_size=3), st.integers(0, 3))
def test_white_space_leading_zeros_and_full_width_digits_do_not_matter(score, space, zeros):
    typed = space + "0" * zeros + str(score) + space

    assert SCALE.parse(typed) == score
    assert SCALE.parse(typed.translate(FULL_WIDTH_DIGITS)) == score


@pytest.mark.parametrize(
    "raw",
    ["8,5", "8.5", "10,0", "9.0", "8.", ",5", ".5", "-1,5", " 7,25 ", "８，５", "０.５", 8.5, 8.0],
)
def test_a_decimal_separator_is_always_refused(raw):
    assert refusal(raw) == "decimal"


@given(st.integers(0, 99), st.sampled_from(".,"), st.integers(0, 99))
def test_no_decimal_is_ever_rounded(whole, separator, fraction):
    assert refusal(f"{whole}{separator}{fraction}") == "decimal"


@pytest.mark.parametrize("raw", ["0", "00", "-0", " 0 ", "０", 0])
def test_zero_is_refused_with_its_own_code(raw):
    assert refusal(raw) == "zero"


def test_zero_is_a_setting_of_the_scale():
    lenient = ScoreScale(minimum=1, maximum=10, allows_zero=True)

    assert lenient.parse("0") == 0
    assert lenient.parse("1") == 1
    assert refusal("-1", scale=lenient) == "out_of_range"


@given(st.integers().filter(lambda number: number < 0 or number > 10))
def test_other_whole_numbers_are_out_of_range(number):
    assert refusal(number) == "out_of_range"
    assert refusal(str(number)) == "out_of_range"


@pytest.mark.parametrize("raw", ["11", "100", "-1", "１１", "9" * 10, "1" * 5000])
def test_out_of_range(raw):
    assert refusal(raw) == "out_of_range"


@pytest.mark.parametrize(
    "raw",
    ["", " ", "T", "chín", "+5", "1e1", "1_0", "9 9", "8/10", "8-", "--8", "²", "٣", "8,5,0", "."],
)
def test_what_is_no_number_is_refused(raw):
    assert refusal(raw) == "not_a_number"


@pytest.mark.parametrize("raw", [True, False, None, float("nan"), float("inf"), [], b"8"])
def test_what_is_no_text_and_no_whole_number_is_refused(raw):
    assert refusal(raw) == "not_a_number"


@given(st.text() | st.text("0123456789.,- １", max_size=12))
def test_any_text_is_a_score_on_the_scale_or_a_score_error(raw):
    try:
        score = SCALE.parse(raw)
    except ScoreError:
        return
    assert 1 <= score <= 10


def test_the_error_says_what_was_typed_and_what_is_allowed():
    with pytest.raises(ScoreError) as caught:
        SCALE.parse(" 11 ")

    assert caught.value.params == {"raw": " 11 ", "minimum": 1, "maximum": 10}


@given(st.integers(-30, 30))
def test_another_scale_has_its_own_bounds(number):
    scale = ScoreScale(minimum=1, maximum=20, allows_zero=True)

    if 0 <= number <= 20:
        assert scale.parse(number) == number
    else:
        assert refusal(number, scale=scale) == "out_of_range"
