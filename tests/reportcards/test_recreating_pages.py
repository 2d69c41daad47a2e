"""Making a card anew, discarding it, and recording what was sent and answered."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from reportcards.actions import record_deliveries
from reportcards.card_pages.delivery import WORDS
from reportcards.card_pages.steps import DELIVERY_ICONS, DELIVERY_LABELS
from reportcards.models import ReportCard
from reportcards.workflow import CardState, CardStep
from schools.models import StaffRole
from students.models import Student
from tests.cast import Cast
from tests.pages import client_of
from tests.reportcards.card_reading import card_of, card_url, class_url, read, words
from tests.reportcards.digital_cards import ISSUED_ON
from tests.reportcards.test_class_cards_page import LEFT
from tests.reportcards.withdrawing import reopened

OTHERS = ("hanh", "phuc", "ngoc")


def post(cast: Cast, role: str, url: str, **typed: Any) -> HttpResponse:
    return client_of(cast, role).post(url, typed, follow=True)


def recreate(cast: Cast, card: ReportCard, role: str = "van", **typed: Any) -> HttpResponse:
    form = {"leader": cast.hanh.pk, "issued_on": "08/06/2027", "reason": "Đổi ngày ký", **typed}
    return post(cast, role, card_url(card, "recreate_card"), **form)


class TestRecreating:
    def test_the_form_begins_as_the_card_was_frozen(self, cards, cast: Cast) -> None:
        form = read(cast, "van", card_url(cards[0], "recreate_card")).context["form"]
        assert form["leader"].value() == cast.hanh.pk
        assert form["issued_on"].value() == ISSUED_ON
        assert form["reason"].value() is None

    def test_or_with_the_first_leader_when_that_one_has_left(self, cards, cast: Cast) -> None:
        StaffRole.objects.filter(staff_member=cast.hanh).update(ended_on=LEFT)
        form = read(cast, "van", card_url(cards[0], "recreate_card")).context["form"]
        assert form["leader"].value() == cast.phuc.pk

    def test_says_that_nothing_has_changed(self, cards, cast: Cast) -> None:
        text = words(read(cast, "van", card_url(cards[0], "recreate_card")))
        assert "vẫn như lúc khởi tạo" in text

    def test_shows_what_will_be_otherwise_field_by_field(self, cards, cast: Cast) -> None:
        Student.objects.filter(pk=cast.anh.student_id).update(birth_place="Trạm y tế phường")
        card = card_of(cards, cast.anh)
        text = words(read(cast, "van", card_url(card, "recreate_card")))
        assert "Thông tin của em đã được sửa." in text
        assert "Bệnh viện Buôn Hồ, Đắk Lắk" in text
        assert "Trạm y tế phường" in text
        assert "Quê quán" not in text, "which stayed"

    def test_of_a_pupil_who_is_open_no_differences_are_drawn(self, cards, cast: Cast) -> None:
        reopened(cast, cast.anh)
        response = read(cast, "van", card_url(card_of(cards, cast.anh), "recreate_card"))
        assert response.context["page"].differences == []
        assert "Kết quả của em đang được mở lại." in words(response)

    def test_leads_to_the_new_card(self, cards, cast: Cast) -> None:
        response = recreate(cast, cards[0], leader=cast.phuc.pk)
        new = ReportCard.objects.get(enrollment=cards[0].enrollment, state=CardState.CREATED)
        assert response.redirect_chain == [(card_url(new), 302)]
        assert "Đã khởi tạo lại học bạ của em Lê Minh Anh." in words(response)
        assert (new.leader, new.issued_on.day) == (cast.phuc, 8)
        cards[0].refresh_from_db()
        assert cards[0].events.latest("pk").reason == "Đổi ngày ký"

    def test_nothing_typed_is_lost_on_refusal(self, cards, cast: Cast) -> None:
        response = recreate(cast, cards[0], issued_on="01/05/2027", reason="Ghi nhầm ngày")
        assert response.status_code == 422
        text = words(response)
        assert "không thể trước ngày ký duyệt" in text
        assert "Ghi nhầm ngày</textarea>" in text
        cards[0].refresh_from_db()
        assert cards[0].state == CardState.CREATED

    def test_asks_for_a_reason(self, cards, cast: Cast) -> None:
        response = recreate(cast, cards[0], reason="")
        assert response.status_code == 422
        assert "Hãy ghi lý do khởi tạo lại." in words(response)

    def test_an_issued_card_leads_back_with_a_sentence(self, issued_cards, cast: Cast) -> None:
        response = client_of(cast, "van").get(
            card_url(issued_cards[0], "recreate_card"), follow=True
        )
        assert response.redirect_chain == [(card_url(issued_cards[0]), 302)]
        assert "không còn ở bước này" in words(response)

    @pytest.mark.parametrize("role", OTHERS)
    def test_is_the_offices(self, cards, cast: Cast, role: str) -> None:
        assert recreate(cast, cards[0], role).status_code == 403


class TestDiscarding:
    def url(self, card: ReportCard) -> str:
        return card_url(card, "discard_card")

    def test_keeps_it_and_leads_back_to_the_class(self, cards, cast: Cast) -> None:
        response = post(cast, "van", self.url(cards[0]), reason="Sai ngày ký")
        assert response.redirect_chain == [(class_url(cast), 302)]
        cards[0].refresh_from_db()
        assert cards[0].state == CardState.DISCARDED

    def test_says_what_happens_before_it_does(self, cards, cast: Cast) -> None:
        text = words(read(cast, "van", self.url(cards[0])))
        assert "Bỏ bản học bạ số của em Lê Minh Anh" in text
        assert "mã tra cứu của nó không dùng lại" in text

    def test_asks_for_a_reason(self, cards, cast: Cast) -> None:
        response = post(cast, "van", self.url(cards[0]), reason=" ")
        assert response.status_code == 422
        assert "Hãy ghi lý do bỏ bản này." in words(response)

    def test_not_once_it_is_issued(self, issued_cards, cast: Cast) -> None:
        response = client_of(cast, "van").get(self.url(issued_cards[0]))
        assert response.status_code == 302
        response = post(cast, "van", self.url(issued_cards[0]), reason="Sai")
        assert response.status_code == 422

    @pytest.mark.parametrize("role", OTHERS)
    def test_is_the_offices(self, cards, cast: Cast, role: str) -> None:
        assert post(cast, role, self.url(cards[0]), reason="Sai").status_code == 403


class TestDeliveryOfOneCard:
    def url(self, card: ReportCard, step: str = "send") -> str:
        return card_url(card, "record_delivery", step)

    def test_is_recorded_with_its_reference(self, issued_cards, cast: Cast) -> None:
        response = post(cast, "tam", self.url(issued_cards[0]), reference="  GT-2027-1 ")
        assert response.redirect_chain == [(card_url(issued_cards[0]), 302)]
        assert "Đã ghi: học bạ của em Lê Minh Anh đã gửi Sở." in words(response)
        assert issued_cards[0].events.latest("pk").reference == "GT-2027-1"

    def test_the_reference_may_be_left_out(self, issued_cards, cast: Cast) -> None:
        post(cast, "tam", self.url(issued_cards[0]))
        issued_cards[0].refresh_from_db()
        assert issued_cards[0].state == CardState.SENT

    def test_a_refusal_asks_why_and_says_what_follows(self, issued_cards, cast: Cast) -> None:
        card = issued_cards[0]
        record_deliveries(report_cards=[card], step=CardStep.SEND, by=cast.van)
        text = words(read(cast, "van", self.url(card, "refuse")))
        assert "Lãnh đạo trường rút học bạ về" in text
        response = post(cast, "van", self.url(card, "refuse"), reference="TN-8")
        assert response.status_code == 422
        assert "Hãy ghi lý do Sở từ chối." in words(response)
        assert 'value="TN-8"' in words(response)
        post(cast, "van", self.url(card, "refuse"), reason="Sai mã trường")
        card.refresh_from_db()
        assert card.state == CardState.REFUSED

    def test_a_step_out_of_turn_leads_back(self, issued_cards, cast: Cast) -> None:
        response = client_of(cast, "van").get(self.url(issued_cards[0], "circulate"), follow=True)
        assert response.redirect_chain == [(card_url(issued_cards[0]), 302)]

    @pytest.mark.parametrize("step", ["withdraw", "seal", "nothing"])
    def test_a_step_that_is_no_delivery_is_not_found(
        self, issued_cards, cast: Cast, step: str
    ) -> None:
        assert client_of(cast, "van").get(self.url(issued_cards[0], step)).status_code == 404

    @pytest.mark.parametrize("role", OTHERS)
    def test_is_the_offices(self, issued_cards, cast: Cast, role: str) -> None:
        assert post(cast, role, self.url(issued_cards[0])).status_code == 403


class TestDeliveryOfAClass:
    def url(self, cast: Cast, step: str = "send") -> str:
        return reverse("record_class_delivery", args=[cast.school_class.pk, step])

    def test_all_that_can_be_sent_are_ticked(self, issued_cards, cast: Cast) -> None:
        form = read(cast, "van", self.url(cast)).context["form"]
        assert form["report_cards"].value() == [card.pk for card in issued_cards]
        assert [label for _pk, label in form.fields["report_cards"].choices] == [
            "Lê Minh Anh",
            "Võ Trí Đức",
            "H'Hen Niê",
        ]

    def test_those_that_stay_ticked_are_recorded(self, issued_cards, cast: Cast) -> None:
        chosen = [card.pk for card in issued_cards[:2]]
        response = post(cast, "tam", self.url(cast), report_cards=chosen, reference="GT-1")
        assert response.redirect_chain == [(class_url(cast), 302)]
        assert "Đã ghi: học bạ lớp 4A đã gửi Sở." in words(response)
        assert ReportCard.objects.filter(state=CardState.SENT).count() == 2

    def test_a_refusal_begins_with_nobody_ticked(self, issued_cards, cast: Cast) -> None:
        record_deliveries(report_cards=issued_cards, step=CardStep.SEND, by=cast.van)
        form = read(cast, "van", self.url(cast, "refuse")).context["form"]
        assert form["report_cards"].value() == []

    def test_nobody_ticked(self, issued_cards, cast: Cast) -> None:
        response = post(cast, "van", self.url(cast), reference="GT-1")
        assert response.status_code == 422
        assert "Hãy chọn ít nhất một học bạ." in words(response)
        assert 'value="GT-1"' in words(response)

    def test_one_that_somebody_else_has_sent_meanwhile(self, issued_cards, cast: Cast) -> None:
        record_deliveries(report_cards=issued_cards[:1], step=CardStep.SEND, by=cast.tam)
        chosen = [card.pk for card in issued_cards]
        response = post(cast, "van", self.url(cast), report_cards=chosen)
        assert response.status_code == 422
        assert "Có học bạ không còn ở bước này" in words(response)
        assert ReportCard.objects.filter(state=CardState.SENT).count() == 1

    @pytest.mark.parametrize("step", ["withdraw", "nothing"])
    def test_a_step_that_is_no_delivery_is_not_found(self, cast: Cast, step: str) -> None:
        assert client_of(cast, "van").get(self.url(cast, step)).status_code == 404

    @pytest.mark.parametrize("role", OTHERS)
    def test_is_the_offices(self, cast: Cast, role: str) -> None:
        assert post(cast, role, self.url(cast)).status_code == 403


def test_every_step_of_delivery_has_words_label_and_icon() -> None:
    from reportcards.actions.delivery import DELIVERY_STEPS

    assert set(WORDS) == set(DELIVERY_LABELS) == set(DELIVERY_ICONS) == set(DELIVERY_STEPS)
