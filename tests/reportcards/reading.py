"""Reads a PDF back, as a person would who copies its text."""

import io
import subprocess
import unicodedata

from pikepdf import Pdf

A4_POINTS = (595, 842)
MARK = "BẢN NHÁP"
REVIEW_MARK = "ĐANG XEM LẠI"


def pages_of(document: bytes) -> list[str]:
    """Each page's text in the order of the document, white space made plain."""
    text = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"],
        input=document,
        capture_output=True,
        check=True,
    ).stdout.decode()
    pages = text.split("\f")[:-1]
    return [unicodedata.normalize("NFC", " ".join(page.split())) for page in pages]


def text_of(document: bytes) -> str:
    return " ".join(pages_of(document))


def sizes_of(document: bytes) -> set[tuple[int, int]]:
    with Pdf.open(io.BytesIO(document)) as pdf:
        boxes = [[round(float(edge)) for edge in page.mediabox] for page in pdf.pages]
    return {(right - left, top - bottom) for left, bottom, right, top in boxes}


def title_of(document: bytes) -> str:
    with Pdf.open(io.BytesIO(document)) as pdf:
        return str(pdf.docinfo["/Title"])


def fonts_of(document: bytes) -> set[str]:
    """The names of the embedded fonts, without the prefix of their subset."""
    listing = subprocess.run(
        ["pdffonts", "-"], input=document, capture_output=True, check=True
    ).stdout.decode()
    return {line.split()[0].partition("+")[2] for line in listing.splitlines()[2:]}


def assert_in_order(text: str, *parts: str) -> None:
    position = 0
    for part in parts:
        found = text.find(part, position)
        assert found >= 0, f"{part!r} does not follow in {text[position : position + 400]!r}"
        position = found + len(part)


def has_mark(page: str, mark: str) -> bool:
    """What stands across a page is read back letter by letter."""
    return mark.replace(" ", "") in page.replace(" ", "")
