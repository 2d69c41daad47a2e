"""The file that is uploaded to the sector database; taking it out is recorded."""

import io
from collections.abc import Sequence

from django.db import transaction

from audit.events import Scope, record_event
from exchange.ministry_results.columns import ResultsTemplate
from exchange.ministry_results.rows import pupil_results
from exchange.ministry_results.writer import write_ministry_results
from exchange.permissions import check_user_reports_results
from schools.models import SchoolClass, SchoolYear, StaffMember


def download_ministry_results(
    *,
    template: ResultsTemplate,
    classes: Sequence[SchoolClass],
    school_year: SchoolYear,
    period: str,
    grade_level: int,
    by: StaffMember,
) -> bytes:
    """Of the pupils of one grade in these classes of the year."""
    check_user_reports_results(by, school_year.school)
    file = io.BytesIO()
    pupils = pupil_results(classes, school_year=school_year, period=period, grade_level=grade_level)
    write_ministry_results(file, template, pupils)
    _record_download(classes, school_year, period, grade_level, by)
    return file.getvalue()


@transaction.atomic
def _record_download(
    classes: Sequence[SchoolClass],
    school_year: SchoolYear,
    period: str,
    grade_level: int,
    by: StaffMember,
) -> None:
    """Not while the workbook is written: SQLite would let nobody else write meanwhile."""
    only = classes[0] if len(classes) == 1 else None
    record_event(
        "ministry_results.downloaded",
        by=by.acting_user,
        target=only or school_year,
        scope=Scope(school_year.school_id, only.pk if only else None),
        changes={"period": (None, period), "grade_level": (None, grade_level)},
    )
