from django.http import HttpResponse
from django.views.decorators.http import require_safe

from assessments.views.grid_page import class_or_404
from assessments.views.summary_sheets import grade_or_404
from exchange.responses import workbook_response
from exchange.summary_sheets.actions import download_summary_sheet
from schools.access import StaffRequest, staff_only


@staff_only
@require_safe
def summary_sheet_xlsx(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    school_class = class_or_404(request, school_class_id, period)
    name, content = download_summary_sheet(
        school_class=school_class,
        period=period,
        grade_level=grade_or_404(request, school_class, period),
        by=request.staff,
    )
    return workbook_response(name, content)
