from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from assessments.permissions import check_user_can_read_handover
from assessments.views.handovers import handover_or_404
from reportcards.handovers.actions import print_handover_minutes
from reportcards.responses import pdf_response
from schools.access import StaffRequest, staff_only


@require_safe
@staff_only
def handover_minutes(request: StaffRequest, school_class_id: int, grade_level: int) -> HttpResponse:
    """There are none while nothing is handed over."""
    handover = handover_or_404(request, school_class_id, grade_level)
    check_user_can_read_handover(request.staff, handover)
    if not handover.is_handed_over:
        raise Http404
    return pdf_response(print_handover_minutes(handover=handover, by=request.staff))
