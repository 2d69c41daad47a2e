"""A QR code at the foot of every page, drawn as squares: sharp in print, and no picture."""

from collections.abc import Iterator

import pydyf
import segno

MILLIMETRE = 72 / 25.4
SIZE = 16 * MILLIMETRE
FROM_THE_RIGHT = 17 * MILLIMETRE
FROM_THE_BOTTOM = 5.5 * MILLIMETRE
NAME = "Code"


def draw_on_every_page(pdf: pydyf.PDF, address: str) -> None:
    """Once in the file. An artifact of each page, since the text beside it says all."""
    mark = _mark(address)
    pdf.add_object(mark)
    for page in _pages(pdf):
        _resources(pdf, page)["XObject"][NAME] = mark.reference
        _content(pdf, page).stream.append(_shown_on(page))


def _mark(address: str) -> pydyf.Stream:
    """A form whose modules are one unit wide, from the lower left corner of the code."""
    code = segno.make(address, error="m", micro=False)
    modules = len(code.matrix)
    scale = SIZE / modules
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


def _shown_on(page: pydyf.Dictionary) -> bytes:
    """WeasyPrint's pages count from their top; the code does not."""
    _left, _bottom, right, top = page["MediaBox"]
    x, y = right - FROM_THE_RIGHT - SIZE, top - FROM_THE_BOTTOM
    return b"/Artifact BMC q 1 0 0 -1 %.3f %.3f cm /%s Do Q EMC" % (x, y, NAME.encode())
