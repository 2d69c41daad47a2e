"""Class 4A three days after its period was closed: each way to enter a value, and asking for
more time."""

import datetime

import pytest
import time_machine

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import ExtensionRequest
from rulesets import Period
from schools.models import StaffMember
from tests.assessments.filling import record_row, subject_row
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1
LAST_DAY = datetime.date(2027, 1, 17)
LATE_DAY = datetime.date(2027, 1, 20)
DAY = datetime.timedelta(days=1)


def evening_of(day: datetime.date) -> time_machine.travel:
    """23:30 in Vietnam."""
    at = datetime.datetime.combine(day, datetime.time(16, 30), datetime.UTC)
    return time_machine.travel(at, tick=False)


def enter_english(cast: Cast, by: StaffMember | None = None, **where: object) -> object:
    return actions.save_subject_results(
        **{
            "school_class": cast.school_class,
            "period": END_TERM_1,
            "subject_code": "ngoai_ngu_1",
            "rows": [subject_row(cast.anh.pk, level="T", score=9)],
            "by": by or cast.binh,
            **where,
        }
    )


def enter_maths(cast: Cast) -> object:
    return enter_english(cast, cast.ngoc, subject_code="toan")


def enter_traits(cast: Cast) -> object:
    rows = [RowEdit(cast.anh.pk, {"nhan_ai": Edit("", "T")})]
    return actions.save_trait_results(
        school_class=cast.school_class, period=END_TERM_1, rows=rows, by=cast.ngoc
    )


def enter_record(cast: Cast) -> object:
    return actions.save_period_records(
        school_class=cast.school_class,
        period=END_TERM_1,
        rows=[record_row(cast.anh.pk)],
        by=cast.ngoc,
    )


def note(cast: Cast) -> object:
    rows = [RowEdit(cast.anh.pk, {"text": Edit("", "Em mạnh dạn.")})]
    return actions.save_trait_notes(
        school_class=cast.school_class, period=END_TERM_1, rows=rows, by=cast.binh
    )


def ask(cast: Cast, by: StaffMember | None = None) -> ExtensionRequest:
    return actions.request_extension(
        school_class=cast.school_class,
        period=END_TERM_1,
        reason="Tôi ốm cả tuần",
        by=by or cast.ngoc,
    )


ENTRIES = [enter_english, enter_maths, enter_traits, enter_record, note]
every_entry = pytest.mark.parametrize("enter", ENTRIES, ids=lambda enter: enter.__name__)
