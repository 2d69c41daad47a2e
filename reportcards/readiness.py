"""What stands between a signed year and its digital card, pupil by pupil, long before.

Asked of the same payload that would be frozen, so that nothing is refused later which was
not listed here.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from assessments.models import PeriodRecord
from assessments.payload import draft_payload
from reportcards.card_payload import Attempt, card_payload
from reportcards.card_schema import check_payload
from reportcards.models import ReportCard
from reportcards.paper import Payload, YearState
from reportcards.profiles import get_profile
from reportcards.profiles.limits_2026 import check_limits
from reportcards.profiles.relaxations import Lack, Use, lacks, relaxations_for
from reportcards.signed_years import SignedYear, signed_years
from reportcards.signers import homeroom_teachers, leaders_in_post, signers_for
from rulesets import Period
from schools.models import StaffMember
from students.models import Enrollment

# The parts of a payload that nobody expects before the year is signed off.
RESULTS = frozenset(
    {"subjects", "traits", "attendance", "body", "comments", "year_decision", "sign_offs"}
)
NOT_YET_GIVEN = uuid.UUID("00000000-0000-4000-8000-000000000000")


@dataclass(frozen=True)
class Readiness:
    """`card` is the one that stands; `payload` what would be frozen now."""

    enrollment: Enrollment
    year: SignedYear | None
    payload: Payload | None
    lacks: tuple[Lack, ...]
    uses: tuple[Use, ...]
    violations: tuple
    card: ReportCard | None = None

    @property
    def is_signed_off(self) -> bool:
        return self.year is not None and self.year.state == YearState.SIGNED_OFF

    @property
    def awaits_summer(self) -> bool:
        return self.year is not None and self.year.awaits_summer

    @property
    def is_ready(self) -> bool:
        return (
            self.is_signed_off and not self.awaits_summer and not self.lacks and not self.violations
        )


def readiness_of(
    enrollments: Sequence[Enrollment],
    *,
    leader: StaffMember | None = None,
    issued_on: datetime.date | None = None,
) -> list[Readiness]:
    """Of one school's pupils; without a leader the principal is thought of, and today.

    `enrollments` come with student and school class up to the department.
    """
    if not enrollments:
        return []
    reading = _Reading(enrollments, leader=leader, issued_on=issued_on)
    return [reading.of(enrollment) for enrollment in enrollments]


class _Reading:
    """What all pupils' payloads are made of, in a fixed number of queries."""

    def __init__(
        self,
        enrollments: Sequence[Enrollment],
        *,
        leader: StaffMember | None,
        issued_on: datetime.date | None,
    ) -> None:
        school = enrollments[0].school_class.school_year.school
        self.leader = leader or next(iter(leaders_in_post(school)), None)
        self.issued_on = issued_on or timezone.localdate()
        self.signed = signed_years(enrollments)
        self.drafts = _draft_years([row for row in enrollments if row.pk not in self.signed])
        self.teachers = homeroom_teachers(
            list({row.school_class_id: row.school_class for row in enrollments}.values())
        )
        self.histories = histories_of(enrollments)
        self.cards = {
            card.enrollment_id: card
            for card in ReportCard.objects.standing().filter(enrollment__in=enrollments)
        }

    def of(self, enrollment: Enrollment) -> Readiness:
        year = self.signed.get(enrollment.pk)
        content = year or self.drafts.get(enrollment.pk)
        card = self.cards.get(enrollment.pk)
        if content is None or self.leader is None:
            return Readiness(enrollment, year, None, (), (), (), card)
        payload = self._payload(enrollment, content, self.leader)
        profile = get_profile(payload["profile"])
        missing = lacks(payload, profile)
        if year is None:
            missing = tuple(lack for lack in missing if is_of_a_person(lack))
        return Readiness(
            enrollment,
            year,
            payload,
            missing,
            relaxations_for(payload, profile),
            (*check_limits(payload, profile), *check_payload(payload)) if year else (),
            card,
        )

    def _payload(self, enrollment: Enrollment, content: SignedYear, leader: StaffMember) -> Payload:
        teacher = self.teachers.get(enrollment.school_class_id)
        return card_payload(
            enrollment,
            content,
            history=self.histories[enrollment.pk],
            signers=signers_for(teacher, leader=leader, issued_on=self.issued_on),
            attempt=Attempt(NOT_YET_GIVEN, timezone.now()),
        )


def is_of_a_person(lack: Lack) -> bool:
    """Known before there are any results: of the pupil, the school, or those who sign."""
    return lack.source.partition(".")[0] not in RESULTS


def histories_of(enrollments: Iterable[Enrollment]) -> Mapping[int, list[Enrollment]]:
    """By enrolment: the pupil's enrolments up to it, the oldest first."""
    rows = list(enrollments)
    known: dict[int, list[Enrollment]] = {}
    for row in (
        Enrollment.objects.filter(student__in=[row.student_id for row in rows])
        .select_related("school_class__school_year__school")
        .order_by("enrolled_on", "pk")
    ):
        known.setdefault(row.student_id, []).append(row)
    return {row.pk: _up_to(row, known[row.student_id]) for row in rows}


def _up_to(enrollment: Enrollment, known: list[Enrollment]) -> list[Enrollment]:
    return known[: known.index(enrollment) + 1]


def _draft_years(enrollments: Sequence[Enrollment]) -> dict[int, SignedYear]:
    """As if they were signed now: what is missing of a pupil shows before her results do."""
    records = PeriodRecord.objects.with_results().filter(
        enrollment__in=enrollments, class_period__period=Period.END_YEAR
    )
    return {
        record.enrollment_id: SignedYear(YearState.DRAFT, draft_payload(record), ())
        for record in records
    }
