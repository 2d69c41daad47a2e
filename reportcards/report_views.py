"""A period's report for a family: printed by the school, or by the family itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from assessments.views.refusals import refusals_as_messages
from reportcards.academic_record import children_of, students_of
from reportcards.actions import print_child_period_report, print_period_report
from reportcards.errors import PeriodNotSigned
from reportcards.responses import pdf_response
from reportcards.views import LoggedInRequest
from schools.access import StaffRequest, staff_only


@require_safe
@staff_only
def period_report_pdf(
    request: StaffRequest, student_id: int, first_year: int, period: str
) -> HttpResponse:
    student = get_object_or_404(students_of(request.school), pk=student_id)
    with refusals_as_messages(request):
        document = print_period_report(
            student=student, first_year=first_year, period=period, by=request.staff
        )
        return pdf_response(document)
    return redirect("student", student_id)


@require_safe
def child_period_report_pdf(
    request: LoggedInRequest, student_id: int, first_year: int, period: str
) -> HttpResponse:
    student = get_object_or_404(children_of(request.user), pk=student_id)
    try:
        document = print_child_period_report(
            student=student, first_year=first_year, period=period, by=request.user
        )
    except PeriodNotSigned as error:
        raise Http404 from error
    return pdf_response(document)
