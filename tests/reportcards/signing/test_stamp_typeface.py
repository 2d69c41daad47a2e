import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from pikepdf import Object, Pdf

from reportcards.signing import stamp_typeface
from reportcards.signing.stamp_typeface import FACE, drawable, embed, encoded, width
from tests.reportcards.signing.stamp_pages import letters_on, page_of, text_on

VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"
VIETNAMESE = "đ" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in ("", *TONES)
)
HIGHLANDS = "ĕĔĭĬŏŎŭŬčČñÑƀɃ"


@pytest.fixture
def descendant() -> Iterator[Object]:
    """The font with the glyphs."""
    with Pdf.new() as document:
        yield embed(document).DescendantFonts[0]


def set_in_it(text: str) -> bytes:
    line = b"BT /HocbaStamp 6 Tf 1 0 0 1 5 5 Tm " + encoded(text) + b" Tj ET"
    return page_of(line, 900, 20)


@pytest.mark.parametrize("letters", [VIETNAMESE, VIETNAMESE.upper(), HIGHLANDS])
def test_every_letter_of_the_country_is_drawn(letters: str):
    assert drawable(letters) == letters
    assert "".join(each.text for each in letters_on(set_in_it(letters))) == letters


def test_text_is_drawn_in_composed_letters():
    assert drawable(unicodedata.normalize("NFD", "Nguyễn Thị Hạnh")) == "Nguyễn Thị Hạnh"


def test_a_letter_with_a_mark_that_has_no_composed_form_keeps_both():
    assert drawable("Ê̆ban") == "Ê̆ban"


@pytest.mark.parametrize("text", ["李", "😀", "\u202e", "\u200b", "\x00", "ا"])
def test_what_the_typeface_lacks_is_seen_as_a_question_mark(text: str):
    assert drawable(f"a{text}b") == "a?b"


def test_lines_and_tabs_become_single_spaces():
    assert drawable("  Nguyễn\n\tThị   Hạnh ") == "Nguyễn Thị Hạnh"


def test_widths_are_those_of_the_typeface():
    font = TTFont(FACE)
    glyphs, metrics = font.getBestCmap(), font["hmtx"]
    for text in ("Hạnh", "0123", "ỮỮ"):
        units = sum(metrics[glyphs[ord(letter)]][0] for letter in text)
        assert width(text, 10) == pytest.approx(units * 10 / font["head"].unitsPerEm, abs=0.05)


def test_a_reader_finds_the_letters_again():
    assert text_on(set_in_it("Số chứng thư: 0A1B (thử)")) == "Số chứng thư: 0A1B (thử)"


def test_the_widths_that_the_document_says_are_those_of_its_font_file(descendant: Object):
    """PDF/A-3 (ISO 19005-3, 6.2.11.5) lets them differ by no more than a thousandth."""
    file = TTFont(BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
    glyph_of_code, order = descendant.CIDToGIDMap.read_bytes(), file.getGlyphOrder()
    scale = 1000 / file["head"].unitsPerEm
    for first, widths in zip(list(descendant.W)[::2], list(descendant.W)[1::2], strict=True):
        for code, said in enumerate(widths, int(first)):
            glyph = int.from_bytes(glyph_of_code[2 * code : 2 * code + 2])
            assert glyph, hex(code)
            assert abs(file["hmtx"][order[glyph]][0] * scale - int(said)) <= 1


def test_only_part_of_the_typeface_is_embedded(descendant: Object):
    stream = descendant.FontDescriptor.FontFile2
    assert len(stream.read_bytes()) < 60 * 1024
    assert int(stream.Length1) == len(stream.read_bytes())
    assert re.fullmatch(r"/[A-Z]{6}\+LiberationSerif", str(descendant.BaseFont))


def test_the_same_font_is_cut_the_same_way_again():
    first = stamp_typeface._font_file()
    stamp_typeface._font_file.cache_clear()
    stamp_typeface._font.cache_clear()
    assert stamp_typeface._font_file() == first
