from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import actions
from assessments.forms.trait_grid import TraitGrid
from assessments.grids import PeriodSheet, trait_cells, trait_notes_by_pupil
from assessments.permissions import user_can_sign
from assessments.views.grid_page import ClassGrid, class_or_404, grid_response, is_writing_homeroom
from schools.access import StaffRequest, staff_only


@staff_only
@require_http_methods(["GET", "POST"])
def trait_grid(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    of_class = trait_grid_of(request, school_class_id, period)
    return grid_response(request, of_class, "assessments/trait_grid.html")


def trait_grid_of(request: StaffRequest, school_class_id: int, period: str) -> ClassGrid:
    school_class = class_or_404(request, school_class_id, period)
    may_write = is_writing_homeroom(request, school_class)
    reads_notes = may_write or user_can_sign(request.staff, school_class)

    def make_grid(sheet: PeriodSheet) -> TraitGrid:
        shows_notes = reads_notes and sheet.only is None
        return TraitGrid(
            sheet,
            trait_cells(sheet.class_period, only=sheet.only),
            may_write=may_write,
            notes=trait_notes_by_pupil(sheet.class_period) if shows_notes else {},
        )

    return ClassGrid(
        school_class,
        period,
        title=_("Phẩm chất và năng lực"),
        make_grid=make_grid,
        save_rows=partial(
            actions.save_trait_results, school_class=school_class, period=period, by=request.staff
        ),
    )
