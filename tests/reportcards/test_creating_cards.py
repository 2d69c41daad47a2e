"""Creating the digital cards of a class from its page, and nothing typed lost on refusal."""

import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from reportcards.models import ReportCard
from schools.models import StaffRole
from tests.cast import Cast
from tests.pages import client_of
from tests.reportcards.card_reading import change_pupil, class_url, read, words
from tests.reportcards.test_class_cards_page import LEFT


def create(cast: Cast, role: str = "van", **typed: Any) -> HttpResponse:
    form = {"leader": cast.hanh.pk, "issued_on": "07/06/2027", **typed}
    url = reverse("create_cards", args=[cast.school_class.pk])
    return client_of(cast, role).post(url, form, follow=True)


class TestCreating:
    def test_all_who_are_ready(self, signed_class: Cast) -> None:
        response = create(signed_class, creates_all="on")
        assert "Đã khởi tạo 3 học bạ số của lớp 4A" in words(response)
        assert ReportCard.objects.count() == 3
        assert {card.leader for card in ReportCard.objects.all()} == {signed_class.hanh}

    def test_those_who_are_ticked(self, signed_class: Cast) -> None:
        create(signed_class, pupils=[signed_class.duc.pk], leader=signed_class.phuc.pk)
        card = ReportCard.objects.get()
        assert (card.enrollment, card.leader) == (signed_class.duc, signed_class.phuc)
        assert card.issued_on == datetime.date(2027, 6, 7)

    def test_the_form_offers_leaders_in_post_and_today(self, signed_class: Cast) -> None:
        form = read(signed_class, "van", class_url(signed_class)).context["form"]
        assert [label for _pk, label in form.fields["leader"].choices] == [
            "Nguyễn Thị Hạnh, Hiệu trưởng",
            "Đỗ Văn Phúc, Phó hiệu trưởng",
        ]
        assert form["issued_on"].value() == datetime.date(2027, 6, 7)
        assert form["leader"].value() == signed_class.hanh.pk

    def test_nobody_ticked(self, signed_class: Cast) -> None:
        response = create(signed_class)
        assert response.status_code == 422
        assert "Hãy chọn ít nhất một em đủ điều kiện." in words(response)

    def test_a_pupil_who_is_not_ready_any_more(self, signed_class: Cast) -> None:
        change_pupil(signed_class.anh, birth_place="")
        response = create(signed_class, pupils=[signed_class.anh.pk, signed_class.duc.pk])
        assert response.status_code == 422
        assert "Có em không còn khởi tạo được" in words(response)
        assert not ReportCard.objects.exists()

    def test_a_pupil_of_another_class_is_no_choice(self, signed_class: Cast) -> None:
        response = create(signed_class, pupils=[signed_class.stranger.pk])
        assert response.status_code == 422
        assert not ReportCard.objects.exists()

    def test_nothing_typed_is_lost_on_refusal(self, signed_class: Cast) -> None:
        response = create(
            signed_class,
            pupils=[signed_class.duc.pk],
            leader=signed_class.phuc.pk,
            issued_on="01/05/2027",
        )
        assert response.status_code == 422
        shown = words(response)
        assert "Ngày ký học bạ không thể trước ngày ký duyệt kết quả (20/05/2027)." in shown
        assert f'id="choose-{signed_class.duc.pk}" checked' in shown
        assert f'id="choose-{signed_class.anh.pk}" checked' not in shown
        assert 'value="01/05/2027"' in shown
        assert f'<option value="{signed_class.phuc.pk}" selected>' in shown

    def test_a_day_that_is_none(self, signed_class: Cast) -> None:
        response = create(signed_class, creates_all="on", issued_on="31/02/2027")
        assert response.status_code == 422
        assert "Hãy ghi ngày theo dạng ngày/tháng/năm" in words(response)

    def test_a_leader_who_has_just_left(self, signed_class: Cast) -> None:
        StaffRole.objects.filter(staff_member=signed_class.phuc).update(ended_on=LEFT)
        response = create(signed_class, creates_all="on", leader=signed_class.phuc.pk)
        assert response.status_code == 422
        assert "Người này hiện không là lãnh đạo trường" in words(response)

    @pytest.mark.parametrize("role", ["hanh", "ngoc", "binh", "kien"])
    def test_is_the_offices(self, signed_class: Cast, role: str) -> None:
        assert create(signed_class, role, creates_all="on").status_code == 403
        assert not ReportCard.objects.exists()

    @pytest.mark.parametrize("role", ["hanh", "ngoc"])
    def test_others_read_the_list_without_the_form(self, signed_class: Cast, role: str) -> None:
        shown = words(read(signed_class, role, class_url(signed_class)))
        assert "Lê Minh Anh" in shown
        assert "Khởi tạo học bạ cho" not in shown
        assert "checkbox" not in shown
