from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments import actions
from assessments.grids import period_sheet
from assessments.permissions import (
    check_user_is_homeroom_teacher,
    is_homeroom_teacher,
    user_can_sign,
)
from assessments.views.grid_page import class_or_404
from assessments.views.refusals import refusals_as_messages
from assessments.year_page import YearPage
from rulesets import Period
from schools.access import StaffRequest, staff_only
from schools.models import SchoolClass


@staff_only
@require_http_methods(["GET", "POST"])
def year_results(request: StaffRequest, school_class_id: int) -> HttpResponse:
    """Derived from what was entered; the homeroom teacher confirms them all with one act."""
    school_class = class_or_404(request, school_class_id, Period.END_YEAR)
    if request.method == "POST":
        return _confirm(request, school_class)
    is_homeroom = is_homeroom_teacher(request.staff, school_class)
    if not is_homeroom and not user_can_sign(request.staff, school_class):
        check_user_is_homeroom_teacher(request.staff, school_class)
    page = YearPage(
        period_sheet(school_class, Period.END_YEAR),
        _("Kết quả năm học"),
        may_write=is_homeroom,
    )
    return render(request, "assessments/year_results.html", {"page": page})


def _confirm(request: StaffRequest, school_class: SchoolClass) -> HttpResponse:
    check_user_is_homeroom_teacher(request.staff, school_class)
    with refusals_as_messages(request):
        decisions = actions.confirm_year_decisions(school_class=school_class, by=request.staff)
        messages.success(request, _confirmed_sentence(len(decisions)))
    return redirect("year_results", school_class.pk)


def _confirmed_sentence(pupils: int) -> str:
    if not pupils:
        return _("Chưa em nào đủ kết quả để xác nhận.")
    return ngettext(
        "Đã xác nhận kết quả năm học của %(n)s học sinh.",
        "Đã xác nhận kết quả năm học của %(n)s học sinh.",
        pupils,
    ) % {"n": pupils}
