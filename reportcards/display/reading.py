"""What a display form's PDF holds: the text of its pages, and the data node attached to it.

Text is read by PDFium, an engine that had no part in laying it out.
"""

import ctypes
import threading
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from reportcards.profiles.document import DATA_FILE

LINE_END_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})
"""How PDFium says a hyphen at which a line ends."""

MOST_PAGES = 60
MOST_LETTERS_A_PAGE = 20_000
MOST_PIECES_A_PAGE = 4_000
LARGEST_DATA = 1_000_000
"""Bytes. All of these are several times what a card with the longest comments has."""

USUAL_ROOM = 512
"""Bytes that hold a line of print in UTF-16."""

one_at_a_time = threading.Lock()  # PDFium is not made for several threads


class UnreadablePdf(ValueError):
    """The file is no PDF that can be opened, or none that is read: too much stands in it."""


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Each page's text in NFC, one line a piece of text as the file shows it, in its order.

    A line of print is one line here or several, never a part of one that holds something else:
    two cells of a table are two lines. Spaces are those of the file. All text is there, also
    what is white, hidden or outside of the page; text of annotations is none of the page.
    Raises UnreadablePdf.
    """
    with one_at_a_time:
        try:
            with pdfium.PdfDocument(pdf) as document:
                if len(document) > MOST_PAGES:
                    raise UnreadablePdf(f"{len(document)} pages")
                return tuple(_page_text(page) for page in document)
        except pdfium.PdfiumError as error:
            raise UnreadablePdf(str(error)) from error


def page_count(pdf: bytes) -> int:
    """Raises UnreadablePdf."""
    with one_at_a_time:
        try:
            with pdfium.PdfDocument(pdf) as document:
                return len(document)
        except pdfium.PdfiumError as error:
            raise UnreadablePdf(str(error)) from error


def _page_text(page: pdfium.PdfPage) -> str:
    """In the order in which text is drawn: PDFium's own order sorts what stands on one line."""
    shown = page.get_textpage()
    objects = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
    if shown.count_chars() > MOST_LETTERS_A_PAGE or len(objects) > MOST_PIECES_A_PAGE:
        raise UnreadablePdf(f"{shown.count_chars()} letters, {len(objects)} pieces on a page")
    lines = [_text_of(piece, shown).translate(LINE_END_HYPHENS) for piece in objects]
    if _letters(lines) != _letters([shown.get_text_range().translate(LINE_END_HYPHENS)]):
        raise UnreadablePdf("text outside of what the page's objects show")
    return "\n".join(unicodedata.normalize("NFC", line) for line in lines)


def _letters(lines: Iterable[str]) -> Counter[str]:
    """Whatever their order; white space depends on it."""
    return Counter("".join("".join(lines).split()))


def _text_of(piece: pdfium.PdfObject, shown: pdfium.PdfTextPage, room: int = USUAL_ROOM) -> str:
    letters = ctypes.create_string_buffer(room)
    target = ctypes.cast(letters, ctypes.POINTER(raw.FPDF_WCHAR))
    size = raw.FPDFTextObj_GetText(piece.raw, shown.raw, target, room)
    if size > room:
        return _text_of(piece, shown, size)
    return letters.raw[: size - 2].decode("utf-16-le", "replace")


def data_node_in(pdf: bytes) -> bytes | None:
    """The attached data node; None where no file of its name is attached. Raises UnreadablePdf."""
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            attached = document.attachments.get(DATA_FILE)
            return _content(attached.get_file().obj) if attached else None
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, zlib.error) as error:
        raise UnreadablePdf(str(error)) from error


def _content(stream: pikepdf.Object) -> bytes:
    """Of a file that is stored as it is or deflated, as everybody stores one; never too much."""
    filters = stream.get("/Filter", pikepdf.Array())
    names = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    if [str(name) for name in names] not in ([], ["/FlateDecode"]) or "/DecodeParms" in stream:
        raise UnreadablePdf("an attachment that is encoded unusually")
    stored = stream.read_raw_bytes()
    content = zlib.decompressobj().decompress(stored, LARGEST_DATA + 1) if names else stored
    if len(content) > LARGEST_DATA:
        raise UnreadablePdf("an attachment that is too large")
    return content
