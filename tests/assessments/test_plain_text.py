import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.forms.text import plain_text, with_plain_line_ends

ACUTE = "\u0301"
ZERO_WIDTH_SPACE = "\u200b"


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("  Em chăm học.  ", "Em chăm học."),
        ("Em chăm.\r\nEm ngoan.", "Em chăm.\nEm ngoan."),
        ("Em chăm.\rEm ngoan.", "Em chăm.\nEm ngoan."),
        ("Em chăm.\u2028Em ngoan.", "Em chăm.\nEm ngoan."),
        ("Em chăm.   \nEm ngoan.", "Em chăm.\nEm ngoan."),
        ("Em\tchăm\u00a0học.", "Em chăm học."),
        ("Em\u200b chăm\ufeff học.", "Em chăm học."),
        ("Em\x00 chăm\x07 học.", "Em chăm học."),
        ("\u202eEm chăm học.", "Em chăm học."),
        ("Em chăm học ☺\ufe0f.", "Em chăm học ☺."),
        ("\n\n \n", ""),
    ],
)
def test_what_is_pasted_becomes_plain(raw: str, plain: str) -> None:
    assert plain_text(raw) == plain


def test_a_name_of_the_highlands_keeps_its_letters() -> None:
    assert plain_text("Y Bình Êban, H'Hen Niê, Ƀăng") == "Y Bình Êban, H'Hen Niê, Ƀăng"


def test_indentation_inside_a_text_stays() -> None:
    assert plain_text("Đọc:\n  to, rõ ràng") == "Đọc:\n  to, rõ ràng"


def test_letters_typed_with_separate_marks_are_composed() -> None:
    assert plain_text("e" + ACUTE) == "é"


def test_an_invisible_character_before_a_mark_does_not_keep_it_apart() -> None:
    assert plain_text("e" + ZERO_WIDTH_SPACE + ACUTE) == "é"


@given(st.text())
def test_plain_text_is_plain_already(raw: str) -> None:
    assert plain_text(plain_text(raw)) == plain_text(raw)


@given(st.text())
def test_both_unicode_forms_of_a_text_are_one_text(raw: str) -> None:
    composed = plain_text(unicodedata.normalize("NFC", raw))
    assert plain_text(unicodedata.normalize("NFD", raw)) == composed


@given(st.text())
def test_nothing_invisible_is_kept_but_line_ends(raw: str) -> None:
    categories = {unicodedata.category(char) for char in plain_text(raw) if char != "\n"}
    assert categories.isdisjoint({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@given(st.text(alphabet="aăâêôơưđ ,.\n", max_size=80))
def test_no_letter_of_an_ordinary_text_is_lost(raw: str) -> None:
    assert "".join(plain_text(raw).split()) == "".join(raw.split())


@given(st.lists(st.text(alphabet="ab", max_size=5), max_size=5))
def test_browsers_line_ends_are_the_stored_ones(lines: list[str]) -> None:
    assert with_plain_line_ends("\r\n".join(lines)) == "\n".join(lines)
