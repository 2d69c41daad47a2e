"""The summary sheet as a workbook; taking it out of the program is recorded."""

import io

from django.db import transaction
from django.utils import translation

from assessments.permissions import check_user_sees_summary_sheet, user_sees_health_in
from assessments.summary_sheets.sheet import summary_sheet
from audit.events import Scope, record_event
from exchange.summary_sheets.writer import write_summary_sheet
from schools.models import SchoolClass, StaffMember

PAPER_LANGUAGE = "vi"


def download_summary_sheet(
    *, school_class: SchoolClass, period: str, grade_level: int | None = None, by: StaffMember
) -> tuple[str, bytes]:
    """The file's name and content: all grades of the class, or one."""
    check_user_sees_summary_sheet(by, school_class)
    file = io.BytesIO()
    with translation.override(PAPER_LANGUAGE):
        sheet = summary_sheet(
            school_class,
            period,
            shows_disability=user_sees_health_in(by, school_class),
            grade_level=grade_level,
        )
        write_summary_sheet(file, sheet)
    _record_download(school_class, period, by)
    return sheet.name, file.getvalue()


@transaction.atomic
def _record_download(school_class: SchoolClass, period: str, by: StaffMember) -> None:
    """Not while the workbook is written: SQLite would let nobody else write meanwhile."""
    record_event(
        "summary_sheet.downloaded",
        by=by.acting_user,
        target=school_class,
        scope=Scope(school_class.school_year.school_id, school_class.pk),
        changes={"period": (None, period)},
    )
