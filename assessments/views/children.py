from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from assessments.actions import record_card_reading
from assessments.children import (
    Child,
    ChildCard,
    card_of,
    children_with_cards,
    commendations_of_child,
    first_card_expected,
    has_signed_year,
    school_year_of_card,
    signed_cards,
)
from assessments.commendation_page import ShownCommendation
from assessments.models import SignOff
from schools.models import SchoolYear


class GuardianRequest(HttpRequest):
    user: User


@require_safe
def child_card(request: GuardianRequest, student_id: int) -> HttpResponse:
    """The newest card, or what to expect when there is none yet."""
    child = _own_child(request, student_id)
    if child.newest is None:
        context = {
            "child": child,
            "expected": first_card_expected(child, timezone.localdate()),
            "commendations": _commendations(child, _school_year_today(child)),
        }
        return render(request, "assessments/no_child_card.html", context)
    return _card(request, child, child.newest)


@require_safe
def child_period_card(
    request: GuardianRequest, student_id: int, first_year: int, period: str
) -> HttpResponse:
    child = _own_child(request, student_id)
    found = card_of(signed_cards([child.student]), first_year=first_year, period=period)
    if found is None:
        raise Http404
    return _card(request, child, found)


def _own_child(request: GuardianRequest, student_id: int) -> Child:
    for child in children_with_cards(request.user):
        if child.student.pk == student_id:
            return child
    raise Http404


def _card(request: GuardianRequest, child: Child, sign_off: SignOff) -> HttpResponse:
    record_card_reading(sign_off=sign_off, by=request.user)
    cards = signed_cards([child.student])
    context = {
        "child": child,
        "card": ChildCard(sign_off),
        "others": [ChildCard(row) for row in reversed(cards) if row.pk != sign_off.pk],
        "has_signed_year": has_signed_year(cards),
        "commendations": _commendations(child, school_year_of_card(sign_off)),
    }
    return render(request, "assessments/child_card.html", context)


def _school_year_today(child: Child) -> SchoolYear | None:
    return child.enrollment.school_class.school_year if child.enrollment else None


def _commendations(child: Child, school_year: SchoolYear | None) -> list[ShownCommendation]:
    if school_year is None:
        return []
    return [ShownCommendation(row) for row in commendations_of_child(child.student, school_year)]
