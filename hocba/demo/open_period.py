"""What goes on in the running year: classes in every state, and what single pupils need."""

import datetime

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod, PeriodRecord, SubjectResult
from hocba.demo.clock import YearPlan, time_of
from hocba.demo.steps import DAY, SUBJECT_OF, Demo, fill, homeroom_of, sign_off, submit
from rulesets import Period
from schools.models import SchoolClass
from students.actions import write_individual_plan

RETEST_REASONS = (
    "Hằng ngày em tính nhanh và đúng; hôm kiểm tra em sốt",
    "Điểm thấp hơn hẳn các bài trong kỳ; em làm thiếu một trang",
)


def fall_behind(demo: Demo, school_class: SchoolClass, plan: YearPlan) -> None:
    """Closed before everything was entered: the homeroom teacher asks for more time."""
    fill(demo, school_class, Period.END_TERM_1, plan, share=0.9)
    with time_of(demo.today - DAY, datetime.time(19, 30)):
        actions.request_extension(
            school_class=school_class,
            period=Period.END_TERM_1,
            reason="Tôi nằm viện hai tuần cuối học kỳ; xin nhập nốt trong ba ngày.",
            by=homeroom_of(school_class),
        )


def run_open_period(demo: Demo, classes: list[SchoolClass], plan: YearPlan) -> None:
    """One class is signed off, one returned, two wait, the others are under way."""
    period = plan.open_period or Period.MID_TERM_2
    signed, returned, *waiting = classes[:4]
    # At the year's end everything is entered, so that the school can be closed by its roles.
    shares = (1.0,) if period == Period.END_YEAR else (0.9, 0.6, 0.0, 0.3)
    for place, school_class in enumerate(classes):
        share = 1.0 if place < 4 else shares[place % len(shares)]
        fill(demo, school_class, period, plan, share=share)
    for school_class in (signed, returned, *waiting):
        submit(demo, school_class, period, plan)
    sign_off(demo, signed, period, plan)
    with time_of(demo.today - DAY):
        actions.return_class_period(
            class_period=ClassPeriod.objects.get(school_class=returned, period=period),
            reason="Nhận xét môn Tiếng Việt của vài em còn chung chung; "
            "thầy cô ghi rõ điểm cần giúp đỡ.",
            by=demo.staff.principal,
        )
        _reopen_one_pupil(demo, classes[-2])
        _support_pupils(demo, next(row for row in classes if row.name == "4A"))
        _exempt_one_pupil(demo, returned, period)


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
        by=homeroom_of(school_class),
    )


def _support_pupils(demo: Demo, school_class: SchoolClass) -> None:
    """In a signed period one retest is agreed and one proposed; one pupil has her own plan."""
    records = PeriodRecord.objects.filter(
        class_period__school_class=school_class,
        class_period__period=Period.END_TERM_1,
        subject_results__subject_code="toan",
    ).order_by("subject_results__test_scores__score", "enrollment__student__sort_key")[:2]
    homeroom = homeroom_of(school_class)
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


def _exempt_one_pupil(demo: Demo, school_class: SchoolClass, period: Period) -> None:
    """From physical education, in a class that is with its teachers."""
    code = "giao_duc_the_chat"
    stored = (
        SubjectResult.objects.filter(
            record__class_period__school_class=school_class,
            record__class_period__period=period,
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
        period=period,
        subject_code=code,
        rows=[RowEdit(stored.record.enrollment_id, edits)],
        by=demo.staff.specialists[SUBJECT_OF[code]]
        if code in SUBJECT_OF
        else homeroom_of(school_class),
    )
