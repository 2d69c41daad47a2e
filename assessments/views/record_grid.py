from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import actions
from assessments.forms.record_grid import RecordGrid
from assessments.grids import PeriodSheet, record_cells
from assessments.views.grid_page import class_or_404, grid_response, is_writing_homeroom
from schools.access import StaffRequest, staff_only
from schools.permissions import user_sees_all_classes


@staff_only
@require_http_methods(["GET", "POST"])
def record_grid(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    school_class = class_or_404(request, school_class_id, period)
    may_write = is_writing_homeroom(request, school_class)

    def make_grid(sheet: PeriodSheet) -> RecordGrid:
        return RecordGrid(
            sheet,
            record_cells(sheet),
            may_write=may_write,
            shows_health=may_write or user_sees_all_classes(request.staff),
        )

    return grid_response(
        request,
        school_class,
        period,
        make_grid=make_grid,
        save=partial(
            actions.save_period_records, school_class=school_class, period=period, by=request.staff
        ),
        title=_("Chuyên cần, sức khỏe và nhận xét"),
        template="assessments/record_grid.html",
    )
