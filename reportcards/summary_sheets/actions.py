"""Printing a class's summary sheet, which is recorded: it holds every pupil's results."""

from django.utils import translation

from assessments.permissions import check_user_sees_summary_sheet, user_sees_health_in
from assessments.summary_sheets.sheet import summary_sheet
from audit.events import Scope, record_event
from reportcards.documents import Document
from reportcards.summary_sheets.documents import summary_document
from schools.models import SchoolClass, StaffMember

PAPER_LANGUAGE = "vi"


def print_summary_sheet(
    *, school_class: SchoolClass, period: str, grade_level: int | None = None, by: StaffMember
) -> Document:
    """Of a class that `assessments.grids.classes_at` has loaded: all its grades, or one."""
    check_user_sees_summary_sheet(by, school_class)
    with translation.override(PAPER_LANGUAGE):
        sheet = summary_sheet(
            school_class,
            period,
            shows_disability=user_sees_health_in(by, school_class),
            grade_level=grade_level,
        )
        document = summary_document(sheet)
    record_event(
        "summary_sheet.printed",
        by=by.acting_user,
        target=school_class,
        scope=Scope(school_class.school_year.school_id, school_class.pk),
        changes={"period": (None, period)},
    )
    return document
