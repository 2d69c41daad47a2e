"""Class 4A's handover in each of its states; Ms Sương takes the pupils next year.

The year's end is in May: whoever calls these has travelled there.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import time_machine

from assessments import actions
from assessments.actions.handovers import HandoverDraft
from assessments.handovers import NoteText
from assessments.models import Handover
from rulesets import Period
from schools.models import SchoolClass, StaffMember
from tests import factories
from tests.assessments import states
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import Cast

MAY_20 = datetime.datetime(2027, 5, 20, 3, tzinfo=datetime.UTC)
BRIGHT = "Em tính nhẩm nhanh và hay giúp bạn."
LIMITED = "Em còn viết chậm."
GENERAL = "Lớp đoàn kết, cần giữ nếp đọc sách."
LOWER_SECONDARY = {
    "lower_secondary_school": "Trường THCS Nguyễn Du",
    "invigilation": "Cô Hoàng Thị Thu coi và chấm Toán, Tiếng Việt ngày 14/05/2027.",
}


@contextmanager
def in_may() -> Iterator[None]:
    with time_machine.travel(MAY_20, tick=False):
        yield


def draft(cast: Cast, **fields: Any) -> HandoverDraft:
    notes = {cast.anh.pk: NoteText(BRIGHT, LIMITED)}
    return HandoverDraft(**{"general_note": GENERAL, "notes": notes, **fields})


def saved(cast: Cast, **fields: Any) -> Handover:
    return actions.save_handover(
        school_class=cast.school_class, grade_level=4, draft=draft(cast, **fields), by=cast.ngoc
    )


def named(cast: Cast, receiver: StaffMember | None = None) -> Handover:
    return actions.name_receiver(
        school_class=cast.school_class,
        grade_level=4,
        receiver=receiver or cast.suong,
        by=cast.ngoc,
    )


def prepared(cast: Cast) -> Handover:
    """Signed off, noted, and with a receiver."""
    states.signed_off(cast, Period.END_YEAR)
    saved(cast)
    return named(cast)


def handed_over(cast: Cast) -> Handover:
    return actions.hand_over_class(handover=prepared(cast), by=cast.ngoc)


def returned(cast: Cast) -> Handover:
    return actions.return_handover(
        handover=handed_over(cast), reason="Thiếu ghi chú về em Đức", by=cast.suong
    )


def received(cast: Cast) -> Handover:
    return actions.receive_class(handover=handed_over(cast), by=cast.suong)


def signed_last_grade(cast: Cast) -> SchoolClass:
    """Class 5A, Ms Sương's, with one pupil; its year is signed off."""
    school_class = factories.make_class(cast.school_year, "5A", (5,))
    factories.assign_homeroom(school_class, cast.suong)
    factories.enroll(factories.make_student("Bùi Thị Lụa"), school_class)
    assign_every_subject(school_class, cast.suong)
    fill_class(school_class, Period.END_YEAR, homeroom=cast.suong)
    class_period = actions.submit_class_period(
        school_class=school_class, period=Period.END_YEAR, by=cast.suong
    )
    actions.sign_off_class_period(class_period=class_period, by=cast.hanh)
    return school_class


def prepared_last_grade(cast: Cast, receiver: StaffMember, **texts: str) -> Handover:
    school_class = signed_last_grade(cast)
    actions.save_handover(
        school_class=school_class,
        grade_level=5,
        draft=HandoverDraft(**(LOWER_SECONDARY | texts)),
        by=cast.suong,
    )
    return actions.name_receiver(
        school_class=school_class, grade_level=5, receiver=receiver, by=cast.suong
    )
