import datetime

import pytest
import time_machine

from assessments.models import ClassPeriod, PeriodRecord
from assessments.roster import current_period, roster
from assessments.workflow import Status
from rulesets import Period
from schools.models import PeriodWindow
from tests import factories
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


def _names(cast: Cast) -> list[str]:
    return [row.student.full_name for row in roster(cast.school_class, END_TERM_1)]


def _leave(cast: Cast, day: datetime.date) -> None:
    cast.duc.ended_on, cast.duc.exit_reason = day, "transferred_out"
    cast.duc.save(update_fields=["ended_on", "exit_reason"])


def test_pupils_stand_by_given_name(cast: Cast) -> None:
    assert _names(cast) == ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]


def test_whoever_left_before_is_not_on_it(cast: Cast) -> None:
    _leave(cast, datetime.date(2026, 12, 1))
    assert "Võ Trí Đức" not in _names(cast)


def test_whoever_leaves_after_the_roster_day_stays_on_it(cast: Cast) -> None:
    _leave(cast, datetime.date(2027, 2, 1))
    with time_machine.travel(datetime.datetime(2027, 2, 20, 12, tzinfo=datetime.UTC)):
        assert "Võ Trí Đức" in _names(cast)


def test_whoever_joins_after_the_roster_day_is_not_on_it(cast: Cast) -> None:
    newcomer = factories.make_student("Phan Gia Bảo")
    factories.enroll(newcomer, cast.school_class, enrolled_on=datetime.date(2027, 2, 1))
    with time_machine.travel(datetime.datetime(2027, 2, 20, 12, tzinfo=datetime.UTC)):
        assert "Phan Gia Bảo" not in _names(cast)


def test_whoever_joins_while_the_period_is_open_is_on_it(cast: Cast) -> None:
    newcomer = factories.make_student("Phan Gia Bảo")
    factories.enroll(newcomer, cast.school_class, enrolled_on=datetime.date(2027, 1, 4))
    assert "Phan Gia Bảo" in _names(cast)


@pytest.mark.parametrize("status", [status for status in Status if status != Status.OPEN])
def test_it_is_frozen_from_the_first_submission_on(cast: Cast, status: Status) -> None:
    class_period = ClassPeriod.objects.create(
        school_class=cast.school_class, period=END_TERM_1, status=status, status_reason="x"
    )
    PeriodRecord.objects.create(
        class_period=class_period, enrollment=cast.anh, status=Status.RETURNED
    )
    PeriodRecord.objects.create(class_period=class_period, enrollment=cast.duc)
    assert _names(cast) == ["Lê Minh Anh"]


def _windows(cast: Cast) -> list[PeriodWindow]:
    return list(cast.school_year.period_windows.all())


def test_the_current_period_is_the_newest_that_has_opened(cast: Cast) -> None:
    day = datetime.date(2027, 2, 20)
    assert current_period(_windows(cast), day) == END_TERM_1
    assert current_period(_windows(cast), datetime.date(2027, 3, 8)) == Period.MID_TERM_2


def test_before_the_first_window_no_period_is_current(cast: Cast) -> None:
    assert current_period(_windows(cast), datetime.date(2026, 9, 30)) is None
