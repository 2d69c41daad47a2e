"""The files of an issued card, and the QR code that leads to its verification."""

import json

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from reportcards.archive import archive_storage
from reportcards.card_qr import qr_svg
from tests.cast import Cast
from tests.pages import client_of
from tests.reportcards.card_reading import card_url, words
from tests.reportcards.test_digital_card_page import shown


class TestFiles:
    def test_the_signed_xml(self, issued_cards, cast: Cast) -> None:
        response = client_of(cast, "van").get(card_url(issued_cards[0], "card_xml"))
        assert response["Content-Type"] == "application/xml"
        assert response["Content-Disposition"].startswith("attachment")
        assert response.content.decode() == issued_cards[0].signatures.get(slot="seal").document

    def test_the_frozen_content(self, issued_cards, cast: Cast) -> None:
        response = client_of(cast, "ngoc").get(card_url(issued_cards[0], "card_content"))
        assert response["Content-Type"] == "application/json"
        assert json.loads(response.content) == issued_cards[0].payload

    def test_each_download_is_logged(self, issued_cards, cast: Cast) -> None:
        client_of(cast, "ngoc").get(card_url(issued_cards[0], "card_xml"))
        [event] = AuditEvent.objects.filter(event="report_card.downloaded")
        assert (event.actor, event.target_id) == (cast.ngoc.user, issued_cards[0].pk)

    @pytest.mark.parametrize("name", ["card_xml", "card_content"])
    def test_a_card_in_making_has_none(self, cards, cast: Cast, name: str) -> None:
        response = client_of(cast, "van").get(card_url(cards[0], name), follow=True)
        assert response.redirect_chain == [(card_url(cards[0]), 302)]
        assert response.status_code == 200
        assert "notice--attention" in words(response)
        assert "có khi học bạ được phát hành" in words(response)

    def test_a_file_that_was_lost_is_told(self, issued_cards, cast: Cast) -> None:
        stored = issued_cards[0].archived_files.get(kind="xml")
        archive_storage().delete(stored.name)
        response = client_of(cast, "van").get(card_url(issued_cards[0], "card_xml"), follow=True)
        assert "bị mất hoặc đã bị sửa" in words(response)

    @pytest.mark.parametrize("name", ["card_xml", "card_content", "card_qr"])
    def test_no_strangers(self, issued_cards, cast: Cast, name: str) -> None:
        url = card_url(issued_cards[0], name)
        assert client_of(cast, "quang").get(url).status_code == 404
        assert client_of(cast, "binh").get(url).status_code == 403


class TestQr:
    def test_stands_on_an_issued_card_and_leads_to_its_verification(
        self, issued_cards, cast: Cast
    ) -> None:
        card = issued_cards[0]
        text = shown(cast, card)
        assert f'<img src="{card_url(card, "card_qr")}"' in text
        assert reverse("verify_card", args=[card.uuid]) in text

    def test_is_the_svg_of_the_whole_address(self, issued_cards, cast: Cast) -> None:
        card = issued_cards[0]
        response = client_of(cast, "van").get(card_url(card, "card_qr"))
        address = f"http://testserver{reverse('verify_card', args=[card.uuid])}"
        assert response["Content-Type"] == "image/svg+xml"
        assert response.content == qr_svg(address)

    def test_has_no_script_and_no_style_of_its_own(self) -> None:
        drawn = qr_svg("https://hocba.example/verify/x/").decode()
        assert drawn.startswith("<svg")
        assert "script" not in drawn
        assert "style" not in drawn

    def test_a_card_in_making_has_none(self, cards, cast: Cast) -> None:
        assert "qr.svg" not in shown(cast, cards[0])
