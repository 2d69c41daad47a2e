"""A QR code at the foot of every page, drawn as squares: sharp in print, and no picture."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pydyf
import segno

from reportcards.documents.measures import MILLIMETRE

NAME = "Code"
# Readers take any of the eight; to look for the most even one takes most of the time of a code.
MASK = 2


@dataclass(frozen=True)
class Corner:
    """Where the code stands: its size, and how far it is from the edges of the page, in points."""

    size: float = 16 * MILLIMETRE
    from_the_right: float = 17 * MILLIMETRE
    from_the_bottom: float = 5.5 * MILLIMETRE


def draw_on_every_page(pdf: pydyf.PDF, address: str, corner: Corner = Corner()) -> None:
    """Once in the file, and shown by each page.

    As an artifact, since the text beside it says all.
    """
    mark = _mark(address, corner.size)
    pdf.add_object(mark)
    for page in _pages(pdf):
        _resources(pdf, page)["XObject"][NAME] = mark.reference
        _content(pdf, page).stream.append(_shown_on(page, corner))


def code_for(address: str, corner: Corner = Corner()) -> Callable[[pydyf.PDF], None] | None:
    """What finishes a document whose pages show the way to `address`; without one, nothing."""
    return partial(draw_on_every_page, address=address, corner=corner) if address else None


def code_of(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False, mask=MASK)


def _mark(address: str, size: float) -> pydyf.Stream:
    """A form whose modules are one unit wide, from the lower left corner of the code."""
    code = code_of(address)
    modules = len(code.matrix)
    scale = size / modules
    box = pydyf.Array([0, 0, modules, modules])
    extra = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": box,
        "Matrix": pydyf.Array([scale, 0, 0, scale, 0, 0]),
        "Resources": pydyf.Dictionary(),
    }
    return pydyf.Stream([b"0 0 0 rg", *_squares(code.matrix), b"f"], extra, compress=True)


def _squares(matrix: tuple[bytearray, ...]) -> Iterator[bytes]:
    """Neighbours in a row as one rectangle, so that no viewer shows seams between them."""
    for height, row in enumerate(reversed(matrix)):
        begins = 0
        for at, is_dark in enumerate([*row, 0]):
            if not is_dark and begins < at:
                yield b"%d %d %d 1 re" % (begins, height, at - begins)
            if not is_dark:
                begins = at + 1


def _pages(pdf: pydyf.PDF) -> list[pydyf.Dictionary]:
    return [_object(pdf, reference) for reference in pdf.page_references]


def _object(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]


def _resources(pdf: pydyf.PDF, page: pydyf.Dictionary) -> pydyf.Dictionary:
    return _object(pdf, page["Resources"])


def _content(pdf: pydyf.PDF, page: pydyf.Dictionary) -> pydyf.Stream:
    return _object(pdf, page["Contents"])


def _shown_on(page: pydyf.Dictionary, corner: Corner) -> bytes:
    """WeasyPrint's pages count from their top; the code does not."""
    _left, _bottom, right, top = page["MediaBox"]
    x, y = right - corner.from_the_right - corner.size, top - corner.from_the_bottom
    return b"/Artifact BMC q 1 0 0 -1 %.3f %.3f cm /%s Do Q EMC" % (x, y, NAME.encode())
