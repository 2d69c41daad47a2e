"""The demo school from end to end: set up, filled from a spreadsheet, taught, signed."""

import datetime
import io
import itertools
from dataclasses import dataclass

from django.db import transaction

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod, PeriodRecord, SubjectResult
from exchange.actions import confirm_import, import_students
from exchange.students_sheet_writer import write_students_sheet
from hocba.demo.clock import YearPlan, past_year, running_year, time_of
from hocba.demo.comments import write_comment_banks
from hocba.demo.names import MOTHER_OF_TWO
from hocba.demo.pupils import (
    ClassPlan,
    PupilPlan,
    personal_id,
    plan_classes,
    plan_leavers,
    plan_pupils,
    sheet_rows,
)
from hocba.demo.results import ClassFiller
from hocba.demo.staff import JOB, SPECIALISTS, Accounts, Staff, appoint_everybody
from hocba.demo.stranger import create_stranger_school
from rulesets import Period
from schools.actions import (
    assign_homeroom_teacher,
    assign_subject_teacher,
    create_class,
    create_school,
    create_school_year,
)
from schools.models import Department, School, SchoolClass, SchoolYear, StaffMember
from students.actions import confirm_guardian, end_enrollments, write_individual_plan
from students.changes import Departure
from students.models import Enrollment, ExitReason, Relation, Student

RETEST_REASONS = (
    "Hằng ngày em tính nhanh và đúng; hôm kiểm tra em sốt",
    "Điểm thấp hơn hẳn các bài trong kỳ; em làm thiếu một trang",
)
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


@transaction.atomic
def seed(today: datetime.date, size: Size) -> School:
    running = running_year(today)
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
        _fill(demo, school_class, period, plan)
        _submit(demo, school_class, period, plan)
        _sign_off(demo, school_class, period, plan)
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
    *_others, late = classes.values()
    for school_class in classes.values():
        for period in (Period.MID_TERM_1, Period.END_TERM_1):
            if (school_class, period) == (late, Period.END_TERM_1):
                _fall_behind(demo, school_class, plan)
                continue
            _fill(demo, school_class, period, plan)
            _submit(demo, school_class, period, plan)
            _sign_off(demo, school_class, period, plan)
    _replace_a_teacher(demo, classes, plan)
    _run_open_period(demo, list(classes.values()), plan)


def _fall_behind(demo: Demo, school_class: SchoolClass, plan: YearPlan) -> None:
    """Closed before everything was entered: the homeroom teacher asks for more time."""
    _fill(demo, school_class, Period.END_TERM_1, plan, share=0.9)
    with time_of(demo.today - DAY, datetime.time(19, 30)):
        actions.request_extension(
            school_class=school_class,
            period=Period.END_TERM_1,
            reason="Tôi nằm viện hai tuần cuối học kỳ; xin nhập nốt trong ba ngày.",
            by=_homeroom(school_class),
        )


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


def _run_open_period(demo: Demo, classes: list[SchoolClass], plan: YearPlan) -> None:
    """One class is signed off, one returned, two wait, the others are under way."""
    period = Period.MID_TERM_2
    signed, returned, *waiting = classes[:4]
    for place, school_class in enumerate(classes):
        share = 1.0 if place < 4 else (0.9, 0.6, 0.0, 0.3)[place % 4]
        _fill(demo, school_class, period, plan, share=share)
    for school_class in (signed, returned, *waiting):
        _submit(demo, school_class, period, plan)
    _sign_off(demo, signed, period, plan)
    with time_of(demo.today - DAY):
        actions.return_class_period(
            class_period=ClassPeriod.objects.get(school_class=returned, period=period),
            reason="Nhận xét môn Tiếng Việt của vài em còn chung chung; "
            "thầy cô ghi rõ điểm cần giúp đỡ.",
            by=demo.staff.principal,
        )
        _reopen_one_pupil(demo, classes[-2])
        _support_pupils(demo, next(row for row in classes if row.name == "4A"))
        _exempt_one_pupil(demo, returned)


