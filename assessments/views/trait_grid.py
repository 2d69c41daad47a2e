from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import actions
from assessments.forms.trait_grid import TraitGrid
from assessments.grids import PeriodSheet, trait_cells, trait_notes_by_pupil
from assessments.permissions import user_can_sign
from assessments.views.grid_page import class_or_404, grid_response, is_writing_homeroom
from schools.access import StaffRequest, staff_only


@staff_only
@require_http_methods(["GET", "POST"])
def trait_grid(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    school_class = class_or_404(request, school_class_id, period)
    may_write = is_writing_homeroom(request, school_class)
    reads_notes = may_write or user_can_sign(request.staff, school_class)

    def make_grid(sheet: PeriodSheet) -> TraitGrid:
        return TraitGrid(
            sheet,
            trait_cells(sheet.class_period),
            may_write=may_write,
            notes=trait_notes_by_pupil(sheet.class_period) if reads_notes else {},
        )

    return grid_response(
        request,
        school_class,
        period,
        make_grid=make_grid,
        save=partial(
            actions.save_trait_results, school_class=school_class, period=period, by=request.staff
        ),
        title=_("Phẩm chất và năng lực"),
        template="assessments/trait_grid.html",
    )
