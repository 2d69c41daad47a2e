"""The grids' controls, written without templates, say what Django's own say."""

import re
from html import unescape

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from assessments.forms.widgets import Base, LevelSelect, LongText, ShortText

CHOICES = [("", "–"), ("T", "T"), ("H", "H"), ("C", "C"), ("M", "M")]
ATTRIBUTES = {"class": "grid__control", "data-kind": "level", "aria-label": "Mức, H'Hen Niê"}
TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"))


def parts(html: str) -> list[tuple[str, list[str], str]]:
    """Each element: its tag, its attributes in any order, and the text after it."""
    found = re.findall(r"<(/?\w+)([^>]*)>([^<]*)", html)
    return [
        (tag, sorted(re.findall(r'[\w-]+(?:="[^"]*")?', attributes)), unescape(text))
        for tag, attributes, text in found
        if tag != "/input"
    ]


def same(ours: forms.Widget, djangos: forms.Widget, value: object) -> bool:
    extra = {"id": "id_e1-level", "aria-invalid": "true"}
    mine = parts(ours.render("e1-level", value, extra))
    theirs = parts(djangos.render("e1-level", value, extra))
    return [(tag, names, text.strip("\n ")) for tag, names, text in mine] == [
        (tag, names, text.strip("\n ")) for tag, names, text in theirs
    ]


@pytest.mark.parametrize("level", [code for code, _label in CHOICES])
def test_a_level_is_chosen_as_in_djangos_select(level: str) -> None:
    ours = LevelSelect(ATTRIBUTES, CHOICES)
    assert same(ours, forms.Select(ATTRIBUTES, CHOICES), level)


@pytest.mark.parametrize("level", [None, "X", "<b>", 7])
def test_what_is_no_level_chooses_the_empty_one(level: object) -> None:
    html = LevelSelect(ATTRIBUTES, CHOICES).render("e1-level", level)
    assert re.findall(r'value="([^"]*)" selected', html) == [""]
    assert "&lt;b" not in html


@given(TYPED)
def test_a_short_text_is_djangos(typed: str) -> None:
    assert same(ShortText(ATTRIBUTES), forms.TextInput(ATTRIBUTES), typed)


def test_an_empty_short_text_has_no_value() -> None:
    assert same(ShortText(ATTRIBUTES), forms.TextInput(ATTRIBUTES), None)


@given(TYPED)
def test_a_long_text_is_djangos(typed: str) -> None:
    assert same(LongText({"rows": 1}), forms.Textarea({"cols": "40", "rows": 1}), typed)


def test_a_long_text_keeps_its_first_line_break() -> None:
    """The browser drops one line break after the tag."""
    assert ">\n\nHai dòng</textarea>" in LongText().render("e1-comment", "\nHai dòng")


@pytest.mark.parametrize("widget", [ShortText(), LongText(), Base()])
def test_markup_in_a_text_stays_text(widget: forms.Widget) -> None:
    html = widget.render("e1-comment", '"><script>alert(1)</script>')
    assert "<script" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_a_base_is_a_hidden_value_under_its_name() -> None:
    html = Base(ATTRIBUTES).render("initial-e1-level", "T", {"id": "initial-id_e1-level"})
    assert html == '<input type="hidden" name="initial-e1-level" value="T">'


def test_an_empty_base_has_no_value() -> None:
    assert (
        Base().render("initial-e1-level", None) == '<input type="hidden" name="initial-e1-level">'
    )


@pytest.mark.parametrize("value", [True, False, "", 0, 'x"><script>', "a&b'c"])
def test_attributes_of_every_kind_are_djangos(value: object) -> None:
    attributes = {**ATTRIBUTES, "data-any": value}
    assert same(ShortText(attributes), forms.TextInput(attributes), "7")
