"""The summary sheet as a workbook; taking it out of the program is recorded."""

import io

from assessments.summary_sheets.sheet import SummarySheet
from assessments.summary_sheets.taking import take_summary_sheet
from exchange.summary_sheets.writer import write_summary_sheet
from schools.models import SchoolClass, StaffMember


def download_summary_sheet(
    *, school_class: SchoolClass, period: str, grade_level: int | None = None, by: StaffMember
) -> tuple[str, bytes]:
    """The file's name and content: all grades of the class, or one."""
    return take_summary_sheet(
        _workbook,
        event="summary_sheet.downloaded",
        school_class=school_class,
        period=period,
        grade_level=grade_level,
        by=by,
    )


def _workbook(sheet: SummarySheet) -> tuple[str, bytes]:
    file = io.BytesIO()
    write_summary_sheet(file, sheet)
    return sheet.name, file.getvalue()
