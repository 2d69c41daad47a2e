from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.forms.summary_sheets import GradeForm
from assessments.permissions import check_user_sees_summary_sheet, user_sees_health_in
from assessments.summary_sheets.page import SummaryPage
from assessments.summary_sheets.sheet import grades_with_form, summary_sheet
from assessments.views.grid_page import class_or_404
from schools.access import StaffRequest, staff_only
from schools.models import SchoolClass
from schools.permissions import user_sees_all_classes


@staff_only
@require_safe
@never_cache  # on a shared computer "back" shows nobody what stood here
def summary_sheet_page(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    """All that was entered of a class, as the ministry's form has it."""
    school_class = class_or_404(request, school_class_id, period)
    check_user_sees_summary_sheet(request.staff, school_class)
    grade_level = grade_or_404(request, school_class, period)
    page = SummaryPage(
        sheet=summary_sheet(
            school_class,
            period,
            shows_disability=user_sees_health_in(request.staff, school_class),
            grade_level=grade_level,
        ),
        school_class=school_class,
        grade_levels=grades_with_form(school_class, period),
        grade_level=grade_level,
        can_report=user_sees_all_classes(request.staff),
    )
    return render(request, "assessments/summary_sheet.html", {"page": page})


def grade_or_404(request: StaffRequest, school_class: SchoolClass, period: str) -> int | None:
    """The grade that was asked for; the regulation has a form for it, or for one at least."""
    form = GradeForm(request.GET)
    with_form = grades_with_form(school_class, period)
    if not form.is_valid() or not with_form:
        raise Http404
    grade_level: int | None = form.cleaned_data["grade"]
    if grade_level is not None and grade_level not in with_form:
        raise Http404
    return grade_level
