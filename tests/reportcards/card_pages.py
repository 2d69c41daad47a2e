"""Pages about a card, as their readers see them."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from reportcards.models import ReportCard
from tests.cast import Cast
from tests.pages import client_of


def url_of(name: str, card: ReportCard) -> str:
    return reverse(name, args=[card.uuid])


def page(cast: Cast, role: str, url: str, *, status: int = 200) -> str:
    response = client_of(cast, role).get(url)
    assert response.status_code == status
    return text(response)


def post(cast: Cast, role: str, url: str, **form: Any) -> HttpResponse:
    return client_of(cast, role).post(url, form, follow=True)


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def arrived_at(response: HttpResponse) -> str:
    return str(response.redirect_chain[-1][0])
