"""The typeface of the stamps: part of Liberation Serif, put into a document once for all of them.

Its character codes are those of Unicode, so that a stamp is drawn without knowing the glyphs, and
a later version of the font or of the library that cuts it draws on documents of today as well.
"""

import re
import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf

FACE = Path(__file__).parents[2] / "static/fonts/liberation/LiberationSerif-Regular.ttf"
FONT_NAME = "HCBSTP+LiberationSerif"
RESOURCE_NAME = "/HocbaStamp"

# Latin with the letters of Vietnamese and of the peoples of the highlands, their marks, and the
# punctuation of names and addresses.
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x181),
    (0x1A0, 0x1A1),
    (0x1AF, 0x1B0),
    (0x243, 0x243),
    (0x300, 0x304),
    (0x306, 0x309),
    (0x31B, 0x31B),
    (0x323, 0x323),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2026),
)
MISSING = "?"
# Spaces at which lines may be broken: all but the one that binds.
BREAKS = re.compile(r"[^\S\u00a0]+")
# Of the character codes in a font that has no more than those of Unicode's first plane.
CODE_BYTES = 2


def drawable(text: str) -> str:
    """In composed letters on one line; what the typeface lacks becomes a question mark."""
    composed = unicodedata.normalize("NFC", BREAKS.sub(" ", text).strip())
    return "".join(letter if letter in _advances() else MISSING for letter in composed)


def width(text: str, size: float) -> float:
    """Of drawable text, in points."""
    advances = _advances()
    return sum(advances[letter] for letter in text) * size / 1000


def encoded(text: str) -> bytes:
    """Drawable text as the operand of Tj."""
    return b"<" + text.encode("utf-16-be").hex().encode() + b">"


def embed(pdf: Pdf) -> Object:
    """The font as an object of the document."""
    descriptor = Dictionary(_measures())
    descriptor.Type, descriptor.FontName = Name.FontDescriptor, Name("/" + FONT_NAME)
    descriptor.FontFile2 = pdf.make_stream(_font_file(), Length1=len(_font_file()))
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + FONT_NAME),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        W=_width_array(),
        DW=0,
        CIDToGIDMap=pdf.make_stream(_glyph_of_code()),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/" + FONT_NAME),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_to_unicode()),
        )
    )


@cache
def _advances() -> dict[str, int]:
    """Of each character of the typeface, in thousandths of its size."""
    font = TTFont(FACE, lazy=True)
    units, glyphs, metrics = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"]
    codes = (code for first, last in RANGES for code in range(first, last + 1))
    return {
        chr(code): round(metrics[glyphs[code]][0] * 1000 / units)
        for code in codes
        if code in glyphs
    }


@cache
def _font() -> TTFont:
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["FFTM", "GDEF", "GPOS", "GSUB", "OS/2", "name", "post", "gasp"]
    font = TTFont(FACE, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(letter) for letter in _advances()])
    subsetter.subset(font)
    return font


@cache
def _font_file() -> bytes:
    written = BytesIO()
    _font().save(written)
    return written.getvalue()


@cache
def _glyph_of_code() -> bytes:
    font = _font()
    glyphs = font.getBestCmap()
    numbers = (
        font.getGlyphID(glyphs[code]) if code in glyphs else 0 for code in range(max(glyphs) + 1)
    )
    return b"".join(number.to_bytes(CODE_BYTES) for number in numbers)


def _measures() -> dict[str, object]:
    """Of the whole typeface, in thousandths of its size."""
    font = TTFont(FACE, lazy=True)
    head, horizontal, windows = font["head"], font["hhea"], font["OS/2"]
    scale = 1000 / head.unitsPerEm
    box = (head.xMin, head.yMin, head.xMax, head.yMax)
    return {
        "/Flags": 4,
        "/FontBBox": Array([round(edge * scale) for edge in box]),
        "/ItalicAngle": 0,
        "/Ascent": round(horizontal.ascent * scale),
        "/Descent": round(horizontal.descent * scale),
        "/CapHeight": round(windows.sCapHeight * scale),
        "/StemV": 80,
    }


def _width_array() -> Array:
    """Runs of neighbouring codes: first code, then their widths."""
    runs = Array()
    before = -2
    for code, advance in sorted((ord(letter), each) for letter, each in _advances().items()):
        if code != before + 1:
            runs.append(code)
            runs.append(Array())
        runs[len(runs) - 1].append(advance)
        before = code
    return runs


def _to_unicode() -> bytes:
    """Each code means itself; a range may not cross from one first byte to another."""
    firsts = sorted({ord(letter) >> 8 for letter in _advances()})
    ranges = [f"<{first:02X}00> <{first:02X}FF> <{first:02X}00>" for first in firsts]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            f"{len(ranges)} beginbfrange",
            *ranges,
            "endbfrange endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode()
