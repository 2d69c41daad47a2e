from django.http import HttpResponse
from django.views.decorators.http import require_safe

from assessments.views.grid_page import class_or_404
from assessments.views.summary_sheets import grade_or_404
from reportcards.responses import pdf_response
from reportcards.summary_sheets.actions import print_summary_sheet
from schools.access import StaffRequest, staff_only


@require_safe
@staff_only
def summary_sheet_pdf(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    school_class = class_or_404(request, school_class_id, period)
    document = print_summary_sheet(
        school_class=school_class,
        period=period,
        grade_level=grade_or_404(request, school_class, period),
        by=request.staff,
    )
    return pdf_response(document)
