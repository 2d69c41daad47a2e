"""A page of ours as PDF/A: what its elements look like, and where they came to lie."""

import io
import logging
from pathlib import Path
from xml.etree.ElementTree import ParseError

import pydyf
import pytest
from pikepdf import Name, Pdf

from reportcards.documents.addresses import verification_address
from reportcards.documents.code_mark import Corner, draw_on_every_page
from reportcards.documents.display_pdf import STYLESHEET
from reportcards.documents.typesetting import (
    ELEMENTS,
    ArchivalPdf,
    Place,
    element_rules,
    render_archival_pdf,
)
from tests.reportcards.pictures import is_sound
from tests.reportcards.reading import text_of

pytestmark = pytest.mark.any_database

UUID = "123e4567-e89b-42d3-a456-556642440000"
MILLIMETRE = 72 / 25.4


def archival(body: str, *, finish=None) -> ArchivalPdf:
    html = f'<html lang="vi"><head><title>Thử</title></head><body>{body}</body></html>'
    return render_archival_pdf(html, STYLESHEET, finish=finish)


def test_an_element_with_an_id_says_where_it_came_to_lie() -> None:
    laid_out = archival('<p id="first">Một</p><p>Hai</p><p class="new-page" id="second">Ba</p>')
    first, second = laid_out.places["first"], laid_out.places["second"]
    assert first == Place(0, pytest.approx(20 * MILLIMETRE), pytest.approx(283 * MILLIMETRE))
    assert second == Place(1, first.left, first.top)


def test_the_same_page_is_the_same_bytes() -> None:
    assert archival("<p>Học bạ</p>").content == archival("<p>Học bạ</p>").content


def test_a_page_without_attachments_has_no_associated_file() -> None:
    with Pdf.open(io.BytesIO(archival("<p>Học bạ</p>").content)) as pdf:
        assert Name.AF not in pdf.Root
        assert not pdf.attachments


def test_whoever_finishes_may_add_to_the_file() -> None:
    def entitle(pdf: pydyf.PDF) -> None:
        pdf.info["Subject"] = pydyf.String("Lớp 4A")

    with Pdf.open(io.BytesIO(archival("<p>Học bạ</p>", finish=entitle).content)) as pdf:
        assert str(pdf.docinfo.Subject) == "Lớp 4A"


def test_entities_are_read_and_what_is_escaped_stays_text() -> None:
    assert text_of(archival("<p>&lt;b&gt; &amp;amp; &#x27;</p>").content).startswith("<b> &amp; '")


@pytest.mark.parametrize("html", ["<p>offen", "<p>&nbsp;</p>", "<p></div>", "<p>\x08</p>"])
def test_what_is_no_xml_is_refused(html: str) -> None:
    with pytest.raises(ParseError):
        archival(html)


@pytest.mark.parametrize(
    "element",
    [
        '<img src="file:///etc/hostname" />',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css" />',
        '<link rel="attachment" href="file:///etc/passwd" />',
        '<style>@import "file:///etc/passwd";</style>',
        '<object data="file:///etc/passwd" />',
    ],
)
def test_an_element_that_wants_more_is_left_out(
    element: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "weasyprint")
    content = archival(f"<p>Trước</p>{element}<p>Sau</p>").content
    with Pdf.open(io.BytesIO(content)) as pdf:
        assert not pdf.attachments
        assert Name.AF not in pdf.Root
    assert "root:" not in text_of(content)
    assert text_of(content).startswith("Trước")


def test_our_templates_use_no_element_that_has_no_rule() -> None:
    rules = Path("static", ELEMENTS).read_text()
    inline = {"span", "html", "meta", "title"}  # which need none, or stand in the head
    for template in Path("templates/reportcards/document").glob("display*.html"):
        for element in elements_in(template.read_text()) - inline:
            assert f"{element} " in rules or f"{element}," in rules or f"{element}:" in rules, (
                element
            )


def elements_in(template: str) -> set[str]:
    openings = (part.split(">")[0] for part in template.split("<")[1:])
    names = (opening.split()[0].rstrip("/") for opening in openings if opening[0].isalpha())
    return {name.partition("{%")[0] for name in names}


def test_the_rules_are_read_once() -> None:
    assert element_rules() is element_rules()


def test_a_code_is_one_form_for_all_pages() -> None:
    content = archival(
        '<p>Một</p><p class="new-page">Hai</p>',
        finish=lambda pdf: draw_on_every_page(pdf, "https://hocba.example/", Corner()),
    ).content
    with Pdf.open(io.BytesIO(content)) as pdf:
        codes = [page.resources.XObject.Code for page in pdf.pages]
        assert len(codes) == 2
        assert len({code.objgen for code in codes}) == 1
        assert codes[0].Subtype == Name.Form
        left, bottom, right, top = map(float, codes[0].BBox)
    assert (left, bottom) == (0, 0)
    assert right == top
    assert is_sound(content)


def test_without_a_public_address_there_is_nothing_to_lead_to() -> None:
    assert verification_address(UUID, "") == ""


@pytest.mark.parametrize("address", ["https://hocba.example", "https://hocba.example/"])
def test_the_verification_of_a_card_stands_below_the_public_address(address: str) -> None:
    assert verification_address(UUID, address) == f"https://hocba.example/verify/{UUID}/"
