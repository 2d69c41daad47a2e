"""Pages beside the picture of how they looked when somebody last looked at them."""

from pathlib import Path

import pytest
import weasyprint
from PIL import Image, ImageChops, ImageStat
from weasyprint.text.ffi import pango

from tests.reportcards.display.pdf_places import painted

DRAWN_BY = ("70.0", 15012)
SCALE = 0.3
GREY_LEVELS = 0.3  # of 255, on an average; a foot half a point larger makes 0.4

on_the_versions_that_drew = pytest.mark.skipif(
    (weasyprint.__version__, pango.pango_version()) != DRAWN_BY,
    reason="other versions set letters a hair's breadth elsewhere",
)


def assert_looks_as_seen(documents: list[bytes], drawn: Path, folder: Path) -> None:
    """`folder`: where the pages of now are put, to be looked at."""
    pages = [page for document in documents for page in painted(document, scale=SCALE)]
    sheet = _side_by_side(pages)
    now = folder / drawn.name
    sheet.save(now, optimize=True)
    with Image.open(drawn) as seen:
        assert seen.size == sheet.size, f"look at {now}, and put it in the place of {drawn}"
        difference = ImageStat.Stat(ImageChops.difference(seen, sheet)).mean[0]
    assert difference < GREY_LEVELS, f"look at {now}, and put it in the place of {drawn}"


def _side_by_side(pages: list[Image.Image]) -> Image.Image:
    sheet = Image.new("L", (sum(page.width for page in pages), pages[0].height))
    across = 0
    for page in pages:
        sheet.paste(page, (across, 0))
        across += page.width
    return sheet
