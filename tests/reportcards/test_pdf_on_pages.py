"""What the pages say of the PDF that is signed: before, while and after it is."""

import pytest
from django.urls import reverse

from reportcards.models import Rendering, RenderingState, SlotKey
from tests.hocba.rendering import parse
from tests.pages import client_of
from tests.reportcards.card_pages import text, url_of
from tests.reportcards.digital_cards import freeze, pupils_of, sign, sign_xml_alone

SIGN_PAGE = reverse("sign_cards", args=[2026])
WAITING_NOTICE = "học bạ còn chờ máy lập bản PDF"


def sign_page(cast, person="ngoc"):
    return client_of(cast, person).get(SIGN_PAGE)


def card_page(cast, card, person="ngoc"):
    return text(client_of(cast, person).get(url_of("digital_card", card)))


@pytest.fixture
def frozen(signed_class, own_storages):
    """All three, which no worker has come to yet."""
    return freeze(signed_class, pupils_of(signed_class))


class TestSigning:
    def test_each_card_can_be_looked_at_before_it_is_signed(
        self, signed_class, cards, certificates
    ):
        links = parse(sign_page(signed_class).content.decode()).all("a")
        targets = {link.attributes.get("href") for link in links}
        assert {url_of("card_pdf", card) for card in cards} <= targets

    def test_it_says_that_both_files_are_signed(self, signed_class, cards, certificates):
        assert "ký cùng lúc trên tệp XML và tệp PDF" in text(sign_page(signed_class))

    def test_cards_that_no_worker_has_laid_out_are_counted(
        self, signed_class, frozen, certificates
    ):
        assert f"3 {WAITING_NOTICE}" in text(sign_page(signed_class))

    def test_when_all_are_laid_out_nothing_is_said_of_it(self, signed_class, cards, certificates):
        assert WAITING_NOTICE not in text(sign_page(signed_class))


class TestCard:
    def test_before_it_is_laid_out(self, signed_class, frozen):
        shown = card_page(signed_class, frozen[0])
        assert "Bản PDF đang chờ máy lập" in shown
        assert url_of("card_pdf", frozen[0]) in shown

    def test_laid_out(self, signed_class, cards):
        assert "Bản PDF đã lập, chưa có chữ ký." in card_page(signed_class, cards[0])

    def test_signed_by_the_first(self, signed_class, cards, certificates):
        sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)
        assert "Bản PDF đã có 1 chữ ký." in card_page(signed_class, cards[0])

    def test_that_it_cannot_be_laid_out_is_told_with_the_way_out(self, signed_class, frozen):
        refusal = "Trang in khác nội dung ở ô Toán."
        Rendering.objects.update(state=RenderingState.FAILED, refusal=refusal)
        shown = card_page(signed_class, frozen[0])
        assert f"Chưa lập được bản PDF: {refusal} Mở bản PDF hoặc ký để lập lại." in shown

    def test_issued_it_is_a_file_to_take(self, signed_class, issued_cards):
        shown = card_page(signed_class, issued_cards[0])
        assert "Học bạ PDF đã ký" in shown
        assert "Bản PDF" not in shown

    def test_each_signature_says_what_it_stands_on(self, signed_class, issued_cards):
        assert card_page(signed_class, issued_cards[0]).count("XML và PDF") == 3

    def test_a_signature_of_the_xml_alone_says_so(self, signed_class, cards, certificates):
        sign_xml_alone(cards[0], certificates.ngoc, signed_class.ngoc)
        assert "XML và PDF" not in card_page(signed_class, cards[0])