def _reopen_one_pupil(demo: Demo, school_class: SchoolClass) -> None:
    """One pupil of a signed class is under review, and another's reopening is asked for."""
    first, second = PeriodRecord.objects.filter(
        class_period__school_class=school_class, class_period__period=Period.END_TERM_1
    ).in_roll_order()[:2]
    actions.reopen_record(
        record=first, reason="Nhập nhầm điểm kiểm tra môn Toán", by=demo.staff.principal
    )
    actions.request_reopening(
        class_period=second.class_period,
        record=second,
        reason="Phụ huynh nộp đơn xin phép, cần sửa số buổi nghỉ",
        by=_homeroom(school_class),
    )


def _support_pupils(demo: Demo, school_class: SchoolClass) -> None:
    """In a signed period one retest is agreed and one proposed; one pupil has her own plan."""
    records = PeriodRecord.objects.filter(
        class_period__school_class=school_class,
        class_period__period=Period.END_TERM_1,
        subject_results__subject_code="toan",
    ).order_by("subject_results__test_scores__score", "enrollment__student__sort_key")[:2]
    homeroom = _homeroom(school_class)
    agreed, _proposed = [
        actions.propose_retest(record=record, subject_code="toan", reason=reason, by=homeroom)
        for record, reason in zip(records, RETEST_REASONS, strict=True)
    ]
    actions.agree_to_retest(retest=agreed, by=demo.staff.principal)
    write_individual_plan(
        enrollment=records[1].enrollment,
        adjustments="Toán: các phép tính trong phạm vi 100, được dùng que tính.\n"
        "Tiếng Việt: đọc đoạn ngắn, trả lời bằng lời.",
        valid_from=demo.today - DAY,
        valid_until=None,
        supersedes=None,
        by=homeroom,
    )


def _exempt_one_pupil(demo: Demo, school_class: SchoolClass) -> None:
    """From physical education, in a class that is with its teachers."""
    code = "giao_duc_the_chat"
    stored = (
        SubjectResult.objects.filter(
            record__class_period__school_class=school_class,
            record__class_period__period=Period.MID_TERM_2,
            subject_code=code,
        )
        .select_related("record")
        .earliest("record__enrollment_id")
    )
    edits = {
        "level": Edit(stored.level, "M"),
        "exemption_reason": Edit("", "Em mới mổ tim, bác sĩ cho nghỉ vận động đến hết năm học"),
    }
    actions.save_subject_results(
        school_class=school_class,
        period=Period.MID_TERM_2,
        subject_code=code,
        rows=[RowEdit(stored.record.enrollment_id, edits)],
        by=demo.staff.specialists[SUBJECT_OF[code]]
        if code in SUBJECT_OF
        else _homeroom(school_class),
    )


def _homeroom(school_class: SchoolClass) -> StaffMember:
    return school_class.homeroom_assignments.get(ended_on__isnull=True).staff_member


def _fill(
    demo: Demo,
    school_class: SchoolClass,
    period: Period,
    plan: YearPlan,
    *,
    share: float = 1.0,
) -> None:
    homeroom = _homeroom(school_class)
    with time_of(plan.windows[period].opens_on + 4 * DAY):
        ClassFiller(school_class, period, share=share).fill(
            homeroom=homeroom,
            teacher_of=lambda code: (
                demo.staff.specialists[SUBJECT_OF[code]] if code in SUBJECT_OF else homeroom
            ),
        )


def _submit(demo: Demo, school_class: SchoolClass, period: Period, plan: YearPlan) -> None:
    with time_of(plan.windows[period].opens_on + 8 * DAY, datetime.time(21, 40)):
        actions.submit_class_period(
            school_class=school_class, period=period, by=_homeroom(school_class)
        )


def _sign_off(demo: Demo, school_class: SchoolClass, period: Period, plan: YearPlan) -> None:
    with time_of(plan.windows[period].opens_on + 11 * DAY, datetime.time(9, 5)):
        actions.sign_off_class_period(
            class_period=ClassPeriod.objects.get(school_class=school_class, period=period),
            by=demo.staff.principal,
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
