from django.http import HttpResponse
from django.views.decorators.http import require_safe

from assessments.views.statistics import moment_or_404
from exchange.statistics.actions import download_statistics
from exchange.views.imports import XLSX
from schools.access import StaffRequest, staff_only
from schools.names import fold


@staff_only
@require_safe
def school_statistics_file(request: StaffRequest, first_year: int, period: str) -> HttpResponse:
    moment = moment_or_404(request, first_year, period)
    content = download_statistics(
        school_year=moment.school_year, period=moment.period, by=request.staff
    )
    name = "-".join(fold(moment.name).replace(",", "").split())
    headers = {"Content-Disposition": f'attachment; filename="thong-ke-{name}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)
