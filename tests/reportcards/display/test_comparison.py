"""Every letter on the pages of a display form is accounted for, and what differs is named."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportcards.display.comparison import Difference, first_difference
from reportcards.display.form import DisplayForm, SubjectRow, TraitBlock
from reportcards.display.pieces import Piece, pieces
from tests.reportcards.cards import not_assessed_payload
from tests.reportcards.display.pages import DIGEST, a_form, changed, pages_of, pages_with

pytestmark = pytest.mark.any_database

FORM = a_form()
PIECES = pieces(FORM)
SHOWN = [number for number, piece in enumerate(PIECES) if piece.text]
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyÀẢẠĂẰÊẾÔỐƠỜƯỨỲ0123456789.,;:-–()/'\"&<>%"

texts_with_spaces = st.text(LETTERS + "  \n", max_size=300).map(str.strip)


def found_in(shown: Sequence[Piece], form: DisplayForm = FORM) -> Difference | None:
    return first_difference(pages_with(form, shown), form)


@given(width=st.integers(8, 90), height=st.integers(5, 200))
@settings(max_examples=30)
def test_line_and_page_breaks_make_no_difference(width, height):
    assert first_difference(pages_of(FORM, width=width, height=height), FORM) is None


@given(comment=texts_with_spaces, name=texts_with_spaces, width=st.integers(8, 90))
@settings(max_examples=40)
def test_whatever_the_form_says_is_found_on_pages_that_show_it(comment, name, width):
    form = a_form(student={"full_name": name}, comments={"quality": comment})

    assert first_difference(pages_of(form, width=width), form) is None


@given(st.sampled_from(SHOWN), st.data())
@settings(max_examples=150)
def test_one_changed_letter_is_found_and_its_field_named(number, data):
    text = PIECES[number].text
    at = data.draw(st.sampled_from([at for at, letter in enumerate(text) if letter != " "]))
    letter = data.draw(st.sampled_from(LETTERS).filter(lambda letter: letter != text[at]))
    difference = found_in(changed(PIECES, number, text[:at] + letter + text[at + 1 :]))

    assert difference is not None
    assert difference.field == PIECES[number].field
    assert difference.caption == PIECES[number].caption
    assert difference.expected == text


@given(st.sampled_from(SHOWN), st.data())
@settings(max_examples=100)
def test_one_missing_letter_is_found_and_its_field_named(number, data):
    text = PIECES[number].text
    at = data.draw(st.sampled_from([at for at, letter in enumerate(text) if letter != " "]))
    difference = found_in(changed(PIECES, number, text[:at] + text[at + 1 :]))

    assert difference is not None
    assert difference.field == PIECES[number].field


@given(st.sampled_from(SHOWN), st.sampled_from(LETTERS), st.data())
@settings(max_examples=100)
def test_one_letter_more_is_found_and_its_field_named(number, letter, data):
    text = PIECES[number].text
    at = data.draw(st.integers(0, len(text)))
    difference = found_in(changed(PIECES, number, text[:at] + letter + text[at:]))

    assert difference is not None
    assert difference.field == PIECES[number].field


@given(st.sampled_from([n for n in SHOWN if " " in PIECES[n].text]), st.data())
@settings(max_examples=40)
def test_a_space_that_is_lost_is_found(number, data):
    text = PIECES[number].text
    at = data.draw(st.sampled_from([at for at, letter in enumerate(text) if letter == " "]))
    shown = changed(PIECES, number, text[:at] + text[at + 1 :])
    difference = first_difference(pages_with(FORM, shown, width=500), FORM)

    assert difference is not None
    assert difference.field == PIECES[number].field
