"""The demo school as its makers hold it, and the steps that every class takes in a period."""

import datetime
from dataclasses import dataclass

from assessments import actions
from assessments.models import ClassPeriod
from hocba.demo.clock import YearPlan, time_of
from hocba.demo.pupils import ClassPlan, PupilPlan
from hocba.demo.results import ClassFiller
from hocba.demo.staff import SPECIALISTS, Accounts, Staff
from reportcards.renderings.on_demand import printed_on_demand
from rulesets import Period
from schools.models import School, SchoolClass, StaffMember

DAY = datetime.timedelta(days=1)
SUBJECT_OF = {code: name for name, codes in SPECIALISTS.items() for code in codes}


@dataclass(frozen=True)
class Size:
    streams: int = 5
    pupils_per_class: int = 35


@dataclass
class Demo:
    today: datetime.date
    size: Size
    school: School
    staff: Staff
    class_plans: list[ClassPlan]
    pupils: list[PupilPlan]
    leavers: list[PupilPlan]
    accounts: Accounts


def homeroom_of(school_class: SchoolClass) -> StaffMember:
    return school_class.homeroom_assignments.get(ended_on__isnull=True).staff_member


def fill(
    demo: Demo,
    school_class: SchoolClass,
    period: Period,
    plan: YearPlan,
    *,
    share: float = 1.0,
) -> None:
    homeroom = homeroom_of(school_class)
    with time_of(plan.windows[period].opens_on + 4 * DAY):
        ClassFiller(school_class, period, share=share).fill(
            homeroom=homeroom,
            teacher_of=lambda code: (
                demo.staff.specialists[SUBJECT_OF[code]] if code in SUBJECT_OF else homeroom
            ),
        )


def submit(demo: Demo, school_class: SchoolClass, period: Period, plan: YearPlan) -> None:
    with time_of(plan.windows[period].opens_on + 8 * DAY, datetime.time(21, 40)):
        actions.submit_class_period(
            school_class=school_class, period=period, by=homeroom_of(school_class)
        )


def sign_off(demo: Demo, school_class: SchoolClass, period: Period, plan: YearPlan) -> None:
    moment = time_of(plan.windows[period].opens_on + 11 * DAY, datetime.time(9, 5))
    with moment, printed_on_demand():
        actions.sign_off_class_period(
            class_period=ClassPeriod.objects.get(school_class=school_class, period=period),
            by=demo.staff.principal,
        )
