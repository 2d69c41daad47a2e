"""A school year is closed: titles, summers, and classes passed on (Điều 11 to 13)."""

import datetime
import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from assessments import actions
from assessments.actions.commendations import AwardDecision
from assessments.actions.handovers import HandoverDraft
from assessments.commendation_workflow import CommendationKind
from assessments.handovers import NoteText
from assessments.models import SupplementaryAssessment, YearDecision
from assessments.supplementary import (
    Reassessed,
    first_result,
    later_result,
    not_completed,
    shortfalls,
)
from hocba.demo.clock import YearPlan, time_of
from hocba.demo.steps import DAY, SUBJECT_OF, Demo, homeroom_of
from rulesets import Period, Ruleset, YearOutcome
from schools.models import SchoolClass, StaffMember
from schools.models.classes import HIGHEST_GRADE
from students.models import Enrollment

PLAN = (
    "Trong hè, mỗi tuần ba buổi sáng tại trường với giáo viên chủ nhiệm; "
    "gia đình kèm em đọc và làm tính mỗi ngày 20 phút."
)
CASE = "Em đã tiến bộ nhưng vẫn chưa đạt; sức khỏe yếu, nghỉ học nhiều trong hè."
DECISION = "Em theo kịp lớp nếu được kèm; lập kế hoạch giúp đỡ từ đầu năm học tới."
LATER_COMMENT = "Em đã nắm được kiến thức cơ bản sau khi ôn tập hè."
GOOD_DEED = "Nhặt được ví tiền trên đường đi học và nhờ cô trả lại người mất."
PRIZE = "Đạt giải Ba hội giao lưu Tiếng Anh cấp tỉnh"
LETTER = "Em đã chép bài giúp bạn suốt hai tuần bạn nằm viện. Cô rất tự hào về em."
GENERAL_NOTE = "Lớp ngoan, đoàn kết; cần giữ nếp đọc sách 15 phút đầu giờ."
BRIGHT, LIMITED = "Chăm chỉ, hay giúp bạn.", "Còn rụt rè khi phát biểu."
LOWER_SECONDARY = "Trường THCS Lê Hồng Phong"
INVIGILATION = "Giáo viên THCS cùng coi và chấm bài kiểm tra Toán, Tiếng Việt cuối năm."


def recognise_one_pupil(school_class: SchoolClass) -> None:
    """The class recognises somebody whom the rule puts second (Điều 13.1.a)."""
    ruleset = school_class.school_year.ruleset
    good = YearDecision.objects.filter(
        enrollment__school_class=school_class, confirmed_result=YearOutcome.GOOD
    ).select_related("enrollment__student")
    decision = good.order_by("enrollment__student__sort_key").first()
    if decision is None or ruleset.title_by_recognition(YearOutcome.GOOD) is None:
        return
    actions.confirm_year_decision(
        school_class=school_class,
        enrollment_id=decision.enrollment_id,
        result=YearOutcome.GOOD,
        recognition=actions.Recognition(
            recognised_on=decision.decided_at.date(), outstanding_subject="tieng_viet"
        ),
        by=homeroom_of(school_class),
    )


def run_summers(demo: Demo, classes: Iterable[SchoolClass], plan: YearPlan) -> None:
    """Planned as lessons end; of the pupils every second one completes."""
    for school_class in classes:
        pupils = not_completed().filter(school_class=school_class)
        for place, pupil in enumerate(pupils.select_related("student").in_roll_order()):
            pupil.school_class = school_class
            _run_summer(demo, pupil, plan, completes=place % 2 == 0)


def _run_summer(demo: Demo, pupil: Enrollment, plan: YearPlan, *, completes: bool) -> None:
    school_class = pupil.school_class
    ruleset, homeroom = school_class.school_year.ruleset, homeroom_of(school_class)
    again = shortfalls(ruleset, first_result(school_class, pupil))
    with time_of(plan.ends_on):
        assessment = actions.plan_supplementary_assessment(
            enrollment=pupil,
            plan=PLAN,
            subject_codes=again.subjects,
            trait_codes=again.traits,
            by=homeroom,
        )
    with time_of(plan.ends_on + 40 * DAY):
        _assess_again(demo, assessment, again, ruleset, completes=completes)
        has_completed = ruleset.is_completed(later_result(assessment).outcome)
        actions.submit_supplementary_assessment(
            assessment=assessment, case_reason="" if has_completed else CASE, by=homeroom
        )
    with time_of(plan.ends_on + 45 * DAY, datetime.time(9, 30)):
        actions.decide_supplementary_assessment(
            assessment=assessment,
            is_promoted=None if pupil.grade_level == HIGHEST_GRADE else True,
            reason="" if has_completed else DECISION,
            by=demo.staff.principal,
        )


