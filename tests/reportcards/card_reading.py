"""A page of digital cards as somebody of the cast reads it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from reportcards.models import ReportCard
from students.models import Enrollment, Student
from tests.cast import Cast
from tests.pages import client_of

CARD_YEAR = reverse("card_year", args=[2026])


def read(cast: Cast, role: str, url: str) -> HttpResponse:
    response = client_of(cast, role).get(url)
    assert response.status_code == 200, response.status_code
    return response


def words(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def class_url(cast: Cast) -> str:
    return reverse("class_cards", args=[cast.school_class.pk])


def card_url(card: ReportCard, name: str = "digital_card", *args: object) -> str:
    return reverse(name, args=[card.uuid, *args])


def card_of(cards: list[ReportCard], pupil: Enrollment) -> ReportCard:
    return next(card for card in cards if card.enrollment_id == pupil.pk)


def change_pupil(pupil: Enrollment, **changes: Any) -> None:
    """Her file."""
    Student.objects.filter(pk=pupil.student_id).update(**changes)
