from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.views.decorators.http import require_safe

from assessments.calendar import period_name
from assessments.reading import classes_in_order, classes_of
from assessments.views.summary_sheets import grade_or_404
from exchange.ministry_results.actions import download_ministry_results
from exchange.ministry_results.columns import ResultsTemplate, template_for
from exchange.permissions import check_user_reports_results
from exchange.responses import workbook_response
from schools.access import StaffRequest, staff_only
from schools.models import SchoolYear


@staff_only
@require_safe
def ministry_results_of_class(
    request: StaffRequest, school_class_id: int, period: str
) -> HttpResponse:
    """One grade of the class, the lowest where none is asked for: a template is a grade's."""
    school_class = get_object_or_404(classes_of(request.school), pk=school_class_id)
    check_user_reports_results(request.staff, request.school)
    grade_level = grade_or_404(request, school_class, period) or school_class.lowest_grade
    school_year = school_class.school_year
    template = _template_or_404(school_year, period, grade_level)
    content = download_ministry_results(
        template=template,
        classes=[school_class],
        school_year=school_year,
        period=period,
        grade_level=grade_level,
        by=request.staff,
    )
    return workbook_response(_name(template, school_class.name, period), content)


@staff_only
@require_safe
def ministry_results_of_grade(
    request: StaffRequest, first_year: int, period: str, grade_level: int
) -> HttpResponse:
    """A grade of the whole school, class by class."""
    school_year = get_object_or_404(request.school.school_years, first_year=first_year)
    check_user_reports_results(request.staff, request.school)
    template = _template_or_404(school_year, period, grade_level)
    classes = [row for row in classes_in_order(school_year) if grade_level in row.grade_levels]
    content = download_ministry_results(
        template=template,
        classes=classes,
        school_year=school_year,
        period=period,
        grade_level=grade_level,
        by=request.staff,
    )
    return workbook_response(_name(template, f"K{grade_level}", period), content)


def _template_or_404(school_year: SchoolYear, period: str, grade_level: int) -> ResultsTemplate:
    template = template_for(school_year.ruleset_key, period, grade_level)
    if template is None:
        raise Http404
    return template


def _name(template: ResultsTemplate, whose: str, period: str) -> str:
    with translation.override("vi"):
        return f"{template.name} {whose} {period_name(period)}"
