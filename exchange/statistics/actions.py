"""Statistics taken out of the house: who did it is kept, since they count origin and disability."""

import io

from django.db import transaction

from assessments.permissions import check_user_sees_statistics, user_sees_small_counts
from assessments.statistics.measures import topics_at
from assessments.statistics.school import statistics_of
from audit.events import Scope, record_event
from exchange.statistics.writer import write_statistics
from rulesets import Period
from schools.models import SchoolYear, StaffMember
from schools.permissions import check_user_works_at


def download_statistics(*, school_year: SchoolYear, period: Period, by: StaffMember) -> bytes:
    """Every topic of the period as a workbook, with the numbers that this person sees."""
    check_user_works_at(by, school_year.school)
    check_user_sees_statistics(by)
    statistics = statistics_of(
        school_year,
        period,
        topics_at(school_year.ruleset, period),
        shows_all=user_sees_small_counts(by),
    )
    file = io.BytesIO()
    write_statistics(file, statistics)
    _record_download(school_year, period, by)
    return file.getvalue()


@transaction.atomic
def _record_download(school_year: SchoolYear, period: Period, by: StaffMember) -> None:
    record_event(
        "statistics.downloaded",
        by=by.acting_user,
        target=school_year,
        scope=Scope(school_year.school_id),
        changes={"period": (None, period.value)},
    )
