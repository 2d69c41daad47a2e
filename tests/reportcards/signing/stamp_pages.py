"""Stamps on a page of their own, read and looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Pdf

from reportcards.signing import stamp_typeface
from reportcards.signing.stamp_typeface import RESOURCE_NAME


@dataclass(frozen=True)
class Letter:
    """Where a letter's ink is, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def page_of(content: bytes, width: float, height: float) -> bytes:
    with Pdf.new() as document:
        document.add_blank_page(page_size=(width, height))
        fonts = Dictionary({RESOURCE_NAME: stamp_typeface.embed(document)})
        page = document.pages[0].obj
        page.Resources = Dictionary(Font=fonts)
        page.Contents = document.make_stream(content)
        written = BytesIO()
        document.save(written)
        return written.getvalue()


def letters_on(pdf: bytes) -> list[Letter]:
    """In the order in which they were drawn, without spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        drawn = ((text.get_text_range(n, 1), n) for n in range(text.count_chars()))
        return [
            Letter(letter, *text.get_charbox(number)) for letter, number in drawn if letter.strip()
        ]


def text_on(pdf: bytes) -> str:
    """Its lines, each with single spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage().get_text_range()
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def colours_in(pdf: bytes) -> set[tuple[float, ...]]:
    """Of lines and of areas, as parts of red, green and blue."""
    with Pdf.open(BytesIO(pdf)) as document:
        orders = pikepdf.parse_content_stream(document.pages[0], "rg RG g G k K sc SC")
        return {tuple(float(part) for part in each.operands) for each in orders}


def operators_in(pdf: bytes) -> set[str]:
    with Pdf.open(BytesIO(pdf)) as document:
        return {str(each.operator) for each in pikepdf.parse_content_stream(document.pages[0])}


def are_inside(letters: Iterable[Letter], width: float, height: float) -> bool:
    return all(
        each.left >= 0 and each.bottom >= 0 and each.right <= width and each.top <= height
        for each in letters
    )
