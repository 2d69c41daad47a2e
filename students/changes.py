"""What the actions of this app are told to write."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from audit.events import Changes
from schools.models import SchoolClass
from students.models import Enrollment, EntryReason, Student

DETAILS = (
    "ministry_code",
    "personal_id",
    "full_name",
    "given_name",
    "date_of_birth",
    "gender",
    "ethnicity_code",
    "ethnicity_as_written",
    "nationality",
    "birth_place",
    "birth_commune_code",
    "home_town",
    "home_town_commune_code",
    "residence",
    "residence_commune_code",
    "disability",
    "father_name",
    "mother_name",
    "guardian_name",
    "contact_phone",
)

Details = Mapping[str, Any]


def check_details_are_known(details: Details) -> None:
    if unknown := details.keys() - set(DETAILS):
        raise TypeError(f"not details of a pupil: {sorted(unknown)}")


def as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


@dataclass(frozen=True)
class Placement:
    """Into which class, in which grade, since when and why."""

    student: Student
    school_class: SchoolClass
    grade_level: int
    enrolled_on: datetime.date
    entry_reason: str = EntryReason.ENROLLED


@dataclass(frozen=True)
class Departure:
    enrollment: Enrollment
    ended_on: datetime.date
    exit_reason: str


@dataclass(frozen=True)
class Revision:
    """New details of a pupil; `changes` holds those that differ from what is stored."""

    student: Student
    details: Details
    changes: Changes = field(init=False)

    def __post_init__(self) -> None:
        check_details_are_known(self.details)
        pairs = {
            name: (as_json(getattr(self.student, name)), as_json(value))
            for name, value in self.details.items()
        }
        changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        object.__setattr__(self, "changes", changes)
