"""What every page of a grid does: show it, save what is right, show the rest as it was typed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

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
    school_class = get_object_or_404(
        classes_at(request.school, period, request.staff), pk=school_class_id
    )
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


@dataclass(frozen=True)
class ClassGrid:
    """A grid of a class as one person may use it; the page and its cells' endpoint share it."""

    school_class: SchoolClass
    period: str
    title: str
    make_grid: Callable[[PeriodSheet], Grid]
    save_rows: Save

    def load(self, *, only: Collection[int] | None = None) -> Grid:
        return self.make_grid(period_sheet(self.school_class, self.period, only=only))


@never_cache  # on a shared computer "back" shows nobody what stood here
def grid_response(request: StaffRequest, of_class: ClassGrid, template: str) -> HttpResponse:
    grid = of_class.load()
    if request.method != "POST":
        return render(request, template, {"page": _page(request, of_class, grid)})
    outcome = save_posted(grid, request.POST, of_class.save_rows)
    if outcome.is_settled:
        messages.success(request, _settled_sentence(outcome))
        return redirect(request.get_full_path())
    # The page shows what is stored now: other people's values among it.
    school_class = class_or_404(request, of_class.school_class.pk, of_class.period)
    fresh = replace(of_class, school_class=school_class).load()
    context = {"page": _page(request, of_class, fresh, outcome)}
    return render(request, template, context, status=UNPROCESSABLE)


def _page(
    request: StaffRequest, of_class: ClassGrid, grid: Grid, outcome: Outcome | None = None
) -> GridPage:
    return GridPage(grid, of_class.title, outcome, url=request.path, reader=request.staff)


def _settled_sentence(outcome: Outcome) -> str:
    if not outcome.saved:
        return _("Không có thay đổi nào để lưu.")
    return ngettext("Đã lưu %(n)s học sinh.", "Đã lưu %(n)s học sinh.", outcome.saved) % {
        "n": outcome.saved
    }
