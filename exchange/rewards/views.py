from django.http import HttpResponse
from django.views.decorators.http import require_safe

from exchange.responses import workbook_response
from exchange.rewards.actions import download_reward_list
from reportcards.rewards.views import school_year_or_404, valid_form_or_404
from schools.access import StaffRequest, staff_only


@require_safe
@staff_only
def reward_list_sheet(request: StaffRequest, first_year: int) -> HttpResponse:
    school_year = school_year_or_404(request, first_year)
    form = valid_form_or_404(request)
    content = download_reward_list(
        choice=form.choice(school_year), reference=form.reference, by=request.staff
    )
    return workbook_response(f"danh-sach-khen-thuong-{school_year.name}", content)
