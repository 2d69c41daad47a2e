"""A school of a thousand pupils with every result of a period entered."""

import datetime
import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.models import User
    from assessments.models import PeriodRecord
    from schools.models import SchoolClass, SchoolYear, StaffMember

CLASSES, PUPILS_OF_A_CLASS = 30, 35
PUPILS = 1000
ENTERED_AT = datetime.datetime(2027, 1, 4, 13, tzinfo=datetime.UTC)
LEVELS, TRAIT_LEVELS, SCORES = "TTHTHTC", "TTĐTĐTC", (9, 8, 10, 7, 6, 9, 5, 10, 8, 4, 9)
ETHNICITIES = ("01", "01", "12", "02", "")


def make_full_school(periods: list[str]) -> "tuple[SchoolYear, StaffMember]":
    """1,000 pupils in 30 classes of five grades, and their principal."""
    from schools.models import Role
    from tests import factories

    school = factories.make_school()
    year = factories.make_school_year(school)
    leader = factories.make_staff(
        school, "Nguyễn Thị Hạnh", Role.PRINCIPAL, user=factories.make_user("hanh")
    )
    left = PUPILS
    for number in range(CLASSES):
        grade_level = number % 5 + 1
        school_class = factories.make_class(
            year, f"{grade_level}{'ABCDEF'[number // 5]}", (grade_level,)
        )
        size = min(PUPILS_OF_A_CLASS, left - (CLASSES - number - 1))
        left -= size
        _enroll(school_class, number, size)
        for period in periods:
            _enter(school_class, period, leader.acting_user)
    return year, leader


def _enroll(school_class: "SchoolClass", number: int, size: int) -> None:
    from students.models import Enrollment, Student

    students = Student.objects.bulk_create(
        Student(
            full_name=f"Trần Thị Số {place}",
            ministry_code=str(8_000_000_000 + 100 * number + place),
            date_of_birth=datetime.date(2017, 3, 14),
            gender="female" if place % 2 else "male",
            ethnicity_code=ETHNICITIES[place % len(ETHNICITIES)],
            disability="Khiếm thị" if place == 7 else "",
        )
        for place in range(size)
    )
    Enrollment.objects.bulk_create(
        Enrollment(
            student=student,
            school_class=school_class,
            grade_level=school_class.lowest_grade,
            enrolled_on=school_class.school_year.starts_on,
        )
        for student in students
    )


def _enter(school_class: "SchoolClass", period: str, user: "User") -> None:
    from assessments.models import ClassPeriod, PeriodRecord

    class_period = ClassPeriod.objects.create(school_class=school_class, period=period)
    records = PeriodRecord.objects.bulk_create(
        PeriodRecord(class_period=class_period, enrollment=enrollment)
        for enrollment in school_class.enrollments.all()
    )
    _enter_subjects(school_class, period, records, user)
    _enter_traits(school_class, records, user)


def _enter_subjects(
    school_class: "SchoolClass", period: str, records: "list[PeriodRecord]", user: "User"
) -> None:
    from assessments.completeness import expectations
    from assessments.models import SubjectResult, TestScore

    levels, scores = itertools.cycle(LEVELS), itertools.cycle(SCORES)
    expected = expectations(school_class, period)[school_class.lowest_grade]
    entered: dict[str, Any] = {"saved_at": ENTERED_AT, "saved_by": user}
    results = SubjectResult.objects.bulk_create(
        SubjectResult(record=record, subject_code=code, level=next(levels), **entered)
        for record in records
        for code in expected.subjects
    )
    TestScore.objects.bulk_create(
        TestScore(result=result, score=next(scores))
        for result in results
        if result.subject_code in expected.tested
    )


def _enter_traits(school_class: "SchoolClass", records: "list[PeriodRecord]", user: "User") -> None:
    from assessments.models import TraitResult

    levels = itertools.cycle(TRAIT_LEVELS)
    traits = school_class.school_year.ruleset.traits_for(school_class.lowest_grade)
    TraitResult.objects.bulk_create(
        TraitResult(
            record=record,
            trait_code=trait.code,
            level=next(levels),
            saved_at=ENTERED_AT,
            saved_by=user,
        )
        for record in records
        for trait in traits
    )
