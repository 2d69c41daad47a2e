"""What is stamped on a copy of a card on paper."""

import datetime

import pytest

from reportcards.documents.card_on_paper import Stamp, card_document, stamped
from reportcards.signing.certificates import DEMO_MARKER
from tests.reportcards.cards import UUID, card_payload
from tests.reportcards.reading import A4_POINTS, has_mark, pages_of, sizes_of, text_of

pytestmark = pytest.mark.any_database

STAMP = Stamp(
    word="BẢN SAO",
    number="12",
    lookup_code=UUID,
    school_name="Trường Tiểu học Kim Đồng",
    place="Buôn Hồ",
    given_on=datetime.date(2027, 6, 20),
)


def document(*, is_demo=False):
    return card_document(card_payload(), is_demo=is_demo).content


def test_a_copy_says_on_every_page_which_one_it_is():
    for page in pages_of(stamped(document(), STAMP)):
        assert "BẢN SAO" in page
        assert "Số 12" in page
        assert "Trường Tiểu học Kim Đồng, Buôn Hồ, ngày 20 tháng 06 năm 2027" in page
        assert UUID in page


def test_a_copy_keeps_what_the_card_says():
    original = text_of(document())
    copied = text_of(stamped(document(), STAMP))
    assert all(word in copied for word in original.split())


def test_a_copy_has_the_pages_of_the_card():
    assert sizes_of(stamped(document(), STAMP)) == {A4_POINTS}
    assert len(pages_of(stamped(document(), STAMP))) == 2


def test_a_trial_stays_one_in_a_copy():
    copied = stamped(document(is_demo=True), STAMP)
    assert all(has_mark(page, DEMO_MARKER) for page in pages_of(copied))
