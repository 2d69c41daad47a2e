"""Where something stands in the PDF of a display form, in points from the lower left corner."""

import io

import pypdfium2
from pikepdf import Pdf
from PIL.Image import Image

from reportcards.documents.measures import MILLIMETRE

LEFT, RIGHT, ABOVE, BELOW = (length * MILLIMETRE for length in (20, 193, 283, 9))

Edges = tuple[float, ...]  # left, bottom, right, top


def opened(document: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(document))


def field_boxes(document: bytes) -> dict[str, Edges]:
    """Left, bottom, right and top of each signature field, in points."""
    with opened(document) as pdf:
        return {
            str(field.T): tuple(float(edge) for edge in field.Rect)
            for field in pdf.Root.AcroForm.Fields
        }


def place_of(document: bytes, text: str, page: int = -1) -> Edges:
    """Of the last place on the page with this text."""
    pdf = pypdfium2.PdfDocument(document)
    shown = pdf[page % len(pdf)].get_textpage()
    first = shown.get_text_range().rfind(text)
    assert first >= 0, text
    boxes = [shown.get_charbox(at) for at in range(first, first + len(text))]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def assert_within_the_margins(
    document: bytes,
    *,
    left_edge: float = LEFT,
    right_edge: float = RIGHT,
    below: float = BELOW,
    above: float = ABOVE,
) -> None:
    for page in pypdfium2.PdfDocument(document):
        shown = page.get_textpage()
        for at in range(shown.count_chars()):
            left, bottom, right, top = shown.get_charbox(at)
            is_drawn = right > left
            assert not is_drawn or (
                left > left_edge - 1
                and right < right_edge + 1
                and bottom > below
                and top < above + 1
            ), shown.get_text_range(max(at - 20, 0), 40)


def painted(document: bytes, *, scale: float = 1.0) -> list[Image]:
    """Each page in grey; at the scale of 1 a point is a pixel."""
    return [
        page.render(scale=scale).to_pil().convert("L") for page in pypdfium2.PdfDocument(document)
    ]
