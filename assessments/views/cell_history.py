"""Who wrote what into a cell: a page, or its middle for the panel beside the grid."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from assessments.cell_history import CellHistory
from assessments.views.grid_page import ClassGrid
from assessments.views.record_grid import record_grid_of
from assessments.views.subject_grid import subject_grid_of
from assessments.views.trait_grid import trait_grid_of
from assessments.views.trait_notes import note_grid_of
from schools.access import StaffRequest, staff_only

LONGEST_KEY = 18  # digits of a whole number of the database


@staff_only
@require_safe
@vary_on_headers("HX-Request")
def subject_cell_history(
    request: StaffRequest, school_class_id: int, period: str, subject_code: str
) -> HttpResponse:
    of_class = subject_grid_of(request, school_class_id, period, subject_code)
    return history_response(request, of_class)


@staff_only
@require_safe
@vary_on_headers("HX-Request")
def trait_cell_history(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    return history_response(request, trait_grid_of(request, school_class_id, period))


@staff_only
@require_safe
@vary_on_headers("HX-Request")
def record_cell_history(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    return history_response(request, record_grid_of(request, school_class_id, period))


@staff_only
@require_safe
@vary_on_headers("HX-Request")
def note_cell_history(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    return history_response(request, note_grid_of(request, school_class_id, period))


def history_response(request: StaffRequest, of_class: ClassGrid) -> HttpResponse:
    history = _history_or_404(request, of_class)
    part = "grid/cell_history.html" if request.headers.get("HX-Request") else "cell_history.html"
    return render(request, f"assessments/{part}", {"history": history})


def _history_or_404(request: StaffRequest, of_class: ClassGrid) -> CellHistory:
    asked, field = request.GET.get("pupil", ""), request.GET.get("field", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_KEY):
        raise Http404
    grid = of_class.load(only={int(asked)})
    pupil = next(iter(grid.pupils), None)
    if pupil is None or (field and field not in grid.fields_of(pupil)):
        raise Http404
    return CellHistory(grid, pupil, field, of_class.title, request.path.removesuffix("history/"))
