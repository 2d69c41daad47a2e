from functools import partial

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from assessments import actions
from assessments.class_subjects import subject_title
from assessments.comment_bank import CommentBank
from assessments.forms.subject_grid import SubjectGrid
from assessments.grids import PeriodSheet, subject_cells
from assessments.permissions import (
    check_user_can_see_class,
    check_user_teaches,
    offered_grades,
    user_sees_health_in,
)
from assessments.views.grid_page import ClassGrid, class_or_404, grid_response
from assessments.wording import subject_name
from schools.access import StaffRequest, staff_only
from schools.models import SchoolClass


@staff_only
@require_http_methods(["GET", "POST"])
def subject_grid(
    request: StaffRequest, school_class_id: int, period: str, subject_code: str
) -> HttpResponse:
    of_class = subject_grid_of(request, school_class_id, period, subject_code)
    return grid_response(request, of_class, "assessments/subject_grid.html")


def subject_grid_of(
    request: StaffRequest, school_class_id: int, period: str, subject_code: str
) -> ClassGrid:
    school_class = class_or_404(request, school_class_id, period)
    grades = offered_grades(request.staff, school_class, subject_code)
    if not grades:
        raise Http404
    is_taught = any(grade.is_taught for grade in grades)
    if not is_taught:
        _check_reader(request, school_class, subject_code)
    shows_reasons = is_taught or user_sees_health_in(request.staff, school_class)

    bank = CommentBank(request.staff, school_class.school_year.ruleset, [subject_code])

    def make_grid(sheet: PeriodSheet) -> SubjectGrid:
        stored = subject_cells(sheet.class_period, subject_code, only=sheet.only)
        return SubjectGrid(sheet, stored, subject_code, grades, bank, shows_reasons=shows_reasons)

    return ClassGrid(
        school_class,
        period,
        title=subject_title(
            subject_name(school_class.school_year.ruleset, subject_code),
            [grade.language_name for grade in grades],
        ),
        make_grid=make_grid,
        save_rows=partial(
            actions.save_subject_results,
            school_class=school_class,
            period=period,
            subject_code=subject_code,
            by=request.staff,
        ),
    )


def _check_reader(request: StaffRequest, school_class: SchoolClass, subject_code: str) -> None:
    if request.method == "POST":
        check_user_teaches(request.staff, school_class, subject_code)
    check_user_can_see_class(request.staff, school_class)
