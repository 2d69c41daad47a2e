"""The comment bank of one grid, fetched by its script once, when a comment cell is entered."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import conditional_page, require_safe

from assessments.comment_bank import CommentBank, bank_as_json
from assessments.comment_levels import record_levels
from assessments.grids import PeriodSheet, period_sheet
from assessments.models.comments import COMMENT_FIELDS
from assessments.permissions import check_user_can_see_class, offered_grades
from assessments.views.grid_page import class_or_404, is_writing_homeroom
from schools.access import StaffRequest, staff_only


@staff_only
@require_safe
@conditional_page
def subject_comments(
    request: StaffRequest, school_class_id: int, period: str, subject_code: str
) -> HttpResponse:
    school_class = class_or_404(request, school_class_id, period)
    grades = offered_grades(request.staff, school_class, subject_code)
    if not grades:
        raise Http404
    if not any(grade.is_taught for grade in grades):
        check_user_can_see_class(request.staff, school_class)
    sheet = period_sheet(school_class, period)
    return _answer(CommentBank(request.staff, sheet.ruleset, [subject_code]), sheet, {})


@staff_only
@require_safe
@conditional_page
def record_comments(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    school_class = class_or_404(request, school_class_id, period)
    is_writing_homeroom(request, school_class)
    sheet = period_sheet(school_class, period)
    bank = CommentBank(request.staff, sheet.ruleset, COMMENT_FIELDS)
    return _answer(bank, sheet, record_levels(sheet))


def _answer(
    bank: CommentBank, sheet: PeriodSheet, levels: Mapping[int, Mapping[str, str]]
) -> HttpResponse:
    students = {pupil.enrollment.pk: pupil.enrollment.student for pupil in sheet.pupils}
    response = JsonResponse(bank_as_json(bank, students, levels))
    response["Cache-Control"] = "private, no-cache"
    return response
