"""Chốt học bạ: a page that says what it means in law, and cannot be taken back."""

import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from reportcards.actions import close_card_year
from reportcards.models import CardYearClosing
from tests.cast import Cast
from tests.pages import client_of
from tests.reportcards.card_reading import CARD_YEAR, class_url, read, words

URL = reverse("close_card_year", args=[2026])
TYPED = {"closed_on": "15/08/2027", "reference": "1234/SGDĐT-GDTH", "is_understood": "on"}


def post(cast: Cast, role: str = "hanh", **typed: Any) -> HttpResponse:
    return client_of(cast, role).post(URL, {**TYPED, **typed}, follow=True)


@pytest.fixture
def closed(cast: Cast) -> CardYearClosing:
    return close_card_year(
        school_year=cast.school_year,
        closed_on=datetime.date(2027, 8, 15),
        reference="1234/SGDĐT-GDTH",
        by=cast.hanh,
    )


def test_says_what_it_means_before_it_is_done(cast: Cast) -> None:
    text = words(read(cast, "hanh", URL))
    for sentence in ("Công văn 2088", "Quyết định 1789", "Điều 21", "không rút lại được"):
        assert sentence in text
    assert "Chốt học bạ năm học 2026-2027" in text


def test_is_recorded_and_shown_on_the_overview_and_the_classes(cast: Cast) -> None:
    response = post(cast)
    assert response.redirect_chain == [(CARD_YEAR, 302)]
    assert "Đã ghi việc chốt học bạ năm học 2026-2027." in words(response)
    sentence = "Học bạ năm học này chốt từ 15/08/2027 theo 1234/SGDĐT-GDTH."
    assert sentence in words(response)
    assert sentence in words(read(cast, "ngoc", class_url(cast)))
    assert CardYearClosing.objects.get().recorded_by == cast.hanh.user


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"closed_on": ""}, "Hãy ghi ngày chốt theo văn bản của Sở."),
        ({"closed_on": "15.8"}, "Hãy ghi ngày theo dạng ngày/tháng/năm"),
        ({"reference": " "}, "Hãy ghi số văn bản của Sở về việc chốt học bạ."),
        ({"is_understood": ""}, "Hãy đánh dấu ô này khi đã đọc những điều ở trên."),
        ({"closed_on": "01/09/2026"}, "Ngày chốt học bạ phải sau ngày bắt đầu năm học."),
    ],
)
def test_refuses_what_is_incomplete_and_keeps_the_rest(
    cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    response = post(cast, **typed)
    assert response.status_code == 422
    assert sentence in words(response)
    kept = {**TYPED, **typed}["reference"].strip()
    assert not kept or f'value="{kept}"' in words(response)
    assert not CardYearClosing.objects.exists()


def test_a_closed_year_has_no_form(closed: CardYearClosing, cast: Cast) -> None:
    text = words(read(cast, "hanh", URL))
    assert "chốt từ 15/08/2027 theo 1234/SGDĐT-GDTH" in text
    assert "<form" not in text.partition("<main")[2]


def test_whoever_posts_after_another_is_told(closed: CardYearClosing, cast: Cast) -> None:
    response = post(cast, closed_on="01/09/2027", role="phuc")
    assert response.status_code == 422
    assert "Năm học này đã chốt học bạ." in words(response)
    assert CardYearClosing.objects.get() == closed


def test_the_overview_no_longer_offers_it(closed: CardYearClosing, cast: Cast) -> None:
    assert URL not in words(read(cast, "hanh", CARD_YEAR))


@pytest.mark.parametrize("role", ["van", "tam", "ngoc", "kien"])
def test_is_the_leaders(cast: Cast, role: str) -> None:
    assert client_of(cast, role).get(URL).status_code == 403
    assert post(cast, role).status_code == 403


def test_a_year_that_nobody_has_is_not_found(cast: Cast) -> None:
    url = reverse("close_card_year", args=[2019])
    assert client_of(cast, "hanh").get(url).status_code == 404
