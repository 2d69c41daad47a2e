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
from schools.models import Department, Role, School
from students.actions import create_student, enroll_student

PUPILS = ["Nông Bảo Chi", "Mai Gia Hưng", "H'Liêu Ayun", "Tạ Minh Khôi", "Bế Thị Xuân"]


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
    year = create_school_year(
        school=school,
        first_year=plan.first_year,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        windows=plan.windows,
        by=JOB,
    )
    appoint_staff_member(
        school=school,
        full_name="Bùi Văn Quang",
        position_title="Hiệu trưởng",
        roles=[Role.PRINCIPAL, Role.REGISTRAR],
        started_on=plan.starts_on - datetime.timedelta(days=300),
        user=accounts.open("hieutruong2", "Bùi Văn Quang"),
        by=JOB,
    )
    teacher = appoint_staff_member(
        school=school,
        full_name="Lò Thị Mây",
        position_title="Giáo viên",
        roles=[Role.TEACHER],
        started_on=plan.starts_on - datetime.timedelta(days=300),
        user=accounts.open("giaovien2", "Lò Thị Mây"),
        by=JOB,
    )
    school_class = create_class(school_year=year, name="4A", grade_levels=[4], by=JOB)
    assign_homeroom_teacher(
        school_class=school_class, staff_member=teacher, started_on=plan.starts_on, by=JOB
    )
    for place, full_name in enumerate(PUPILS):
        student = create_student(
            details={
                "full_name": full_name,
                "date_of_birth": datetime.date(plan.first_year - 9, 2 + place, 11),
                "gender": "male" if place in {1, 3} else "female",
            },
            school=school,
            by=JOB,
        )
        enroll_student(
            student=student,
            school_class=school_class,
            grade_level=4,
            enrolled_on=plan.starts_on,
            by=JOB,
        )
    return school
