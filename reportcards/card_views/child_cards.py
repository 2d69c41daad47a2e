import uuid as uuids

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assessments.views.refusals import refusals_as_messages
from reportcards.academic_record import children_of
from reportcards.actions.copies import download_child_card_file
from reportcards.card_pages.child_cards import ChildsCard
from reportcards.card_reading import issued_cards_of_child
from reportcards.card_views.copies import kind_or_404
from reportcards.responses import file_response
from reportcards.views import LoggedInRequest


@require_safe
def child_cards_page(request: LoggedInRequest, student_id: int) -> HttpResponse:
    student = get_object_or_404(children_of(request.user), pk=student_id)
    cards = issued_cards_of_child(request.user, student)
    context = {"student": student, "cards": [ChildsCard(card) for card in cards]}
    return render(request, "reportcards/child_cards.html", context)


@require_safe
def child_card_file(
    request: LoggedInRequest, student_id: int, uuid: uuids.UUID, kind: str
) -> HttpResponse:
    student = get_object_or_404(children_of(request.user), pk=student_id)
    card = get_object_or_404(issued_cards_of_child(request.user, student), uuid=uuid)
    wanted = kind_or_404(kind)
    with refusals_as_messages(request):
        file = download_child_card_file(report_card=card, kind=wanted, by=request.user)
        return file_response(file)
    return redirect("child_cards", student_id)
