"""The content of a digital card: a signed year, who the pupil is, and who will sign.

The shape is that of the JSON Schema in reportcards/card_schema ("hocba.report-card/1").
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from assessments.payload import normalized
from reportcards.documents.paper_form import Payload
from reportcards.signed_years import SignedYear
from schools.models import School, SchoolClass, SchoolYear, StaffMember
from students.models import Enrollment, Student

FORMAT = "hocba.report-card/1"


@dataclass(frozen=True)
class Signers:
    """Who signs and when the card is dated: part of what is frozen."""

    leader: StaffMember
    issued_on: datetime.date
    homeroom: StaffMember | None
    stands_in_for: str = ""


@dataclass(frozen=True)
class Attempt:
    """What tells one freeze of a year from another."""

    uuid: UUID
    made_at: datetime.datetime
    supersedes: UUID | None = None


def card_payload(
    enrollment: Enrollment,
    year: SignedYear,
    *,
    history: Sequence[Enrollment],
    signers: Signers,
    attempt: Attempt,
    kind: str = "year",
) -> Payload:
    """Without the relaxations used, which are found by looking at it."""
    school_year = enrollment.school_class.school_year
    content = {
        "format": FORMAT,
        "kind": kind,
        "uuid": str(attempt.uuid),
        "profile": school_year.school.department.card_profile,
        "ruleset": school_year.ruleset_key,
        "made_at": _time(attempt.made_at),
        "issued_on": signers.issued_on.isoformat(),
        **place_part(enrollment.school_class),
        "student": pupil_part(enrollment),
        **_results(year.payload),
        "history": [history_row(row) for row in history],
        "leader": signer_row(signers.leader),
        "homeroom_signer": homeroom_row(signers),
        "relaxations": [],
        "sign_offs": [
            {
                "period": row.payload["period"],
                "digest": row.digest,
                "signed_at": _time(row.signed_at),
            }
            for row in year.sign_offs
        ],
        "supersedes": str(attempt.supersedes) if attempt.supersedes else None,
    }
    return normalized(content)


def place_part(school_class: SchoolClass) -> Payload:
    school_year: SchoolYear = school_class.school_year
    school: School = school_year.school
    return {
        "place_of_issue": school.place_of_issue,
        "department": {"code": school.department.code, "name": school.department.name},
        "school": {
            "ministry_code": school.ministry_code,
            "name": school.name,
            "commune_name": school.commune_name,
            "district_name": school.district_name,
            "province_name": school.province_name,
        },
        "school_year": school_year.name,
    }


def pupil_part(enrollment: Enrollment) -> Payload:
    student: Student = enrollment.student
    return {
        "ministry_code": student.ministry_code,
        "personal_id": student.personal_id,
        "full_name": student.full_name,
        "date_of_birth": student.date_of_birth.isoformat(),
        "gender": str(student.gender),
        "ethnicity": student.ethnicity_name,
        "nationality": student.nationality,
        "birth_place": student.birth_place,
        "home_town": student.home_town,
        "residence": student.residence,
        "father_name": student.father_name,
        "mother_name": student.mother_name,
        "guardian_name": student.guardian_name,
        "register_number": enrollment.register_number,
    }


def _results(payload: Mapping[str, Any]) -> Payload:
    """What the principal signed off, word for word; retests stay in the sign-off."""
    subjects = [
        {name: value for name, value in subject.items() if name != "attempts"}
        for subject in payload["subjects"]
    ]
    names = (
        "school_class",
        "is_not_assessed",
        "attendance",
        "body",
        "traits",
        "comments",
        "year_decision",
    )
    return {**{name: payload[name] for name in names}, "subjects": subjects}


def history_row(enrollment: Enrollment) -> Payload:
    school_year = enrollment.school_class.school_year
    return {
        "school_year": school_year.name,
        "class_name": enrollment.school_class.name,
        "school_name": school_year.school.name,
        "entered_on": enrollment.enrolled_on.isoformat(),
    }


def signer_row(staff: StaffMember) -> Payload:
    return {
        "full_name": staff.full_name,
        "personal_id": staff.personal_id,
        "position_title": staff.position_title,
    }


def homeroom_row(signers: Signers) -> Payload | None:
    if signers.homeroom is None:
        return None
    return signer_row(signers.homeroom) | {"stands_in_for": signers.stands_in_for or None}


def _time(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")
