"""HTML to PDF, from our own static files alone: no network, no file of the machine."""

import mimetypes
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pydyf
from cssselect2 import ElementWrapper
from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Attachment
from weasyprint import Document as WeasyPrintDocument
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "static"
POINTS = 0.75  # of a pixel of the stylesheets
ELEMENTS = "css/documents/elements.css"
TYPEFACES = "css/documents/typefaces.css"
REPORT_CARD = "css/documents/report_card.css"
SUMMARY_SHEET = "css/documents/summary_sheet.css"
PERIOD_REPORT = "css/documents/period_report.css"

# Characters that no XML may hold; what is typed has none, what was stored once might.
NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])

# Pango's font map is not made for several threads, and layout holds the interpreter anyway.
_one_at_a_time = threading.Lock()


class AddressRefused(ValueError):
    """A document names something that is none of our static files."""


class StaticFilesFetcher(URLFetcher):
    """Answers `static:fonts/…` and refuses every other address."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, path = url.partition(":")
        found = finders.find(path) if scheme == SCHEME and path else None
        if found is None:
            raise AddressRefused(url)
        content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": content_type})


@dataclass(frozen=True)
class Typesetting:
    stylesheets: tuple[CSS, ...]
    fonts: FontConfiguration
    fetcher: StaticFilesFetcher


@cache
def typesetting(stylesheet: str = REPORT_CARD) -> Typesetting:
    """A stylesheet and its fonts, read once a process: most of the time of a short document."""
    fonts, fetcher = FontConfiguration(), StaticFilesFetcher()
    stylesheets = (
        CSS(url=f"{SCHEME}:{path}", font_config=fonts, url_fetcher=fetcher)
        for path in (TYPEFACES, stylesheet)
    )
    return Typesetting(tuple(stylesheets), fonts, fetcher)


def render_pdf(
    html: str,
    stylesheet: str = REPORT_CARD,
    *,
    finish: Callable[[pydyf.PDF], None] | None = None,
) -> bytes:
    """`finish` may add to the file before it is written."""
    with _one_at_a_time:
        setting = typesetting(stylesheet)
        return _written(HTML(string=html, url_fetcher=setting.fetcher), setting, finish)


def _written(page: HTML, setting: Typesetting, finish: Callable[[pydyf.PDF], None] | None) -> bytes:
    return page.write_pdf(
        stylesheets=setting.stylesheets,
        font_config=setting.fonts,
        finisher=lambda _document, pdf: finish(pdf) if finish else None,
    )


class ArchivalPage(HTML):
    """Read by the parser of the standard library, and laid out without the browsers' own rules.

    The two cost a sixth of the time of a short document.
    """

    def __init__(self, html: str, fetcher: StaticFilesFetcher) -> None:
        root = ElementTree.fromstring(html)  # noqa: S314 -- a template of ours
        self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: FBT001, FBT002
        return [element_rules()]


def render_paper(
    html: str,
    stylesheet: str = REPORT_CARD,
    *,
    finish: Callable[[pydyf.PDF], None] | None = None,
) -> bytes:
    """As render_pdf, of what an archival page may hold, and as much faster."""
    with _one_at_a_time:
        setting = typesetting(stylesheet)
        return _written(ArchivalPage(html.translate(NOT_XML), setting.fetcher), setting, finish)


@cache
def element_rules() -> CSS:
    return CSS(url=f"{SCHEME}:{ELEMENTS}", url_fetcher=StaticFilesFetcher())


@dataclass(frozen=True)
class Place:
    """Of an element with an id: its page (0 is the first) and its upper left corner.

    In points from the lower left corner of the page.
    """

    page: int
    left: float
    top: float


@dataclass(frozen=True)
class ArchivalPdf:
    content: bytes
    places: dict[str, Place]


def render_archival_pdf(
    html: str,
    stylesheet: str,
    *,
    attachments: Sequence[Attachment] = (),
    finish: Callable[[pydyf.PDF], None] | None = None,
    is_compressed: bool = True,
) -> ArchivalPdf:
    """PDF/A-3b with tags; the same bytes for the same arguments.

    `html`: well-formed XML, of the elements in `elements.css`. `finish` may add to the file before
    it is written. `is_compressed`: not, where somebody writes the file again, and compresses it in
    half the time.
    """
    options = {"pdf_variant": "pdf/a-3b", "pdf_tags": True}
    with _one_at_a_time:
        setting = typesetting(stylesheet)
        document = ArchivalPage(html, setting.fetcher).render(
            stylesheets=setting.stylesheets, font_config=setting.fonts, **options
        )
        content = document.write_pdf(
            attachments=attachments,
            finisher=lambda _document, pdf: _finish(pdf, finish),
            uncompressed_pdf=not is_compressed,
            **options,
        )
        return ArchivalPdf(content, dict(_places(document)))


def _finish(pdf: pydyf.PDF, finish: Callable[[pydyf.PDF], None] | None) -> None:
    if "AF" in pdf.catalog:  # WeasyPrint names each associated file twice.
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    if finish:
        finish(pdf)


def _places(document: WeasyPrintDocument) -> Iterator[tuple[str, Place]]:
    for number, page in enumerate(document.pages):
        for name, (x, y, *_corner) in page.anchors.items():
            yield name, Place(number, x * POINTS, (page.height - y) * POINTS)
