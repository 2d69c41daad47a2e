"""The fixed cast. Everybody in the tests is one of these people.

Kim Đồng is the school; Ms Hạnh leads it, Mr Phúc is her deputy, Ms Ngọc is class 4A's
homeroom teacher and teaches Tiếng Việt and Toán, Mr Bình teaches 4A English only, Ms Sương
teaches nothing of 4A, Mr Tâm is the registrar, Ms Vân the clerk, Mr Kiên the administrator.
Ms Hòa is the mother of Anh in 4A; H'Hen and Đức are in 4A too. Lê Lợi is another school,
whose principal, Mr Quang, is the stranger.
"""

import copy
import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.db import models

from accounts.models import User
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
from tests import factories
from tests.inserts import Inserts

# The last weeks of the first term: the window END_TERM_1 is open.
NOW = datetime.datetime(2027, 1, 5, 20, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))

# The window END_YEAR is open.
IN_MAY = datetime.datetime(2027, 5, 20, 13, tzinfo=datetime.UTC)

# In which the cast stands, each after those that its rows point to.
TABLES: list[type[models.Model]] = [
    User,
    Department,
    School,
    SchoolYear,
    PeriodWindow,
    StaffMember,
    StaffRole,
    SchoolClass,
    HomeroomAssignment,
    SubjectOffering,
    TeachingAssignment,
    Student,
    Guardian,
    Enrollment,
]


@dataclass(frozen=True)
class Cast:
    school: School
    school_year: SchoolYear
    school_class: SchoolClass
    hanh: StaffMember
    phuc: StaffMember
    ngoc: StaffMember
    binh: StaffMember
    suong: StaffMember
    tam: StaffMember
    van: StaffMember
    kien: StaffMember
    hoa: User
    anh: Enrollment
    hhen: Enrollment
    duc: Enrollment
    other_school: School
    other_class: SchoolClass
    quang: StaffMember
    stranger: Enrollment


@pytest.fixture
def now() -> Iterator[datetime.datetime]:
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def in_may(cast: "Cast") -> Iterator["Cast"]:
    """The cast when the window of the year's end is open."""
    with time_machine.travel(IN_MAY, tick=False):
        yield cast


class FirstCast:
    def __init__(self) -> None:
        self.cast: Cast | None = None
        self.inserts = Inserts([])

    def remember(self, cast: Cast) -> None:
        self.cast = cast
        self.inserts = Inserts([list(model._base_manager.all()) for model in TABLES])

    def write_again(self) -> None:
        self.inserts.write()


@pytest.fixture(scope="session")
def first_cast() -> FirstCast:
    return FirstCast()


@pytest.fixture
def cast(db: None, now: datetime.datetime, first_cast: FirstCast) -> Cast:
    """Made once a session; then its rows are written again, all of a table at once.

    No sequence has to follow: PostgreSQL never takes a number back that it has given.
    """
    if first_cast.cast is None:
        first_cast.remember(make_cast())
    else:
        first_cast.write_again()
    return copy.deepcopy(first_cast.cast)


def make_cast() -> Cast:
    school = factories.make_school()
    year = factories.make_school_year(school)
    school_class = factories.make_class(year, "4A", (4,))
    staff = _make_staff(school)
    factories.assign_homeroom(school_class, staff["ngoc"])
    for subject_code in ("tieng_viet", "toan"):
        factories.assign_teacher(school_class, subject_code, staff["ngoc"])
    factories.assign_teacher(school_class, "ngoai_ngu_1", staff["binh"])
    pupils = _make_pupils(school_class)
    hoa = factories.make_user("hoa", "Phạm Thị Hòa")
    factories.make_guardian(hoa, pupils["anh"].student, confirmed_by=staff["tam"].user)
    return Cast(
        school=school,
        school_year=year,
        school_class=school_class,
        hoa=hoa,
        **staff,
        **pupils,
        **_make_other_school(),
    )


def _make_staff(school: School) -> dict[str, StaffMember]:
    people = {
        "hanh": ("Nguyễn Thị Hạnh", Role.PRINCIPAL),
        "phuc": ("Đỗ Văn Phúc", Role.VICE_PRINCIPAL),
        "ngoc": ("Trần Thị Ngọc", Role.TEACHER),
        "binh": ("Y Bình Êban", Role.TEACHER),
        "suong": ("Lê Thị Sương", Role.TEACHER),
        "tam": ("Phạm Văn Tâm", Role.REGISTRAR),
        "van": ("Hồ Thị Vân", Role.CLERK),
        "kien": ("Vũ Trung Kiên", Role.ADMINISTRATOR),
    }
    return {
        key: factories.make_staff(school, name, role, user=factories.make_user(key, name))
        for key, (name, role) in people.items()
    }


def _make_pupils(school_class: SchoolClass) -> dict[str, Enrollment]:
    anh = factories.make_student("Lê Minh Anh")
    hhen = factories.make_student("H'Hen Niê", ethnicity_code="12")
    duc = factories.make_student("Võ Trí Đức", gender="male")
    return {
        "anh": factories.enroll(anh, school_class),
        "hhen": factories.enroll(hhen, school_class),
        "duc": factories.enroll(duc, school_class),
    }


def _make_other_school() -> dict[str, object]:
    other = factories.make_school("Trường Tiểu học Lê Lợi")
    other_class = factories.make_class(factories.make_school_year(other), "4A", (4,))
    name = "Bùi Văn Quang"
    return {
        "other_school": other,
        "other_class": other_class,
        "quang": factories.make_staff(
            other, name, Role.PRINCIPAL, user=factories.make_user("quang", name)
        ),
        "stranger": factories.enroll(factories.make_student("Mai Thu Lan"), other_class),
    }
