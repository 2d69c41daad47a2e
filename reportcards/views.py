from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from reportcards.academic_record import children_of, students_of
from reportcards.actions import (
    print_child_report_card,
    print_report_card,
)
from reportcards.errors import NothingSigned, YearNotFound
from reportcards.forms import YearForm
from reportcards.responses import pdf_response
from schools.access import StaffRequest, staff_only


class LoggedInRequest(HttpRequest):
    user: User


@require_safe
@staff_only
def report_card_pdf(request: StaffRequest, student_id: int) -> HttpResponse:
    student = get_object_or_404(students_of(request.school), pk=student_id)
    first_year = _first_year(request)
    try:
        document = print_report_card(student=student, first_year=first_year, by=request.staff)
    except YearNotFound as error:
        raise Http404 from error
    return pdf_response(document)


@require_safe
def child_report_card_pdf(request: LoggedInRequest, student_id: int) -> HttpResponse:
    student = get_object_or_404(children_of(request.user), pk=student_id)
    first_year = _first_year(request)
    try:
        document = print_child_report_card(student=student, first_year=first_year, by=request.user)
    except YearNotFound as error:
        raise Http404 from error
    except NothingSigned as error:
        context = {"student": student, "message": error.message}
        return render(request, "reportcards/nothing_signed.html", context)
    return pdf_response(document)


def _first_year(request: HttpRequest) -> int | None:
    form = YearForm(request.GET)
    if not form.is_valid():
        raise Http404
    return form.cleaned_data["year"]
