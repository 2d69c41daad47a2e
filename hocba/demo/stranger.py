"""A second, small school, whose people must see nothing of the first."""

import datetime

from hocba.demo.clock import YearPlan
from hocba.demo.staff import JOB, Accounts
from schools.actions import (
    appoint_staff_member,
    assign_homeroom_teacher,
    create_class,
    create_school,
    create_school_year,
)
from schools.models import Department, Role, School, SchoolClass
from students.actions import create_students, enroll_students
from students.changes import Placement

TEACHER = "giaovien2"
STAFF = [
    ("hieutruong2", "Bùi Văn Quang", "Hiệu trưởng", [Role.PRINCIPAL, Role.REGISTRAR]),
    (TEACHER, "Lò Thị Mây", "Giáo viên", [Role.TEACHER]),
]
PUPILS = [
    ("Nông Bảo Chi", "female"),
    ("Mai Gia Hưng", "male"),
    ("H'Liêu Ayun", "female"),
    ("Tạ Minh Khôi", "male"),
    ("Bế Thị Xuân", "female"),
]


def create_stranger_school(plan: YearPlan, accounts: Accounts) -> School:
    school = create_school(
        department=Department.objects.get(code="66"),
        ministry_code="66241332",
        name="Trường Tiểu học Suối Bạc",
        commune_name="Phường Buôn Ma Thuột",
        province_name="Tỉnh Đắk Lắk",
        commune_code="24133",
        province_code="66",
        place_of_issue="Buôn Ma Thuột",
        by=JOB,
    )
    appointed_on = plan.starts_on - datetime.timedelta(days=300)
    for username, full_name, title, roles in STAFF:
        appoint_staff_member(
            school=school,
            full_name=full_name,
            position_title=title,
            roles=roles,
            started_on=appointed_on,
            user=accounts.open(username, full_name),
            by=JOB,
        )
    _enroll_pupils(_open_class(school, plan), plan)
    return school


def _open_class(school: School, plan: YearPlan) -> SchoolClass:
    year = create_school_year(
        school=school,
        first_year=plan.first_year,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        windows=plan.windows,
        by=JOB,
    )
    school_class = create_class(school_year=year, name="4A", grade_levels=[4], by=JOB)
    assign_homeroom_teacher(
        school_class=school_class,
        staff_member=school.staff_members.get(user__username=TEACHER),
        started_on=plan.starts_on,
        by=JOB,
    )
    return school_class


def _enroll_pupils(school_class: SchoolClass, plan: YearPlan) -> None:
    details = [
        {
            "full_name": full_name,
            "date_of_birth": datetime.date(plan.first_year - 9, 2 + place, 11),
            "gender": gender,
        }
        for place, (full_name, gender) in enumerate(PUPILS)
    ]
    students = create_students(details=details, school=school_class.school_year.school, by=JOB)
    enroll_students(
        placements=[Placement(row, school_class, 4, plan.starts_on) for row in students], by=JOB
    )
