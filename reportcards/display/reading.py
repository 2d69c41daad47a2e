"""What a display form's PDF holds: the text of its pages, and the data node attached to it.

Text is read by PDFium, an engine that had no part in laying it out.
"""

import ctypes
import threading
import unicodedata
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw

DATA_FILE = "du_lieu_hoc_ba.xml"
LINE_END_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})
"""How PDFium says a hyphen at which a line ends."""

_one_at_a_time = threading.Lock()  # PDFium is not made for several threads


class UnreadablePdf(ValueError):
    """The file is no PDF that can be opened, or its attachment cannot be read."""


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Each page's text in NFC, one line a piece of text as the file shows it, in its order.

    A line of print is one line here or several, never a part of one that holds something else:
    two cells of a table are two lines. Spaces are those of the file. All text is there, also
    what is white, hidden or outside of the page; text of annotations is none of the page.
    Raises UnreadablePdf.
    """
    with _one_at_a_time:
        try:
            with pdfium.PdfDocument(pdf) as document:
                return tuple(_page_text(page) for page in document)
        except pdfium.PdfiumError as error:
            raise UnreadablePdf(str(error)) from error


def _page_text(page: pdfium.PdfPage) -> str:
    """In the order in which text is drawn: PDFium's own order sorts what stands on one line."""
    shown = page.get_textpage()
    objects = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    lines = (_text_of(piece, shown).translate(LINE_END_HYPHENS) for piece in objects)
    return "\n".join(unicodedata.normalize("NFC", line) for line in lines)


def _text_of(piece: pdfium.PdfObject, shown: pdfium.PdfTextPage) -> str:
    size = raw.FPDFTextObj_GetText(piece.raw, shown.raw, None, 0)
    letters = ctypes.create_string_buffer(size)
    target = ctypes.cast(letters, ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFTextObj_GetText(piece.raw, shown.raw, target, size)
    return letters.raw[: size - 2].decode("utf-16-le", "replace")


def data_node_in(pdf: bytes) -> bytes | None:
    """The attached data node; None where no file of its name is attached. Raises UnreadablePdf."""
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            attached = document.attachments.get(DATA_FILE)
            return attached.get_file().read_bytes() if attached else None
    except pikepdf.PdfError as error:
        raise UnreadablePdf(str(error)) from error
