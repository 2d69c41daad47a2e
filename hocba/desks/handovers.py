"""Classes to be taken over or passed on at the year's end, on whoever's desk they stand."""

from django.utils.translation import gettext as _

from assessments.calendar import PeriodInTime
from assessments.handover_page import handover_url
from assessments.handovers import (
    handovers_to_give,
    handovers_to_receive,
    signed_homeroom_classes,
)
from assessments.models import Handover
from hocba.desks.teacher import WorkRow
from schools.models import StaffMember


def handover_rows(staff: StaffMember, moment: PeriodInTime) -> list[WorkRow]:
    signed = signed_homeroom_classes(staff, moment.school_year.pk)
    return [
        *(_row_to_receive(row) for row in handovers_to_receive(staff)),
        *(_row_to_give(row) for row in handovers_to_give(staff, signed)),
    ]


def _row_to_receive(handover: Handover) -> WorkRow:
    return WorkRow(
        title=_("Cần nhận bàn giao lớp %(name)s") % _names(handover),
        status="to_receive",
        url=handover_url(handover),
        url_label=_("Đọc và ký nhận"),
        missing=_("%(by)s bàn giao") % {"by": handover.giver.full_name if handover.giver else ""},
    )


def _row_to_give(handover: Handover) -> WorkRow:
    if handover.is_handed_over:
        receiver = handover.receiver.full_name if handover.receiver else ""
        return WorkRow(
            title=_("Đã bàn giao lớp %(name)s") % _names(handover),
            status="to_receive",
            url=handover_url(handover),
            url_label=_("Xem"),
            missing=_("%(by)s chưa ký nhận") % {"by": receiver},
        )
    by = handover.returned_by.full_name if handover.returned_by else ""
    return WorkRow(
        title=_("Bàn giao lớp %(name)s") % _names(handover),
        status="returned" if handover.is_returned else "to_hand_over",
        url=handover_url(handover),
        url_label=_("Ghi và bàn giao"),
        returned_reason=handover.return_reason,
        returned_by=by,
    )


def _names(handover: Handover) -> dict[str, str]:
    school_class = handover.school_class
    if not school_class.is_multigrade:
        return {"name": school_class.name}
    grade = _("khối %(grade)s") % {"grade": handover.grade_level}
    return {"name": f"{school_class.name}, {grade}"}
