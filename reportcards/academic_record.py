"""A pupil's academic record and its years, read from the database for the paper form.

A year's content is the payload of its END_YEAR record: the one signed off, or for staff the
draft of what would be signed.
"""

from collections.abc import Iterable, Sequence

from accounts.models import User
from assessments.models import PeriodRecord
from assessments.payload import draft_payload
from assessments.roster import roster
from reportcards.documents.paper_form import (
    GENDER_NAMES,
    AcademicRecord,
    Cover,
    HistoryRow,
    Information,
    Payload,
    YearPages,
    YearState,
    name_after_label,
    year_pages,
)
from reportcards.signed_years import signed_years
from rulesets import Period
from schools.models import School, SchoolClass
from schools.models.classes import SchoolClassQuerySet
from students.models import Enrollment, Guardian, Student
from students.models.student import StudentQuerySet


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


def record_for_school(
    student: Student, enrollments: Sequence[Enrollment], school: School
) -> AcademicRecord:
    """What the school may print: it inherits the years before, and sees none after it.

    Of another school's years it sees what was signed off there.
    """
    known = enrollments[: enrollments.index(last_enrollment(enrollments, school)) + 1]
    years = _years_for_staff(_last_of_each_year(known), school)
    return _academic_record(student, known, years)


def record_for_guardian(
    student: Student, enrollments: Sequence[Enrollment]
) -> AcademicRecord | None:
    """Signed years only; one that is being looked at again says so. None: nothing is signed."""
    in_each_year = _last_of_each_year(enrollments)
    signed = _signed_years(in_each_year, under_review=True)
    years = [signed[row.pk] for row in in_each_year if row.pk in signed]
    return _academic_record(student, enrollments, years) if years else None


def years_of_class(school_class: SchoolClass) -> list[tuple[Student, YearPages]]:
    """The pupils of the class at the year's end, in roll order."""
    enrollments = list(
        roster(school_class, Period.END_YEAR).select_related(
            "student", "school_class__school_year__school__department"
        )
    )
    years = _years_for_staff(enrollments, school_class.school_year.school)
    return [(row.student, year) for row, year in zip(enrollments, years, strict=True)]


def _years_for_staff(enrollments: Sequence[Enrollment], school: School) -> list[YearPages]:
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
) -> dict[int, YearPages]:
    """By enrolment: the years that stand signed off, or were and are under review."""
    by_pk = {row.pk: row for row in enrollments}
    shown = {YearState.SIGNED_OFF, *([YearState.UNDER_REVIEW] if under_review else [])}
    return {
        pk: _year(year.payload, by_pk[pk], year.state)
        for pk, year in signed_years(enrollments).items()
        if year.state in shown
    }


def _draft_years(enrollments: Sequence[Enrollment]) -> dict[int, YearPages]:
    if not enrollments:
        return {}
    by_pk = {row.pk: row for row in enrollments}
    records = PeriodRecord.objects.with_results().filter(
        enrollment__in=enrollments, class_period__period=Period.END_YEAR
    )
    return {
        record.enrollment_id: _year(
            draft_payload(record), by_pk[record.enrollment_id], YearState.DRAFT
        )
        for record in records
    }


def _empty_year(enrollment: Enrollment) -> YearPages:
    return _year(_empty_payload(enrollment), enrollment, YearState.DRAFT)


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
        "student": {"full_name": enrollment.student.full_name},
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


def _year(payload: Payload, enrollment: Enrollment, state: YearState) -> YearPages:
    return year_pages(payload, state=state, place=_school(enrollment).place_of_issue)


def _academic_record(
    student: Student, enrollments: Sequence[Enrollment], years: Sequence[YearPages]
) -> AcademicRecord:
    newest_school = _school(enrollments[-1])
    return AcademicRecord(
        cover=_cover(student, newest_school),
        information=_information(student, newest_school),
        history=tuple(_history_row(row) for row in enrollments),
        years=tuple(years),
    )


def _cover(student: Student, school: School) -> Cover:
    return Cover(
        student_name=student.full_name,
        school_name=name_after_label(school.name),
        commune_name=school.commune_name,
        district_name=school.district_name,
        province_name=school.province_name,
    )


def _information(student: Student, school: School) -> Information:
    return Information(
        full_name=student.full_name,
        gender=GENDER_NAMES[student.gender],
        date_of_birth=student.date_of_birth,
        ethnicity=student.ethnicity_name,
        nationality=student.nationality,
        birth_place=student.birth_place,
        home_town=student.home_town,
        residence=student.residence,
        father_name=student.father_name,
        mother_name=student.mother_name,
        guardian_name=student.guardian_name,
        place=school.place_of_issue,
    )


def _history_row(enrollment: Enrollment) -> HistoryRow:
    year = enrollment.school_class.school_year
    return HistoryRow(
        school_year=f"{year.first_year} – {year.first_year + 1}",
        class_name=enrollment.school_class.name,
        school_name=name_after_label(year.school.name),
        register_number=enrollment.register_number,
        entered_on=enrollment.enrolled_on,
    )
