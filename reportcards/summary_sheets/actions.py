"""Printing a class's summary sheet, which is recorded: it holds every pupil's results."""

from assessments.summary_sheets.taking import take_summary_sheet
from reportcards.documents.document import Document
from reportcards.summary_sheets.documents import summary_document
from schools.models import SchoolClass, StaffMember


def print_summary_sheet(
    *, school_class: SchoolClass, period: str, grade_level: int | None = None, by: StaffMember
) -> Document:
    """Of a class that `assessments.grids.classes_at` has loaded: all its grades, or one."""
    return take_summary_sheet(
        summary_document,
        event="summary_sheet.printed",
        school_class=school_class,
        period=period,
        grade_level=grade_level,
        by=by,
    )
