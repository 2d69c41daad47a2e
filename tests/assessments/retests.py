"""A retest that was withdrawn, the day of a new test, and the record they are about."""

import datetime

from assessments import actions
from assessments.models import PeriodRecord, Retest
from tests.assessments import states
from tests.cast import Cast

JAN_5 = datetime.date(2027, 1, 5)


def withdrawn_retest(cast: Cast) -> Retest:
    retest = states.agreed_retest(cast)
    return actions.withdraw_retest(retest=retest, reason="Em chuyển trường", by=cast.ngoc)


def record_of(cast: Cast) -> PeriodRecord:
    return PeriodRecord.objects.get(enrollment=cast.anh)
