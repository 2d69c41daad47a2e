"""Where the stamps stand: on no word of the form.

A stamp shows whatever its signer draws, so it has a place of its own.
"""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium

from reportcards.display.reading import one_at_a_time

Box = tuple[float, float, float, float]


def covers_words(content: bytes) -> bool:
    """Whether a field lies over text of its page; of a file whose signatures are believed."""
    boxes = list(_boxes(content))
    with one_at_a_time, pdfium.PdfDocument(content) as document:
        return any(_text_in(document, number, box) for number, box in boxes)


def _boxes(content: bytes) -> Iterator[tuple[int, Box]]:
    """Left, bottom, right and top of each, with the number of its page from 0."""
    with pikepdf.Pdf.open(BytesIO(content)) as document:
        for number, page in enumerate(document.pages):
            for annotation in page.obj.get("/Annots", ()):
                across, upward, other, above = (float(edge) for edge in annotation.Rect)
                yield (
                    number,
                    (
                        min(across, other),
                        min(upward, above),
                        max(across, other),
                        max(upward, above),
                    ),
                )


def _text_in(document: pdfium.PdfDocument, number: int, box: Box) -> str:
    page = document[number]
    shown = page.get_textpage()
    try:
        return shown.get_text_bounded(*box).strip()
    finally:
        shown.close()
        page.close()
