"""Taking a class's sheet out, which is recorded: it holds every pupil's results."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.utils import translation

from assessments.permissions import check_user_sees_summary_sheet, user_sees_health_in
from assessments.summary_sheets.sheet import SummarySheet, summary_sheet
from audit.events import Scope, record_event
from schools.models import SchoolClass, StaffMember

PAPER_LANGUAGE = "vi"

Made = TypeVar("Made")


def take_summary_sheet(
    make: Callable[[SummarySheet], Made],
    *,
    event: str,
    school_class: SchoolClass,
    period: str,
    grade_level: int | None,
    by: StaffMember,
) -> Made:
    """What `make` makes of it, for paper or a spreadsheet: all grades of the class, or one."""
    check_user_sees_summary_sheet(by, school_class)
    with translation.override(PAPER_LANGUAGE):
        sheet = summary_sheet(
            school_class,
            period,
            shows_disability=user_sees_health_in(by, school_class),
            grade_level=grade_level,
        )
        made = make(sheet)
    with transaction.atomic():  # not while the file is made: on SQLite nobody else could write
        record_event(
            event,
            by=by.acting_user,
            target=school_class,
            scope=Scope(school_class.school_year.school_id, school_class.pk),
            changes={"period": (None, period)},
        )
    return made
