"""Class 4A at the year's end and in the summer, brought there by the actions.

Everything is T and 9, but for Anh, whose Toán is C and 4, and H'Hen, whose Toán is 7:
Đức is Hoàn thành xuất sắc, H'Hen Hoàn thành tốt, and Anh has not completed the programme.
"""

import datetime

from django.utils import timezone

from assessments import actions
from assessments.actions import LaterSubject
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod, SupplementaryAssessment, YearDecision
from rulesets import Period
from students.models import Enrollment
from tests.assessments import states
from tests.cast import Cast

END_YEAR = Period.END_YEAR
IN_JULY = datetime.datetime(2027, 7, 20, 1, tzinfo=datetime.UTC)
PLAN = "Mỗi tuần ba buổi, ôn phép chia có dư."


def edit_maths(cast: Cast, pupil: Enrollment, **edits: tuple[object, object]) -> None:
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_YEAR,
        subject_code="toan",
        rows=[RowEdit(pupil.pk, {name: Edit(*edit) for name, edit in edits.items()})],
        by=cast.ngoc,
    )


def unconfirmed(cast: Cast) -> None:
    states.filled(cast, END_YEAR)
    YearDecision.objects.all().delete()
    edit_maths(cast, cast.anh, level=("T", "C"), score=(9, 4))
    edit_maths(cast, cast.hhen, score=(9, 7))


def confirmed(cast: Cast) -> None:
    unconfirmed(cast)
    actions.confirm_year_decisions(school_class=cast.school_class, by=cast.ngoc)


def submitted(cast: Cast) -> ClassPeriod:
    confirmed(cast)
    return states.submit(cast, END_YEAR)


def signed_off(cast: Cast) -> ClassPeriod:
    return actions.sign_off_class_period(class_period=submitted(cast), by=cast.hanh)


def decision_of(pupil: Enrollment) -> YearDecision:
    return YearDecision.objects.select_related("enrollment__school_class__school_year__school").get(
        enrollment=pupil
    )


def planned(cast: Cast) -> SupplementaryAssessment:
    signed_off(cast)
    return plan(cast)


def plan(cast: Cast) -> SupplementaryAssessment:
    return actions.plan_supplementary_assessment(
        enrollment=Enrollment.objects.select_related("school_class__school_year__school").get(
            pk=cast.anh.pk
        ),
        plan=PLAN,
        subject_codes=["toan"],
        trait_codes=[],
        by=cast.ngoc,
    )


def reassessed(cast: Cast, *, level: str = "H", score: int = 6) -> SupplementaryAssessment:
    assessment = planned(cast)
    save_later(cast, assessment, level=level, score=score)
    return assessment


def save_later(
    cast: Cast, assessment: SupplementaryAssessment, *, level: str, score: int | None
) -> None:
    actions.save_supplementary_results(
        assessment=assessment,
        subjects={"toan": LaterSubject(level, score, "Em đã chia được số có hai chữ số.")},
        traits={},
        by=cast.ngoc,
    )


def put_forward(
    cast: Cast, *, level: str = "H", score: int = 6, case_reason: str = ""
) -> SupplementaryAssessment:
    return actions.submit_supplementary_assessment(
        assessment=reassessed(cast, level=level, score=score),
        case_reason=case_reason,
        by=cast.ngoc,
    )


def put_forward_incomplete(cast: Cast) -> SupplementaryAssessment:
    return put_forward(cast, level="C", score=4, case_reason="Em ốm dài ngày trong hè")


def decided(cast: Cast) -> SupplementaryAssessment:
    return actions.decide_supplementary_assessment(
        assessment=put_forward(cast), is_promoted=True, by=cast.hanh
    )


def sign_as_not_completed(cast: Cast, pupil: Enrollment) -> None:
    """A further pupil of a signed year, past the actions."""
    now = timezone.now()
    YearDecision.objects.create(
        enrollment=pupil,
        grade_level=pupil.grade_level,
        ruleset_key="tt27",
        derived_result="not_completed",
        confirmed_result="not_completed",
        has_completed=False,
        decided_at=now,
        decided_by=cast.ngoc.acting_user,
        signed_off_at=now,
        signed_off_by=cast.hanh.acting_user,
        locked_at=now,
    )
