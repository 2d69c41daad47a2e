"""Rows for tests, made plainly; the cast (tests/cast.py) is made of them."""

import datetime
import itertools
from typing import Any

from django.utils import timezone

from accounts.models import User
from rulesets import Period
from schools.models import (
    Department,
    HomeroomAssignment,
    PeriodWindow,
    Role,
    School,
    SchoolClass,
    SchoolYear,
    StaffMember,
    StaffRole,
    SubjectOffering,
    TeachingAssignment,
)
from students.models import Enrollment, Guardian, Student

YEAR_START = datetime.date(2026, 9, 5)
YEAR_END = datetime.date(2027, 5, 31)
PASSWORD = "mat-khau-thu-nghiem"

numbers = itertools.count(1)

WINDOWS = {
    Period.MID_TERM_1: (datetime.date(2026, 10, 26), datetime.date(2026, 11, 15)),
    Period.END_TERM_1: (datetime.date(2026, 12, 28), datetime.date(2027, 1, 17)),
    Period.MID_TERM_2: (datetime.date(2027, 3, 8), datetime.date(2027, 3, 28)),
    Period.END_YEAR: (datetime.date(2027, 5, 10), datetime.date(2027, 5, 31)),
}


def make_user(username: str, full_name: str = "Trần Văn Thử", **fields: Any) -> User:
    user = User(username=username, full_name=full_name, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def make_school(name: str = "Trường Tiểu học Kim Đồng", **fields: Any) -> School:
    department, _ = Department.objects.get_or_create(
        code="66", defaults={"name": "Sở Giáo dục và Đào tạo Đắk Lắk"}
    )
    number = next(numbers)
    return School.objects.create(
        **{
            "department": department,
            "ministry_code": f"66{number:06}",
            "name": name,
            "commune_name": "Phường Buôn Hồ",
            "province_name": "Tỉnh Đắk Lắk",
            "place_of_issue": "Buôn Hồ",
            **fields,
        }
    )


def make_school_year(school: School, first_year: int = 2026, **fields: Any) -> SchoolYear:
    shift = first_year - YEAR_START.year
    year = SchoolYear.objects.create(
        **{
            "school": school,
            "first_year": first_year,
            "starts_on": _shifted(YEAR_START, shift),
            "ends_on": _shifted(YEAR_END, shift),
            **fields,
        }
    )
    for period, (opens_on, closes_on) in WINDOWS.items():
        PeriodWindow.objects.create(
            school_year=year,
            period=period,
            opens_on=_shifted(opens_on, shift),
            closes_on=_shifted(closes_on, shift),
            roster_on=_shifted(closes_on, shift),
        )
    return year


def _shifted(day: datetime.date, years: int) -> datetime.date:
    return day.replace(year=day.year + years)


def make_staff(
    school: School, full_name: str, *roles: Role, user: User | None = None
) -> StaffMember:
    member = StaffMember.objects.create(
        school=school,
        user=user,
        full_name=full_name,
        position_title=str(Role(roles[0]).label) if roles else "Giáo viên",
        personal_id=f"{next(numbers):012}",
    )
    for role in roles:
        StaffRole.objects.create(staff_member=member, role=role, started_on=YEAR_START)
    return member


def make_class(
    school_year: SchoolYear, name: str = "4A", grades: tuple[int, ...] = (4,), **fields: Any
) -> SchoolClass:
    """A class with its compulsory subjects offered."""
    school_class = SchoolClass.objects.create(
        school_year=school_year,
        name=name,
        lowest_grade=min(grades),
        highest_grade=max(grades),
        **fields,
    )
    for grade_level in grades:
        subjects = school_year.ruleset.compulsory_subjects(
            grade_level, is_special_class=school_class.is_special
        )
        for subject in subjects:
            SubjectOffering.objects.create(
                school_class=school_class, grade_level=grade_level, subject_code=subject.code
            )
    return school_class


def assign_homeroom(school_class: SchoolClass, staff_member: StaffMember) -> HomeroomAssignment:
    return HomeroomAssignment.objects.create(
        school_class=school_class,
        staff_member=staff_member,
        started_on=school_class.school_year.starts_on,
    )


def assign_teacher(
    school_class: SchoolClass, subject_code: str, staff_member: StaffMember
) -> list[TeachingAssignment]:
    return [
        TeachingAssignment.objects.create(
            offering=offering,
            staff_member=staff_member,
            started_on=school_class.school_year.starts_on,
        )
        for offering in school_class.subject_offerings.filter(subject_code=subject_code)
    ]


def make_student(full_name: str = "Lê Minh Anh", **fields: Any) -> Student:
    number = next(numbers)
    return Student.objects.create(
        **{
            "full_name": full_name,
            "ministry_code": f"{6600000000 + number}",
            "personal_id": f"066{number:09}",
            "date_of_birth": datetime.date(2017, 3, 14),
            "gender": "female",
            "ethnicity_code": "01",
            "birth_place": "Bệnh viện Buôn Hồ, Đắk Lắk",
            "home_town": "Xã Ea Drông, Đắk Lắk",
            "residence": "Phường Buôn Hồ, Đắk Lắk",
            "mother_name": "Phạm Thị Hòa",
            **fields,
        }
    )


def enroll(student: Student, school_class: SchoolClass, **fields: Any) -> Enrollment:
    return Enrollment.objects.create(
        **{
            "student": student,
            "school_class": school_class,
            "grade_level": school_class.lowest_grade,
            "enrolled_on": school_class.school_year.starts_on,
            **fields,
        }
    )


def make_guardian(
    user: User, student: Student, *, confirmed_by: User | None, **fields: Any
) -> Guardian:
    return Guardian.objects.create(
        **{
            "user": user,
            "student": student,
            "relation": "mother",
            "confirmed_at": timezone.now() if confirmed_by else None,
            "confirmed_by": confirmed_by,
            **fields,
        }
    )
