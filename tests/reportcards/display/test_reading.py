"""What PDFium reads of a page that others laid out, the hidden and the hostile included."""

import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from reportcards.display import reading
from reportcards.display.comparison import first_difference
from reportcards.display.form import DisplayForm, display_form
from reportcards.display.reading import UnreadablePdf, data_node_in, page_count, page_texts
from reportcards.documents.display_pdf import display_pdf
from reportcards.profiles import get_profile
from reportcards.profiles.document import DATA_FILE, data_node
from schools.printable import unprintable_in
from tests.printable import PRINTABLE
from tests.reportcards.cards import card_payload, grade_payload, not_assessed_payload
from tests.reportcards.display.pages import DIGEST, a_form

pytestmark = pytest.mark.any_database

LONG = {
    "quality": "Đi học đều, giữ lời hứa; biết giúp bạn trong lớp. " * 40,
    "general_competence": "Chủ động.\nPhối hợp tốt với các bạn.",
    "specific_competence": "Ngôn ngữ lưu loát.",
}


@pytest.fixture(scope="module")
def card() -> bytes:
    return display_pdf(card_payload(), digest=DIGEST)


@pytest.fixture(scope="module")
def form() -> DisplayForm:
    return a_form()


def altered(card: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(BytesIO(card)) as pdf:
        change(pdf)
        written = BytesIO()
        as_it_is = pikepdf.StreamDecodeLevel.none
        pdf.save(written, compress_streams=False, stream_decode_level=as_it_is)
    return written.getvalue()


def with_drawn(card: bytes, content: bytes) -> bytes:
    """On top of the second page, in Helvetica, which each of these letters has."""

    def draw(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources.Font["/Added"] = font
        page.contents_add(content)

    return altered(card, draw)


@pytest.mark.parametrize(
    "payload",
    [
        grade_payload(1),
        grade_payload(5),
        not_assessed_payload(),
        card_payload(year_decision=None),
        card_payload(comments=LONG, student={"full_name": "Ê\u0306ban " * 8 + "H'Hen"}),
        card_payload(
            leader={"position_title": "Phó Hiệu trưởng"},
            homeroom_signer={"stands_in_for": "Trần Thị Vắng"},
            school={"district_name": "Huyện Krông Búk"},
        ),
    ],
    ids=["grade 1", "grade 5", "not assessed", "no decision", "long", "deputy"],
)
def test_a_card_is_read_back_letter_for_letter(payload):
    texts = page_texts(display_pdf(payload, digest=DIGEST))

    assert first_difference(texts, display_form(payload, digest=DIGEST)) is None


@pytest.mark.parametrize(
    "drawn",
    [
        b"BT /Added 12 Tf 100 100 Td (HTXS) Tj ET",
        b"1 1 1 rg BT /Added 12 Tf 100 100 Td (HTXS) Tj ET",
        b"BT 3 Tr /Added 12 Tf 100 100 Td (HTXS) Tj ET",
        b"BT /Added 12 Tf 9000 9000 Td (HTXS) Tj ET",
        b"BT /Added 0.01 Tf 100 100 Td (HTXS) Tj ET",
        b"0 0 0 0 re W n BT /Added 12 Tf 100 100 Td (HTXS) Tj ET",
    ],
    ids=["shown", "white", "invisible", "outside", "tiny", "clipped"],
)
def test_added_text_is_found_however_it_hides(card, form, drawn):
    difference = first_difference(page_texts(with_drawn(card, drawn)), form)

    assert difference is not None
    assert "HTXS" in difference.found


def test_text_in_a_form_object_is_text_of_the_page(card, form):
    def draw(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1]
        stamp = pdf.make_stream(b"BT /F 12 Tf 100 100 Td (HTXS) Tj ET")
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        stamp.Type, stamp.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        stamp.BBox = pikepdf.Array([0, 0, 600, 800])
        stamp.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.obj.Resources.XObject = pikepdf.Dictionary(Stamp=stamp)
        page.contents_add(b"/Stamp Do")

    difference = first_difference(page_texts(altered(card, draw)), form)

    assert difference is not None
    assert "HTXS" in difference.found


def test_a_page_more_is_found(card, form):
    pages = page_texts(altered(card, lambda pdf: pdf.pages.append(pdf.pages[1])))

    assert first_difference(pages, form) is not None


def test_a_page_less_is_found(card, form):
    pages = page_texts(altered(card, lambda pdf: pdf.pages.__delitem__(1)))

    assert first_difference(pages, form) is not None


def test_pages_in_another_order_are_found(card, form):
    pages = page_texts(altered(card, lambda pdf: pdf.pages.reverse()))

    assert first_difference(pages, form) is not None


def test_whatever_can_be_printed_is_read_back():
    """A character that is typed is one that stands for itself on the page."""
    letters = [letter for letter in PRINTABLE if unprintable_in(letter) is None]
    thirds = [" ".join(letters[start::3]) for start in range(3)]
    comments = dict(zip(LONG, thirds, strict=True))

    texts = page_texts(display_pdf(card_payload(comments=comments), digest=DIGEST))

    assert first_difference(texts, a_form(comments=comments)) is None


def test_a_hyphen_at_the_end_of_a_line_is_a_hyphen(form):
    comment = "anh-em " * 60

    texts = page_texts(display_pdf(card_payload(comments={"quality": comment}), digest=DIGEST))

    assert "\ufffe" not in "".join(texts)
    assert first_difference(texts, a_form(comments={"quality": comment})) is None


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<HOC_BA/>"])
def test_what_is_no_pdf_is_said_to_be_none(content):
    with pytest.raises(UnreadablePdf):
        page_texts(content)
    with pytest.raises(UnreadablePdf):
        data_node_in(content)


def test_pages_are_counted(card):
    assert page_count(card) == len(page_texts(card))
    with pytest.raises(UnreadablePdf):
        page_count(b"%PDF-1.7")


def test_a_locked_pdf_is_not_read(card):
    with pikepdf.open(BytesIO(card)) as pdf:
        locked = BytesIO()
        pdf.save(locked, encryption=pikepdf.Encryption(owner="khoa", user="khoa"))

    with pytest.raises(UnreadablePdf):
        page_texts(locked.getvalue())
    with pytest.raises(UnreadablePdf):
        data_node_in(locked.getvalue())


def test_more_pages_than_a_card_can_have_are_not_read(card, monkeypatch):
    monkeypatch.setattr(reading, "MOST_PAGES", 2)

    with pytest.raises(UnreadablePdf, match="pages"):
        page_texts(card)


def test_a_page_with_more_text_than_fits_is_not_read(card):
    crowded = b"BT /Added 1 Tf 9 9 Td (" + b"x" * reading.MOST_LETTERS_A_PAGE + b") Tj ET"

    with pytest.raises(UnreadablePdf, match="letters"):
        page_texts(with_drawn(card, crowded))


def test_the_data_node_is_the_attached_file(card):
    payload = card_payload()

    assert data_node_in(card) == data_node(payload, get_profile(payload["profile"]))


def test_a_pdf_without_the_attachment_has_no_data_node(card):
    assert data_node_in(altered(card, lambda pdf: pdf.attachments.clear())) is None


def test_an_attachment_that_swells_is_not_read(card):
    def swell(pdf: pikepdf.Pdf) -> None:
        stream = pdf.attachments[DATA_FILE].get_file().obj
        packed = zlib.compress(b"\0" * (reading.LARGEST_DATA + 1))
        stream.write(packed, filter=pikepdf.Name.FlateDecode)

    with pytest.raises(UnreadablePdf, match="large"):
        data_node_in(altered(card, swell))


def test_an_attachment_in_a_strange_encoding_is_not_read(card):
    def encode(pdf: pikepdf.Pdf) -> None:
        stream = pdf.attachments[DATA_FILE].get_file().obj
        stream.write(b"\x80\x0b\x60\x50", filter=pikepdf.Name.LZWDecode)

    with pytest.raises(UnreadablePdf, match="unusual"):
        data_node_in(altered(card, encode))
