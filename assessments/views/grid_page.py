"""What every page of a grid does: show it, save what is right, show the rest as it was typed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.forms.grid import Grid, Outcome, Save, save_posted
from assessments.grid_page import GridPage
from assessments.grids import PeriodSheet, classes_at, period_sheet
from assessments.permissions import (
    check_user_can_see_class,
    check_user_is_homeroom_teacher,
    is_homeroom_teacher,
)
from schools.access import StaffRequest
from schools.models import SchoolClass

UNPROCESSABLE = 422


def class_or_404(request: StaffRequest, school_class_id: int, period: str) -> SchoolClass:
    """The class of the person's school, in a period that its ruleset knows."""
    school_class = get_object_or_404(classes_at(request.school, period), pk=school_class_id)
    if period not in school_class.school_year.ruleset.periods:
        raise Http404
    return school_class


def is_writing_homeroom(request: StaffRequest, school_class: SchoolClass) -> bool:
    """Whether the grid is hers to write; others look, if they may, and are refused a POST."""
    if is_homeroom_teacher(request.staff, school_class):
        return True
    if request.method == "POST":
        check_user_is_homeroom_teacher(request.staff, school_class)
    check_user_can_see_class(request.staff, school_class)
    return False


def grid_response(
    request: StaffRequest,
    school_class: SchoolClass,
    period: str,
    *,
    make_grid: Callable[[PeriodSheet], Grid],
    save: Save,
    title: str,
    template: str,
) -> HttpResponse:
    grid = make_grid(period_sheet(school_class, period))
    if request.method != "POST":
        return render(request, template, {"page": GridPage(grid, title)})
    outcome = save_posted(grid, request.POST, save)
    if outcome.is_settled:
        messages.success(request, _settled_sentence(outcome))
        return redirect(request.get_full_path())
    # The page shows what is stored now: other people's values among it.
    fresh = make_grid(period_sheet(class_or_404(request, school_class.pk, period), period))
    context = {"page": GridPage(fresh, title, outcome)}
    return render(request, template, context, status=UNPROCESSABLE)


def _settled_sentence(outcome: Outcome) -> str:
    if not outcome.saved:
        return _("Không có thay đổi nào để lưu.")
    return ngettext("Đã lưu %(n)s học sinh.", "Đã lưu %(n)s học sinh.", outcome.saved) % {
        "n": outcome.saved
    }
