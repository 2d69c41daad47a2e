"""What a pupil's học bạ is made from: her first pages and her years, read from the database.

A year's content is its digital card in force, or the payload of its END_YEAR record: the one
signed off, or for staff the draft of what would be signed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models import User
from assessments.models import PeriodRecord
from assessments.payload import draft_payload, normalized
from assessments.roster import roster
from reportcards.documents.paper_form import Payload, YearState
from reportcards.models import CardKind, DigitalSignature, ReportCard
from reportcards.renderings.contents import (
    Content,
    card_year_content,
    draft_year_content,
    front_content,
    signed_year_content,
)
from reportcards.signed_years import signed_years
from rulesets import Period
from schools.models import School, SchoolClass
from schools.models.classes import SchoolClassQuerySet
from students.models import Enrollment, Guardian, Student
from students.models.student import StudentQuerySet


@dataclass(frozen=True)
class Book:
    """The whole học bạ of a pupil; its years oldest first."""

    front: Content
    years: tuple[Content, ...]

    @property
    def contents(self) -> tuple[Content, ...]:
        return (self.front, *self.years)

    def year(self, first_year: int) -> Content | None:
        return next((year for year in self.years if _first_year(year) == first_year), None)


def _first_year(content: Content) -> int:
    return int(content.enrollment.school_class.school_year.first_year)


def students_of(school: School) -> StudentQuerySet:
    return Student.objects.for_school(school)


def classes_of(school: School) -> SchoolClassQuerySet:
    return SchoolClass.objects.for_school(school).select_related("school_year__school__department")


def children_of(user: User) -> StudentQuerySet:
    guardianships = Guardian.objects.confirmed().of_user(user)
    return Student.objects.filter(guardians__in=guardianships).distinct()


def enrollments_of(student: Student) -> list[Enrollment]:
    return list(
        student.enrollments.select_related(
            "school_class__school_year__school__department"
        ).order_by("enrolled_on", "pk")
    )


def last_enrollment(enrollments: Sequence[Enrollment], school: School) -> Enrollment:
    return [row for row in enrollments if _school(row) == school][-1]


def book_for_school(enrollments: Sequence[Enrollment], school: School) -> Book:
    """What the school may print: it inherits the years before, and sees none after it.

    Of another school's years it sees what was signed off there.
    """
    known = enrollments[: enrollments.index(last_enrollment(enrollments, school)) + 1]
    return _book(known, _years_for_staff(_last_of_each_year(known), school))


def book_for_guardian(enrollments: Sequence[Enrollment]) -> Book | None:
    """Signed years only; one that is being looked at again says so. None: nothing is signed."""
    in_each_year = _last_of_each_year(enrollments)
    signed = _signed_years(in_each_year, under_review=True)
    years = [signed[row.pk] for row in in_each_year if row.pk in signed]
    return _book(enrollments, years) if years else None


def years_of_class(school_class: SchoolClass) -> list[Content]:
    """Of the pupils of the class at the year's end, in roll order."""
    enrollments = list(
        roster(school_class, Period.END_YEAR).select_related(
            "student", "school_class__school_year__school__department"
        )
    )
    return _years_for_staff(enrollments, school_class.school_year.school)


def _book(enrollments: Sequence[Enrollment], years: Sequence[Content]) -> Book:
    """The first pages are those of the newest year's card, where it has one."""
    card = next((year.report_card for year in years if year.enrollment == enrollments[-1]), None)
    return Book(front_content(enrollments, card), tuple(years))


def _years_for_staff(enrollments: Sequence[Enrollment], school: School) -> list[Content]:
    signed = _signed_years(enrollments)
    own = [row for row in enrollments if row.pk not in signed and _school(row) == school]
    drafts = _draft_years(own)
    return [signed.get(row.pk) or drafts.get(row.pk) or _empty_year(row) for row in enrollments]


def _school(enrollment: Enrollment) -> School:
    return enrollment.school_class.school_year.school


def _last_of_each_year(enrollments: Iterable[Enrollment]) -> list[Enrollment]:
    """Whoever changed class or school in mid-year has the year's results where she ended it."""
    last = {row.school_class.school_year.first_year: row for row in enrollments}
    return [last[first_year] for first_year in sorted(last)]


def _signed_years(
    enrollments: Sequence[Enrollment], *, under_review: bool = False
) -> dict[int, Content]:
    """By enrolment: the years that stand signed off, or were and are under review."""
    by_pk = {row.pk: row for row in enrollments}
    shown = {YearState.SIGNED_OFF, *([YearState.UNDER_REVIEW] if under_review else [])}
    signed = {
        pk: signed_year_content(by_pk[pk], year)
        for pk, year in signed_years(enrollments).items()
        if year.state in shown
    }
    return signed | _card_years(enrollments)


def _card_years(enrollments: Sequence[Enrollment]) -> dict[int, Content]:
    """By enrolment: the years whose digital card is in force."""
    cards = list(
        ReportCard.objects.in_force()
        .filter(enrollment__in=enrollments, kind=CardKind.YEAR)
        .select_related("enrollment__school_class__school_year__school__department")
    )
    demo = set(
        DigitalSignature.objects.filter(
            report_card__in=cards, certificate__is_demo=True
        ).values_list("report_card", flat=True)
    )
    return {card.enrollment_id: card_year_content(card, is_demo=card.pk in demo) for card in cards}


def _draft_years(enrollments: Sequence[Enrollment]) -> dict[int, Content]:
    if not enrollments:
        return {}
    by_pk = {row.pk: row for row in enrollments}
    records = PeriodRecord.objects.with_results().filter(
        enrollment__in=enrollments, class_period__period=Period.END_YEAR
    )
    return {
        record.enrollment_id: draft_year_content(by_pk[record.enrollment_id], draft_payload(record))
        for record in records
    }


def _empty_year(enrollment: Enrollment) -> Content:
    return draft_year_content(enrollment, normalized(_empty_payload(enrollment)))


def _empty_payload(enrollment: Enrollment) -> Payload:
    year = enrollment.school_class.school_year
    return {
        "ruleset": year.ruleset_key,
        "school": {"name": year.school.name},
        "school_year": year.name,
        "school_class": {
            "name": enrollment.school_class.name,
            "grade_level": enrollment.grade_level,
        },
        "student": {"id": enrollment.student_id, "full_name": enrollment.student.full_name},
        "homeroom_teacher": None,
        "subjects": [],
        "traits": [],
        "attendance": {"absences_with_leave": None, "absences_without_leave": None},
        "body": {"height_cm": None, "weight_kg": None},
        "comments": {"quality": "", "general_competence": "", "specific_competence": ""},
        "year_decision": None,
        "signed_by": None,
        "signed_at": None,
    }
