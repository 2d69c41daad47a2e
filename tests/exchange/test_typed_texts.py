"""What a cell of a class sheet means."""

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.forms.fields import CommentCell, CountCell, LevelCell, MeasureCell, ScoreCell
from exchange.class_sheets.reader import Uncalculated
from exchange.class_sheets.typed_texts import is_clear_mark, is_same, shown_text, typed_text
from rulesets import TT27

WORDS = {"label": "x", "pupil_name": "Anh"}
LEVELS = (*TT27.subject_levels, TT27.exempt_level)
LEVEL = LevelCell(levels=LEVELS, **WORDS)
TRAIT = LevelCell(levels=TT27.trait_levels, **WORDS)
SCORE = ScoreCell(scale=TT27.score_scale, **WORDS)
COUNT = CountCell(**WORDS)
HEIGHT = MeasureCell(least=10, most=300, refusal="", **WORDS)
COMMENT = CommentCell(**WORDS)


@pytest.mark.parametrize(
    ("cell", "value", "text"),
    [
        (SCORE, 9, "9"),
        (SCORE, 9.0, "9"),
        (SCORE, "9", "9"),
        (SCORE, "9,0", "9"),
        (SCORE, "9.00", "9"),
        (SCORE, " 9 ", " 9 "),
        (SCORE, 9.5, "9.5"),
        (SCORE, "9,5", "9,5"),
        (COUNT, 2.0, "2"),
        (HEIGHT, 132.5, "132.5"),
        (HEIGHT, 26.099999999999998, "26.1"),
        (HEIGHT, "132,5", "132,5"),
        (COMMENT, 9, "9"),
        (COMMENT, "'trích", "'trích"),
        (COMMENT, "=1+1", "=1+1"),
    ],
)
def test_a_value_is_the_text_that_a_control_would_hold(cell, value, text):
    assert typed_text(cell, value) == text


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("T", "T"),
        ("t", "T"),
        ("Hoàn thành tốt", "T"),
        ("HOÀN THÀNH TỐT", "T"),
        ("hoan thanh", "H"),
        ("Chưa hoàn thành", "C"),
        ("Miễn", "M"),
        ("giỏi", "giỏi"),
    ],
)
def test_a_level_is_read_by_code_or_by_word(typed, code):
    assert typed_text(LEVEL, typed, LEVELS) == code


@pytest.mark.parametrize("typed", ["Đ", "đ", "D", "Đạt", unicodedata.normalize("NFD", "Đạt")])
def test_a_trait_is_read_however_the_keyboard_writes_it(typed):
    assert typed_text(TRAIT, typed, TT27.trait_levels) == "Đ"


@pytest.mark.parametrize("typed", ["xóa", "xoá", "XÓA", " xóa ", "Xóa", "xoa"])
@pytest.mark.parametrize("cell", [LEVEL, SCORE, HEIGHT, COMMENT])
def test_the_mark_clears_however_it_is_typed(cell, typed):
    assert typed_text(cell, typed, LEVELS) == ""


def test_a_comment_may_speak_of_clearing():
    assert typed_text(COMMENT, "Em biết xóa bảng.") == "Em biết xóa bảng."


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (datetime.datetime(2026, 10, 9), "09/10/2026"),
        (datetime.date(2026, 10, 9), "09/10/2026"),
        (datetime.time(9, 5), "09:05"),
        (datetime.timedelta(hours=9), "9:00"),
        (True, "TRUE/FALSE"),
        ("#REF!", "#REF!"),
        ("#N/A", "#N/A"),
        (Uncalculated, "chưa được tính"),
    ],
)
@pytest.mark.parametrize("cell", [LEVEL, SCORE, COMMENT, None])
def test_what_a_program_made_of_a_cell_is_refused_with_a_sentence(cell, value, said):
    with pytest.raises(ValueError, match=said.replace("(", r"\(")) as refusal:
        typed_text(cell, value)
    assert str(refusal.value).endswith(".")


@given(
    st.one_of(
        st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates(), st.times()
    )
)
@pytest.mark.parametrize("cell", [LEVEL, SCORE, COUNT, HEIGHT, COMMENT])
def test_any_cell_is_a_text_or_a_sentence(cell, value):
    try:
        assert isinstance(typed_text(cell, value, LEVELS), str)
    except ValueError as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017


@pytest.mark.parametrize(
    ("cell", "typed", "base", "same"),
    [
        (HEIGHT, "132.5", "132,5", True),
        (HEIGHT, "132", "132,5", False),
        (SCORE, "9", "9", True),
        (SCORE, "9,5", "9", False),
        (SCORE, "", "9", False),
        (COMMENT, "Chăm học.  ", "Chăm học.", True),
        (COMMENT, "Chăm", "Cham", False),
        (LEVEL, "X", "", False),
    ],
)
def test_two_texts_may_mean_one_value(cell, typed, base, same):
    assert is_same(cell, typed, base) is same


def test_only_the_mark_is_the_mark():
    assert not is_clear_mark("")
    assert not is_clear_mark("xóa hết")


def test_a_refused_value_is_shown_as_it_stands():
    assert shown_text(datetime.datetime(2026, 10, 9)) == "09/10/2026"
    assert shown_text(Uncalculated) == ""
    assert shown_text(9.5) == "9.5"
