"""A pupil as one row of the sheet has her: her details and her place in a class, side by side."""

import copy
import datetime
from dataclasses import dataclass
from typing import Any

from schools.models import SchoolClass
from students.changes import as_json
from students.ministry_codes import StudentStatus
from students.models import Enrollment, Student

IMPORTED_DETAILS = (
    "ministry_code",
    "personal_id",
    "full_name",
    "date_of_birth",
    "gender",
    "ethnicity_code",
    "nationality",
    "disability",
    "birth_place",
    "home_town",
    "residence",
    "contact_phone",
    "father_name",
    "mother_name",
    "guardian_name",
)


@dataclass(frozen=True)
class Start:
    school_class: SchoolClass
    grade_level: int
    enrolled_on: datetime.date
    entry_reason: str


@dataclass(frozen=True)
class End:
    ended_on: datetime.date
    exit_reason: str


class StudentEntry:
    """`enrollment` is the pupil's open one at the school, `past` those that have ended there."""

    def __init__(
        self,
        student: Student | None = None,
        enrollment: Enrollment | None = None,
        past: tuple[Enrollment, ...] = (),
    ) -> None:
        self.student = student
        self.enrollment = enrollment
        self.past = past
        stored = student or Student()
        for name in IMPORTED_DETAILS:
            setattr(self, name, getattr(stored, name))
        self.class_name = ""
        self.grade_level: int | None = None
        self.status: StudentStatus | None = None
        self.status_on: datetime.date | None = None
        self.start: Start | None = None
        self.end: End | None = None
        self.remark = ""
        self.started_enrollment: Enrollment | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> "StudentEntry":
        """Import-export copies an entry to compare it later; the rows behind it stay the same."""
        return copy.copy(self)

    def __str__(self) -> str:
        return self.full_name

    full_name: str

    @property
    def details(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in IMPORTED_DETAILS}

    @property
    def moves(self) -> bool:
        return self.start is not None or self.end is not None

    def changes_from(self, original: "StudentEntry") -> dict[str, list[Any]]:
        pairs = {
            name: [as_json(getattr(original, name)), as_json(getattr(self, name))]
            for name in IMPORTED_DETAILS
        }
        changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        if original.student is None:
            changes = {name: [None, pair[1]] for name, pair in changes.items()}
        return changes | self._moves_as_changes()

    def _moves_as_changes(self) -> dict[str, list[Any]]:
        old_class = self.enrollment.school_class.name if self.enrollment else None
        changes: dict[str, list[Any]] = {}
        if self.end:
            changes["ended_on"] = [None, as_json(self.end.ended_on)]
            changes["exit_reason"] = [None, str(self.end.exit_reason)]
        if self.start:
            changes["school_class"] = [old_class, self.start.school_class.name]
            changes["grade_level"] = [None, self.start.grade_level]
            changes["enrolled_on"] = [None, as_json(self.start.enrolled_on)]
            changes["entry_reason"] = [None, str(self.start.entry_reason)]
        return changes
