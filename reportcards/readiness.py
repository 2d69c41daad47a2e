"""What stands between a signed year and its digital card, pupil by pupil, long before.

Asked of the same payload that would be frozen, so that nothing is refused later which was
not listed here.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils import timezone

from reportcards.card_payload import Attempt, card_payload
from reportcards.card_schema import check_payload
from reportcards.documents.paper_form import Payload, YearState
from reportcards.models import ReportCard
from reportcards.printable_texts import unprintable_texts
from reportcards.profiles import Profile, get_profile
from reportcards.profiles.limits_2026 import check_limits
from reportcards.profiles.relaxations import Lack, Use, lacks, relaxations_for
from reportcards.profiles.tables import fields_of
from reportcards.profiles.violations import Violation
from reportcards.signed_years import SignedYear, signed_years
from reportcards.signers import homeroom_teachers, leaders_in_post, signers_for
from schools.models import School, StaffMember
from students.models import Enrollment

# The parts of a payload that nobody expects before the year is signed off.
RESULTS = frozenset(
    {"subjects", "traits", "attendance", "body", "comments", "year_decision", "sign_offs"}
)
# The same for every pupil of a class: told once, not thirty-five times.
OF_THE_SCHOOL = frozenset({"school", "place_of_issue", "department", "leader", "homeroom_signer"})
COMMENTS = ("quality", "general_competence", "specific_competence", "homeroom")
NOT_YET_GIVEN = uuid.UUID("00000000-0000-4000-8000-000000000000")
NO_HOMEROOM_TEACHER = Lack("TEN_GIAO_VIEN_CHU_NHIEM", "homeroom_signer.full_name")


@dataclass(frozen=True)
class Readiness:
    """`card` is the one that stands; `payload` what would be frozen now, with the
    leader thought of and the class's teacher.

    Until the year is signed off, only what is missing of the pupil, of the school and of those
    who sign is told: results are asked for elsewhere.
    """

    enrollment: Enrollment
    year: SignedYear | None
    payload: Payload
    leader: StaffMember
    teacher: StaffMember | None
    lacks: tuple[Lack, ...]
    uses: tuple[Use, ...]
    violations: tuple[Violation, ...]
    card: ReportCard | None = None

    @property
    def is_signed_off(self) -> bool:
        return self.year is not None and self.year.state == YearState.SIGNED_OFF

    @property
    def awaits_summer(self) -> bool:
        return self.year is not None and self.year.awaits_summer

    @property
    def own_lacks(self) -> tuple[Lack, ...]:
        """Of the pupil herself."""
        return tuple(lack for lack in self.lacks if not is_of_the_school(lack.source))

    @property
    def is_complete(self) -> bool:
        """Nothing is missing or wrong, as far as it is asked for yet."""
        return not self.lacks and not self.violations

    @property
    def is_ready(self) -> bool:
        return self.is_signed_off and not self.awaits_summer and self.is_complete


def readiness_of(
    enrollments: Sequence[Enrollment],
    *,
    leader: StaffMember | None = None,
    issued_on: datetime.date | None = None,
    checks_form: bool = True,
) -> list[Readiness]:
    """Of one school's pupils; without a leader the principal is thought of, and today.

    `enrollments` come with student and school class up to the department. An overview of a
    whole school leaves the form of each single value out, which takes two thirds of the time.
    """
    if not enrollments:
        return []
    reading = _Reading(enrollments, leader=leader, issued_on=issued_on, checks_form=checks_form)
    return [reading.of(enrollment) for enrollment in enrollments]


class _Reading:
    """What all pupils' payloads are made of, in a fixed number of queries."""

    def __init__(
        self,
        enrollments: Sequence[Enrollment],
        *,
        leader: StaffMember | None,
        issued_on: datetime.date | None,
        checks_form: bool,
    ) -> None:
        school = enrollments[0].school_class.school_year.school
        self.leader = leader or _first_leader(school)
        self.issued_on = issued_on or timezone.localdate()
        self.checks_form = checks_form
        self.signed = signed_years(enrollments)
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
        teacher = self.teachers.get(enrollment.school_class_id)
        payload = card_payload(
            enrollment,
            year or _nothing_signed(enrollment),
            history=self.histories[enrollment.pk],
            signers=signers_for(teacher, leader=self.leader, issued_on=self.issued_on),
            attempt=Attempt(NOT_YET_GIVEN, timezone.now()),
        )
        profile = get_profile(payload["profile"])
        missing, uses = _missing(payload, profile), relaxations_for(payload, profile)
        if year is None:
            missing = tuple(lack for lack in missing if is_of_a_person(lack.source))
            uses = tuple(use for use in uses if use.tag not in _tags_of_results(profile))
        return Readiness(
            enrollment=enrollment,
            year=year,
            payload=payload,
            leader=self.leader,
            teacher=teacher,
            lacks=missing,
            uses=uses,
            violations=self._violations(payload, profile) if year else (),
            card=self.cards.get(enrollment.pk),
        )

    def _violations(self, payload: Payload, profile: Profile) -> tuple[Violation, ...]:
        form = check_payload(payload) or unprintable_texts(payload) if self.checks_form else []
        return (*check_limits(payload, profile), *form)


def _first_leader(school: School) -> StaffMember:
    """A school without a leader is shown what its cards would lack of one."""
    return next(iter(leaders_in_post(school)), StaffMember(school=school))


def _missing(payload: Payload, profile: Profile) -> tuple[Lack, ...]:
    """The profile may do without a homeroom teacher, whoever signs the card may not."""
    found = lacks(payload, profile)
    return found if payload["homeroom_signer"] else (*found, NO_HOMEROOM_TEACHER)


def is_of_a_person(source: str) -> bool:
    """Known before there are any results: of the pupil, the school, or those who sign."""
    return source.partition(".")[0] not in RESULTS


def is_of_the_school(source: str) -> bool:
    """Of the school, its department, and those who sign for it."""
    return source.partition(".")[0] in OF_THE_SCHOOL


@cache
def _tags_of_results(profile: Profile) -> frozenset[str]:
    return frozenset(
        field.tag for _group, field in fields_of(profile.tree) if not is_of_a_person(field.source)
    )


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


def _nothing_signed(enrollment: Enrollment) -> SignedYear:
    """A year without results: what is missing of a pupil shows long before there are any."""
    school_class = enrollment.school_class
    payload: Payload = {
        "school_class": {"name": school_class.name, "grade_level": enrollment.grade_level},
        "is_not_assessed": enrollment.is_not_assessed,
        "attendance": {"absences_with_leave": None, "absences_without_leave": None},
        "body": {"height_cm": None, "weight_kg": None},
        "subjects": [],
        "traits": [],
        "comments": dict.fromkeys(COMMENTS, ""),
        "year_decision": None,
    }
    return SignedYear(YearState.DRAFT, payload, ())
