"""What a document is laid out from, before anybody lays it out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assessments.models import SignOff
from assessments.payload import canonical_bytes, normalized
from assessments.workflow import Status
from reportcards.card_payload import history_row, place_part, pupil_part
from reportcards.documents.paper_form import Payload, YearState
from reportcards.models import DocumentKind, ReportCard
from reportcards.signed_years import SignedYear
from schools.models import School
from students.models import Enrollment

ON_THE_COVER = ("name", "commune_name", "district_name", "province_name")
ON_THE_INFORMATION_PAGE = (
    "full_name",
    "date_of_birth",
    "gender",
    "ethnicity",
    "nationality",
    "birth_place",
    "home_town",
    "residence",
    "father_name",
    "mother_name",
    "guardian_name",
)


@dataclass(frozen=True)
class Content:
    """One document of one pupil. `body` is all that is laid out: the same body, the same pages."""

    kind: DocumentKind
    enrollment: Enrollment
    body: Payload
    report_card: ReportCard | None = None
    sign_off: SignOff | None = None

    @cached_property
    def digest(self) -> str:
        whole = {"kind": self.kind.value, "body": self.body}
        return hashlib.sha256(canonical_bytes(whole)).hexdigest()


def display_content(card: ReportCard) -> Content:
    """The digital card as it is signed: nothing but what was frozen."""
    body = {"payload": card.payload, "digest": card.digest}
    return Content(DocumentKind.DISPLAY, card.enrollment, body, report_card=card)


def card_year_content(card: ReportCard, *, is_demo: bool | None = None) -> Content:
    """The card on the ministry's paper form; `is_demo` where the caller knows it already."""
    body = {
        "payload": card.payload,
        "digest": card.digest,
        "state": YearState.SIGNED_OFF.name,
        "is_demo": card.is_demo if is_demo is None else is_demo,
    }
    return Content(DocumentKind.YEAR, card.enrollment, body, report_card=card)


def signed_year_content(enrollment: Enrollment, year: SignedYear) -> Content:
    """A year of which there is no card. While it is under review its pages are kept for a day."""
    sign_off = year.sign_offs[-1] if year.state == YearState.SIGNED_OFF else None
    body = _year_body(enrollment, year.payload, year.state)
    return Content(DocumentKind.YEAR, enrollment, body, sign_off=sign_off)


def draft_year_content(enrollment: Enrollment, payload: Payload) -> Content:
    body = _year_body(enrollment, payload, YearState.DRAFT)
    return Content(DocumentKind.YEAR, enrollment, body)


def front_content(enrollments: Sequence[Enrollment], card: ReportCard | None = None) -> Content:
    """The first three pages, from the card of her newest year or, before there is one, from today.

    `enrollments`: hers, oldest first, with their classes and schools. Of where she has been the
    database always tells: a card does not hold the register numbers of the years before it.
    """
    newest = enrollments[-1]
    said = card.payload if card else _said_today(newest)
    body = {
        "student": {"id": newest.student_id}
        | {name: said["student"][name] for name in ON_THE_INFORMATION_PAGE},
        "school": {name: said["school"][name] for name in ON_THE_COVER},
        "place": said["place_of_issue"],
        "history": [_history_row(row) for row in enrollments],
        "card": {"uuid": str(card.uuid), "digest": card.digest} if card else None,
    }
    return Content(DocumentKind.FRONT, newest, normalized(body), report_card=card)


def report_content(sign_off: SignOff) -> Content:
    """What a family gets of the period. While it is under review it is kept for a day."""
    record = sign_off.record
    is_final = record.status == Status.SIGNED_OFF
    body = _year_body(
        record.enrollment,
        sign_off.payload,
        YearState.SIGNED_OFF if is_final else YearState.UNDER_REVIEW,
    )
    kept_with = sign_off if is_final else None
    return Content(DocumentKind.REPORT, record.enrollment, body, sign_off=kept_with)


def _year_body(enrollment: Enrollment, payload: Payload, state: YearState) -> Payload:
    school: School = enrollment.school_class.school_year.school
    return {"payload": payload, "state": state.name, "place": school.place_of_issue}


def _said_today(enrollment: Enrollment) -> Payload:
    return {"student": pupil_part(enrollment)} | place_part(enrollment.school_class)


def _history_row(enrollment: Enrollment) -> Payload:
    return history_row(enrollment) | {"register_number": enrollment.register_number}
