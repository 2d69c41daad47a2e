"""The minutes of a handover (Điều 12) as they are printed, in Vietnamese for every reader."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from assessments.handovers import HandoverRecords, NoteText
from assessments.models import Handover
from reportcards.rewards.paper import long_date
from schools.models import StaffMember
from students.models import Enrollment

TITLE = "BIÊN BẢN NGHIỆM THU, BÀN GIAO KẾT QUẢ GIÁO DỤC HỌC SINH"
NOT_RECEIVED = "BẢN NHÁP"


@dataclass(frozen=True)
class Party:
    name: str
    position_title: str
    at: datetime.datetime | None

    @property
    def signed(self) -> str:
        """When, as the receipt was given on the screen."""
        if self.at is None:
            return ""
        moment = timezone.localtime(self.at)
        return f"lúc {moment:%H:%M} ngày {moment:%d/%m/%Y}"


@dataclass(frozen=True)
class NoteRow:
    number: int
    full_name: str
    highlights: str
    limits: str


@dataclass(frozen=True)
class Minutes:
    school_name: str
    place: str
    class_name: str
    grade_level: int
    school_year: str
    giver: Party
    receiver: Party
    records: HandoverRecords
    lower_secondary_school: str
    invigilation: str
    general_note: str
    rows: tuple[NoteRow, ...]

    title = TITLE

    @property
    def file_name(self) -> str:
        return f"Biên bản bàn giao lớp {self.class_name} {self.school_year}"

    @property
    def watermark(self) -> str:
        return "" if self.receiver.at else NOT_RECEIVED

    @property
    def place_and_day(self) -> str:
        last = self.receiver.at or self.giver.at
        return f"{self.place}, {long_date(timezone.localdate(last) if last else None)}"


def minutes_of(
    handover: Handover, pupils: Sequence[tuple[Enrollment, NoteText]], records: HandoverRecords
) -> Minutes:
    school_class = handover.school_class
    school = school_class.school_year.school
    return Minutes(
        school_name=school.name,
        place=school.place_of_issue,
        class_name=school_class.name,
        grade_level=handover.grade_level,
        school_year=school_class.school_year.name,
        giver=_party(handover.giver, handover.handed_over_at),
        receiver=_party(handover.receiver, handover.received_at),
        records=records,
        lower_secondary_school=handover.lower_secondary_school,
        invigilation=handover.invigilation,
        general_note=handover.general_note,
        rows=tuple(
            NoteRow(number, pupil.student.full_name, text.highlights, text.limits)
            for number, (pupil, text) in enumerate(pupils, 1)
        ),
    )


def _party(staff: StaffMember | None, at: datetime.datetime | None) -> Party:
    if staff is None:
        return Party("", "", at)
    return Party(staff.full_name, staff.position_title, at)
