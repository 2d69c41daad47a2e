"""Printing the minutes, which is recorded: they say of each pupil what holds her back."""

from assessments.handover_page import records_of
from assessments.handovers import noted_pupils
from assessments.models import Handover
from assessments.permissions import check_user_can_read_handover
from audit.events import Scope, record_event
from reportcards.documents.document import Document
from reportcards.handovers.document import minutes_document
from reportcards.handovers.minutes import minutes_of
from schools.models import StaffMember


def print_handover_minutes(*, handover: Handover, by: StaffMember) -> Document:
    check_user_can_read_handover(by, handover)
    minutes = minutes_of(handover, noted_pupils(handover), records_of(handover))
    document = minutes_document(minutes)
    school_class = handover.school_class
    record_event(
        "handover.printed",
        by=by.acting_user,
        target=handover,
        scope=Scope(school_class.school_year.school_id, school_class.pk),
        changes={"file_name": (None, document.name)},
    )
    return document
