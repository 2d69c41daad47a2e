from django.http import HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from assessments.views.statistics import moment_or_404
from exchange.responses import workbook_response
from exchange.statistics.actions import download_statistics
from schools.access import StaffRequest, staff_only
from schools.names import fold


@staff_only
@require_safe
def school_statistics_file(request: StaffRequest, first_year: int, period: str) -> HttpResponse:
    moment = moment_or_404(request, first_year, period)
    content = download_statistics(
        school_year=moment.school_year, period=moment.period, by=request.staff
    )
    return workbook_response(f"thong-ke-{slugify(fold(moment.name))}", content)
