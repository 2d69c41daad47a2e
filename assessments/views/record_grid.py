from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import actions
from assessments.comment_bank import CommentBank
from assessments.forms.record_grid import RecordGrid
from assessments.grids import PeriodSheet, record_cells
from assessments.models.comments import COMMENT_FIELDS
from assessments.views.grid_page import ClassGrid, class_or_404, grid_response, is_writing_homeroom
from schools.access import StaffRequest, staff_only
from schools.permissions import user_sees_all_classes


@staff_only
@require_http_methods(["GET", "POST"])
def record_grid(request: StaffRequest, school_class_id: int, period: str) -> HttpResponse:
    of_class = record_grid_of(request, school_class_id, period)
    return grid_response(request, of_class, "assessments/record_grid.html")


def record_grid_of(request: StaffRequest, school_class_id: int, period: str) -> ClassGrid:
    school_class = class_or_404(request, school_class_id, period)
    may_write = is_writing_homeroom(request, school_class)

    def make_grid(sheet: PeriodSheet) -> RecordGrid:
        return RecordGrid(
            sheet,
            record_cells(sheet),
            may_write=may_write,
            shows_health=may_write or user_sees_all_classes(request.staff),
            bank=CommentBank(request.staff, sheet.ruleset, COMMENT_FIELDS),
        )

    return ClassGrid(
        school_class,
        period,
        title=_("Chuyên cần, sức khỏe và nhận xét"),
        make_grid=make_grid,
        save_rows=partial(
            actions.save_period_records, school_class=school_class, period=period, by=request.staff
        ),
    )
