"""The demo's staff: who they are, what they teach, and the accounts that they log in with."""

import datetime
import random
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import User
from audit.models import SystemJob
from hocba.demo.names import TEACHER_AND_MOTHER, invent_adult
from schools.actions import appoint_staff_member
from schools.models import Role, School, StaffMember

JOB = SystemJob("seed_demo")
DEMO_PASSWORD = "hocba-demo-2026"  # noqa: S105 - printed on purpose; production refuses the demo

WITHOUT_ADDRESS = {"amnhac", "phuhuynh"}

OFFICE = [
    ("hieutruong", "Nguyễn Thị Thu Hạnh", "Hiệu trưởng", Role.PRINCIPAL),
    ("phohieutruong", "Y Thiên Niê", "Phó hiệu trưởng", Role.VICE_PRINCIPAL),
    ("hocvu", "Phạm Văn Tâm", "Giáo vụ", Role.REGISTRAR),
    ("vanthu", "Hồ Thị Vân", "Văn thư", Role.CLERK),
    ("quantri", "Vũ Trung Kiên", "Quản trị hệ thống", Role.ADMINISTRATOR),
]
KNOWN_TEACHERS = {"gv1a": TEACHER_AND_MOTHER}
# Specialists teach these subjects in all classes; everything else is the homeroom teacher's.
SPECIALISTS = {
    "tienganh": ["ngoai_ngu_1"],
    "tinhoc": ["tin_hoc", "cong_nghe"],
    "theduc": ["giao_duc_the_chat"],
    "amnhac": ["am_nhac"],
    "mithuat": ["mi_thuat"],
}


@dataclass
class Staff:
    office: dict[str, StaffMember] = field(default_factory=dict)
    homeroom: list[StaffMember] = field(default_factory=list)
    specialists: dict[str, StaffMember] = field(default_factory=dict)
    substitute: StaffMember | None = None

    @property
    def principal(self) -> StaffMember:
        return self.office["hieutruong"]

    @property
    def registrar(self) -> StaffMember:
        return self.office["hocvu"]


class Accounts:
    """Every demo account has the same password, hashed once: hashing is slow on purpose."""

    def __init__(self) -> None:
        self._password = make_password(DEMO_PASSWORD)

    def open(self, username: str, full_name: str) -> User:
        return User.objects.create(
            username=username,
            full_name=full_name,
            email="" if username in WITHOUT_ADDRESS else f"{username}@hoapolang.example",
            password=self._password,
            date_joined=timezone.now(),
        )


def appoint_everybody(
    school: School, class_names: list[str], started_on: datetime.date, accounts: Accounts
) -> Staff:
    chance = random.Random(41)
    staff = Staff()
    for username, full_name, title, role in OFFICE:
        staff.office[username] = _appoint(
            school, accounts, username, full_name, title, role, started_on
        )
    for name in class_names:
        staff.homeroom.append(
            _appoint_teacher(school, accounts, f"gv{name}".lower(), chance, started_on)
        )
    for username in SPECIALISTS:
        staff.specialists[username] = _appoint_teacher(
            school, accounts, username, chance, started_on
        )
    staff.substitute = _appoint_teacher(school, accounts, "gvthay", chance, started_on)
    return staff


def _appoint_teacher(
    school: School,
    accounts: Accounts,
    username: str,
    chance: random.Random,
    started_on: datetime.date,
) -> StaffMember:
    invented = invent_adult(chance, chance.choice(["female", "female", "female", "male"]))
    full_name = KNOWN_TEACHERS.get(username, invented)
    return _appoint(school, accounts, username, full_name, "Giáo viên", Role.TEACHER, started_on)


def _appoint(
    school: School,
    accounts: Accounts,
    username: str,
    full_name: str,
    title: str,
    role: Role,
    started_on: datetime.date,
) -> StaffMember:
    number = StaffMember.objects.count() + 1
    return appoint_staff_member(
        school=school,
        full_name=full_name,
        position_title=title,
        roles=[role],
        started_on=started_on,
        by=JOB,
        user=accounts.open(username, full_name),
        personal_id=f"0661{80 + number % 15:02}{number:06}",
    )
