"""The demo school from end to end: set up, filled from a spreadsheet, taught, signed."""

import datetime
import io
import itertools

from django.db import transaction

from exchange.actions import confirm_import, import_students
from exchange.students_sheet_writer import write_students_sheet
from hocba.demo.clock import YearPlan, past_year, running_year, time_of
from hocba.demo.comments import write_comment_banks
from hocba.demo.names import MOTHER_OF_TWO
from hocba.demo.open_period import fall_behind, run_open_period
from hocba.demo.pupils import (
    ClassPlan,
    personal_id,
    plan_classes,
    plan_leavers,
    plan_pupils,
    sheet_rows,
)
from hocba.demo.staff import JOB, SPECIALISTS, Accounts, appoint_everybody
from hocba.demo.steps import DAY, SUBJECT_OF, Demo, Size, fill, sign_off, submit
from hocba.demo.stranger import create_stranger_school
from hocba.demo.year_end import (
    commend_pupils,
    pass_classes_on,
    recognise_one_pupil,
    run_summers,
)
from rulesets import Period
from schools.actions import (
    assign_homeroom_teacher,
    assign_subject_teacher,
    create_class,
    create_school,
    create_school_year,
)
from schools.models import Department, School, SchoolClass, SchoolYear, StaffMember
from students.actions import confirm_guardian, end_enrollments
from students.changes import Departure
from students.models import Enrollment, ExitReason, Relation, Student


@transaction.atomic
def seed(today: datetime.date, size: Size, open_period: Period = Period.MID_TERM_2) -> School:
    running = running_year(today, open_period)
    past = past_year(running)
    with time_of(past.starts_on - 20 * DAY):
        demo = _found_school(today, size, running, past)
        create_stranger_school(running, demo.accounts)
    _run_past_year(demo, past)
    _run_current_year(demo, running)
    _add_guardians(demo, running)
    return demo.school


def _found_school(today: datetime.date, size: Size, running: YearPlan, past: YearPlan) -> Demo:
    department, _ = Department.objects.get_or_create(
        code="66", defaults={"name": "Sở Giáo dục và Đào tạo Đắk Lắk"}
    )
    school = create_school(
        department=department,
        ministry_code="66243051",
        name="Trường Tiểu học Hoa Pơ Lang",
        commune_name="Phường Buôn Hồ",
        province_name="Tỉnh Đắk Lắk",
        commune_code="24305",
        province_code="66",
        place_of_issue="Buôn Hồ",
        data_protection_contact="hocvu@hoapolang.example",
        by=JOB,
    )
    classes = plan_classes(size.streams)
    accounts = Accounts()
    staff = appoint_everybody(
        school, [plan.name for plan in classes], past.starts_on - 20 * DAY, accounts
    )
    pupils = plan_pupils(classes, size.pupils_per_class, running.first_year)
    leavers = plan_leavers(classes, size.pupils_per_class, running.first_year, after=len(pupils))
    return Demo(today, size, school, staff, classes, pupils, leavers, accounts)


def _open_year(demo: Demo, plan: YearPlan) -> dict[str, SchoolClass]:
    year = create_school_year(
        school=demo.school,
        first_year=plan.first_year,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        windows=plan.windows,
        by=demo.staff.registrar.acting_user,
    )
    return {
        class_plan.name: _open_class(demo, year, class_plan, homeroom)
        for class_plan, homeroom in zip(demo.class_plans, demo.staff.homeroom, strict=True)
    }


def _open_class(
    demo: Demo, year: SchoolYear, plan: ClassPlan, homeroom: StaffMember
) -> SchoolClass:
    by = demo.staff.registrar.acting_user
    school_class = create_class(
        school_year=year,
        name=plan.name,
        grade_levels=plan.grade_levels,
        optional_subjects=["ngoai_ngu_1"],
        language_names={"ngoai_ngu_1": "Tiếng Anh"},
        by=by,
    )
    assign_homeroom_teacher(
        school_class=school_class, staff_member=homeroom, started_on=year.starts_on, by=by
    )
    offered = {row.subject_code for row in school_class.subject_offerings.all()}
    for name, codes in SPECIALISTS.items():
        _assign(demo, school_class, offered & set(codes), demo.staff.specialists[name])
    _assign(demo, school_class, offered - SUBJECT_OF.keys(), homeroom)
    return school_class


def _assign(
    demo: Demo, school_class: SchoolClass, subject_codes: set[str], teacher: StaffMember
) -> None:
    assign_subject_teacher(
        school_class=school_class,
        subject_codes=sorted(subject_codes),
        staff_member=teacher,
        started_on=school_class.school_year.starts_on,
        by=demo.staff.registrar.acting_user,
    )


