import io
import logging
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from pikepdf import Pdf

from reportcards.documents.typesetting import (
    AddressRefused,
    StaticFilesFetcher,
    render_pdf,
    typesetting,
)
from tests.reportcards.reading import pages_of, text_of

FONT = "fonts/liberation/LiberationSerif-Regular.ttf"


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
    with Pdf.open(io.BytesIO(document)) as pdf:
        assert not pdf.attachments


def test_the_stylesheet_and_the_fonts_are_read_once() -> None:
    assert typesetting() is typesetting()


def test_a_page_is_the_same_bytes_each_time() -> None:
    html = "<p>Học bạ</p>"
    assert render_pdf(html) == render_pdf(html)
    assert pages_of(render_pdf(html)) == ["Học bạ · Trang 1/1"]