def _assess_again(
    demo: Demo,
    assessment: SupplementaryAssessment,
    again: Reassessed,
    ruleset: Ruleset,
    *,
    completes: bool,
) -> None:
    good, still_lacking = ruleset.subject_levels[-2].code, ruleset.subject_levels[-1].code
    homeroom = homeroom_of(assessment.record.class_period.school_class)
    for code in again.subjects:
        is_tested = ruleset.has_test(
            code, grade_level=assessment.grade_level, period=Period.SUPPLEMENTARY
        )
        score = (6 if completes else 4) if is_tested else None
        later = actions.LaterSubject(good if completes else still_lacking, score, LATER_COMMENT)
        teacher = demo.staff.specialists[SUBJECT_OF[code]] if code in SUBJECT_OF else homeroom
        actions.save_supplementary_results(
            assessment=assessment, subjects={code: later}, traits={}, by=teacher
        )
    traits = dict.fromkeys(again.traits, ruleset.trait_levels[-2].code)
    actions.save_supplementary_results(
        assessment=assessment, subjects={}, traits=traits, by=homeroom
    )


def pass_classes_on(demo: Demo, classes: Mapping[str, SchoolClass], plan: YearPlan) -> None:
    """To whoever has the next grade of the same stream; grade 5 to the school."""
    teachers = dict(zip(classes, demo.staff.homeroom, strict=True))
    for name, school_class in classes.items():
        for grade_level in school_class.grade_levels:
            following = f"{grade_level + 1}{name[-1]}"
            receiver = teachers.get(following, demo.staff.registrar)
            if receiver == teachers[name]:
                receiver = demo.staff.principal
            with time_of(plan.ends_on):
                _pass_on(school_class, grade_level, receiver)


def _pass_on(school_class: SchoolClass, grade_level: int, receiver: StaffMember) -> None:
    giver = homeroom_of(school_class)
    pupils = school_class.enrollments.filter(grade_level=grade_level).in_roll_order()
    if not pupils.exists():
        return
    is_last = grade_level == HIGHEST_GRADE
    draft = HandoverDraft(
        general_note=GENERAL_NOTE,
        lower_secondary_school=LOWER_SECONDARY if is_last else "",
        invigilation=INVIGILATION if is_last else "",
        notes={row.pk: NoteText(BRIGHT, LIMITED) for row in pupils[:2]},
    )
    place: dict[str, Any] = {"school_class": school_class, "grade_level": grade_level}
    actions.save_handover(**place, draft=draft, by=giver)
    handover = actions.name_receiver(**place, receiver=receiver, by=giver)
    actions.hand_over_class(handover=handover, by=giver)
    actions.receive_class(handover=handover, by=receiver)


def commend_pupils(demo: Demo, school_class: SchoolClass) -> None:
    """A deed that was commended, a prize that waits for the principal, and a letter."""
    homeroom = homeroom_of(school_class)
    pupils = school_class.enrollments.filter(ended_on=None).in_roll_order()
    first, second, third = itertools.islice(itertools.cycle(pupils), 3)
    deed = actions.propose_commendation(
        enrollment=first,
        kind=CommendationKind.EXTRAORDINARY,
        achievement=GOOD_DEED,
        wording="Khen thưởng đột xuất: nhặt được của rơi trả người mất",
        by=homeroom,
    )
    today = demo.today - DAY
    actions.award_commendation(
        commendation=deed,
        decision=AwardDecision(number="27/QĐ-THHPL", decided_on=today),
        by=demo.staff.principal,
    )
    actions.propose_commendation(
        enrollment=second,
        kind=CommendationKind.HIGHER_LEVEL,
        achievement="Em tự học và đại diện trường dự hội giao lưu Tiếng Anh.",
        wording=PRIZE,
        by=homeroom,
    )
    actions.write_praise_letter(enrollment=third, achievement=LETTER, given_on=today, by=homeroom)