def _bring_pupils_in(demo: Demo, school_year: SchoolYear, *, is_past_year: bool) -> None:
    file = io.BytesIO()
    rows = sheet_rows(
        [*demo.pupils, *demo.leavers],
        enrolled_on=school_year.starts_on,
        is_past_year=is_past_year,
    )
    write_students_sheet(file, rows)
    file.seek(0)
    batch = import_students(
        school=demo.school,
        school_year=school_year,
        file=file,
        file_name=f"C1-HocSinh-{school_year.name}.xlsx",
        by=demo.staff.registrar,
    )
    confirm_import(batch=batch, by=demo.staff.registrar)


def _run_past_year(demo: Demo, plan: YearPlan) -> None:
    with time_of(plan.starts_on):
        classes = _open_year(demo, plan)
        year = next(iter(classes.values())).school_year
        _bring_pupils_in(demo, year, is_past_year=True)
    for period, school_class in itertools.product(plan.windows, classes.values()):
        fill(demo, school_class, period, plan)
        if period == Period.END_YEAR:
            with time_of(plan.windows[period].opens_on + 6 * DAY):
                recognise_one_pupil(school_class)
        submit(demo, school_class, period, plan)
        sign_off(demo, school_class, period, plan)
    run_summers(demo, classes.values(), plan)
    pass_classes_on(demo, classes, plan)
    with time_of(plan.ends_on):
        end_enrollments(
            departures=[
                Departure(enrollment, plan.ends_on, ExitReason.YEAR_ENDED)
                for enrollment in Enrollment.objects.filter(
                    school_class__school_year=year
                ).select_related("school_class__school_year")
            ],
            by=demo.staff.registrar.acting_user,
        )


def _run_current_year(demo: Demo, plan: YearPlan) -> None:
    with time_of(plan.starts_on):
        classes = _open_year(demo, plan)
        _bring_pupils_in(demo, next(iter(classes.values())).school_year, is_past_year=False)
        write_comment_banks(
            demo.school, leader=demo.staff.principal, teacher=demo.staff.homeroom[-1]
        )
    _run_earlier_periods(demo, list(classes.values()), plan)
    _replace_a_teacher(demo, classes, plan)
    run_open_period(demo, list(classes.values()), plan)
    with time_of(demo.today - DAY):
        commend_pupils(demo, classes["4A"])


def _run_earlier_periods(demo: Demo, classes: list[SchoolClass], plan: YearPlan) -> None:
    """Signed off by every class, but for one that is late while the year goes on."""
    earlier = itertools.takewhile(lambda period: period != plan.open_period, plan.windows)
    is_late = plan.open_period != Period.END_YEAR
    for period, school_class in itertools.product(earlier, classes):
        if is_late and (school_class, period) == (classes[-1], Period.END_TERM_1):
            fall_behind(demo, school_class, plan)
            continue
        fill(demo, school_class, period, plan)
        submit(demo, school_class, period, plan)
        sign_off(demo, school_class, period, plan)


def _replace_a_teacher(demo: Demo, classes: dict[str, SchoolClass], plan: YearPlan) -> None:
    """The homeroom teacher of 3A leaves at the half-year; everything of hers passes on."""
    school_class = classes["3A"]
    started_on = plan.windows[Period.END_TERM_1].closes_on + 3 * DAY
    substitute = demo.staff.substitute
    by = demo.staff.registrar.acting_user
    if substitute is None:
        return
    leaving = school_class.homeroom_assignments.get(ended_on__isnull=True).staff_member
    codes = leaving.teaching_assignments.filter(
        offering__school_class=school_class, ended_on__isnull=True
    ).values_list("offering__subject_code", flat=True)
    with time_of(started_on - DAY):
        assign_subject_teacher(
            school_class=school_class,
            subject_codes=list(codes),
            staff_member=substitute,
            started_on=started_on,
            by=by,
        )
        assign_homeroom_teacher(
            school_class=school_class, staff_member=substitute, started_on=started_on, by=by
        )


def _add_guardians(demo: Demo, plan: YearPlan) -> None:
    """A mother of two, and a teacher whose own child is a pupil of the school."""
    youngest, *_others, hhen, eldest = demo.pupils
    teacher = demo.staff.homeroom[0].acting_user
    with time_of(plan.starts_on + 15 * DAY):
        mother = demo.accounts.open("phuhuynh", MOTHER_OF_TWO)
        for user, pupil in ((mother, youngest), (mother, eldest), (teacher, hhen)):
            confirm_guardian(
                student=Student.objects.get(personal_id=personal_id(pupil)),
                user=user,
                relation=Relation.MOTHER,
                school=demo.school,
                by=demo.staff.registrar.acting_user,
            )
