from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import actions
from assessments.forms.note_grid import NoteGrid
from assessments.grids import PeriodSheet, note_cells
from assessments.permissions import check_user_can_note_traits
from assessments.views.grid_page import ClassGrid, class_or_404, grid_response
from schools.access import StaffRequest, staff_only


@staff_only
@require_http_methods(["GET", "POST"])
def trait_notes(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    """A teacher's own notes; the homeroom teacher reads everybody's beside the trait grid."""
    of_class = note_grid_of(request, school_class_id, period)
    return grid_response(request, of_class, "assessments/trait_notes.html")


def note_grid_of(request: StaffRequest, school_class_id: int, period: str) -> ClassGrid:
    school_class = class_or_404(request, school_class_id, period)
    check_user_can_note_traits(request.staff, school_class)

    def make_grid(sheet: PeriodSheet) -> NoteGrid:
        stored = note_cells(sheet.class_period, request.staff, only=sheet.only)
        return NoteGrid(sheet, stored, may_write=True, author=request.staff)

    return ClassGrid(
        school_class,
        period,
        title=_("Ghi chú về phẩm chất, năng lực"),
        make_grid=make_grid,
        save_rows=partial(
            actions.save_trait_notes, school_class=school_class, period=period, by=request.staff
        ),
    )
