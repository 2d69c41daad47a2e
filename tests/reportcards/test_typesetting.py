import io
import logging
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from pypdf import PdfReader, PdfWriter

from reportcards.documents.typesetting import (
    AddressRefused,
    StaticFilesFetcher,
    join_pdfs,
    render_pdf,
    typesetting,
)
from tests.reportcards.reading import pages_of, text_of, title_of

FONT = "fonts/liberation/LiberationSerif-Regular.ttf"


def a_pdf(pages: int) -> bytes:
    writer, buffer = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(buffer)
    return buffer.getvalue()


def length_of(document: bytes) -> int:
    return len(PdfReader(io.BytesIO(document)).pages)


def test_the_fetcher_answers_with_our_own_static_files() -> None:
    response = StaticFilesFetcher().fetch(f"static:{FONT}")
    assert response.read() == Path("static", FONT).read_bytes()


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        f"file://{Path('static', FONT).resolve()}",
        "http://127.0.0.1/x.css",
        "https://example.org/x.png",
        "ftp://example.org/x",
        "data:text/css,body{color:red}",
        "//example.org/x.png",
        FONT,
        "static:",
        "static:fonts/liberation/missing.ttf",
        "static:%2e%2e/manage.py",
        "STATIC:" + FONT,
        "",
    ],
)
def test_the_fetcher_refuses_every_other_address(address: str) -> None:
    fetcher = StaticFilesFetcher()
    with pytest.raises(AddressRefused):
        fetcher.fetch(address)
    with pytest.raises(AddressRefused):
        fetcher(address)
    with pytest.raises(AddressRefused):
        fetcher.open(address)


@pytest.mark.parametrize("path", ["../manage.py", "/etc/passwd", "fonts/../../manage.py"])
def test_the_fetcher_does_not_leave_the_static_folder(path: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        StaticFilesFetcher().fetch(f"static:{path}")


@pytest.mark.parametrize(
    "element",
    [
        '<img src="file:///etc/hostname">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<style>@import "file:///etc/passwd"; p { background: url(data:,) }</style>',
        '<svg><image href="file:///etc/hostname" /></svg>',
    ],
)
def test_an_element_that_wants_more_is_left_out_of_the_document(
    element: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "weasyprint")
    document = render_pdf(f"<p>Trước</p>{element}<p>Sau</p>")
    assert text_of(document) == "Trước Sau · Trang 1/1"
    assert not PdfReader(io.BytesIO(document)).attachments


def test_the_stylesheet_and_the_fonts_are_read_once() -> None:
    assert typesetting() is typesetting()


def test_joined_documents_start_on_odd_pages() -> None:
    joined = join_pdfs([a_pdf(1), a_pdf(3), a_pdf(2)], title="Lớp 4A")
    assert length_of(joined) == 2 + 4 + 2
    assert title_of(joined) == "Lớp 4A"


def test_no_blank_page_follows_the_last_document() -> None:
    assert length_of(join_pdfs([a_pdf(2), a_pdf(1)], title="Lớp 4A")) == 3


def test_nothing_to_join_is_an_empty_file() -> None:
    assert length_of(join_pdfs([], title="Lớp 4A")) == 0


def test_a_page_is_the_same_bytes_each_time() -> None:
    html = "<p>Học bạ</p>"
    assert render_pdf(html) == render_pdf(html)
    assert pages_of(render_pdf(html)) == ["Học bạ · Trang 1/1"]
