"""HTML to PDF, from our own static files alone: no network, no file of the machine."""

import mimetypes
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders
from pypdf import PdfWriter
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "static"
TYPEFACES = "css/documents/typefaces.css"
REPORT_CARD = "css/documents/report_card.css"
SUMMARY_SHEET = "css/documents/summary_sheet.css"

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


def render_pdf(html: str, stylesheet: str = REPORT_CARD) -> bytes:
    with _one_at_a_time:
        setting = typesetting(stylesheet)
        document = HTML(string=html, url_fetcher=setting.fetcher)
        return document.write_pdf(stylesheets=setting.stylesheets, font_config=setting.fonts)


def render_archival_pdf(
    html: str, stylesheet: str, *, attachments: Sequence[Attachment] = ()
) -> bytes:
    """PDF/A-3b with tags; the same bytes for the same arguments."""
    with _one_at_a_time:
        setting = typesetting(stylesheet)
        return HTML(string=html, url_fetcher=setting.fetcher).write_pdf(
            stylesheets=setting.stylesheets,
            font_config=setting.fonts,
            attachments=attachments,
            pdf_variant="pdf/a-3b",
            pdf_tags=True,
        )


def join_pdfs(documents: Iterable[bytes], *, title: str) -> bytes:
    """One file; each document starts on an odd page, so that sheets printed on both sides part."""
    writer = PdfWriter()
    for document in documents:
        if len(writer.pages) % 2:
            writer.add_blank_page()
        writer.append(BytesIO(document), import_outline=False)
    writer.add_metadata({"/Title": title})
    joined = BytesIO()
    writer.write(joined)
    return joined.getvalue()
