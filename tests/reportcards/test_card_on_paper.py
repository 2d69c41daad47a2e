"""What is stamped on a copy of a card on paper."""

import datetime
from io import BytesIO

import pytest
from pikepdf import Pdf

from reportcards.documents.card_on_paper import Stamp, stamped
from reportcards.signing.certificates import DEMO_MARKER
from tests.reportcards.cards import UUID
from tests.reportcards.pdfsig import VALID, pdfsig_of
from tests.reportcards.reading import A4_POINTS, pages_of, sizes_of, text_of
from tests.reportcards.signing.pdfs import signed_pdf

pytestmark = pytest.mark.any_database

STAMP = Stamp(
    word="BẢN SAO",
    number="12",
    lookup_code=UUID,
    school_name="Trường Tiểu học Kim Đồng",
    place="Buôn Hồ",
    given_on=datetime.date(2027, 6, 20),
)


@pytest.fixture(scope="module")
def document(people, demo_authority):
    return signed_pdf(people, demo_authority)


@pytest.fixture(scope="module")
def copy(document):
    return stamped(document, STAMP)


def test_a_copy_says_on_every_page_which_one_it_is(copy):
    for page in pages_of(copy):
        assert "BẢN SAO" in page
        assert "Số 12" in page
        assert "Trường Tiểu học Kim Đồng, Buôn Hồ, ngày 20 tháng 06 năm 2027" in page
        assert UUID in page


def test_a_copy_keeps_what_the_card_says(document, copy):
    copied = text_of(copy)
    assert all(word in copied for word in text_of(document).split())


def test_a_copy_shows_who_signed(copy):
    *_others, last = pages_of(copy)
    assert "Nguyễn Thị Hạnh" in last
    assert DEMO_MARKER in last


def test_a_copy_has_the_pages_of_the_card(document, copy):
    assert sizes_of(copy) == sizes_of(document) == {A4_POINTS}
    assert len(pages_of(copy)) == len(pages_of(document))


def test_a_copy_pretends_to_no_signature_and_no_data(document, copy, tmp_path):
    """Its bytes are others than those that were signed."""
    assert list(pdfsig_of(tmp_path, document).values()) == [VALID] * 3
    assert pdfsig_of(tmp_path, copy) == {}
    with Pdf.open(BytesIO(copy)) as pdf:
        assert not {"/AcroForm", "/AF", "/Names", "/Metadata"} & set(pdf.Root.keys())


def test_the_same_copy_has_the_same_pages(document, copy):
    assert pages_of(stamped(document, STAMP)) == pages_of(copy)
