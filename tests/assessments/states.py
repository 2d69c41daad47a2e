"""Class 4A in each state of its end of the first term, brought there by the actions."""

import datetime
from typing import Any

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod, Extension, PeriodRecord, Retest
from rulesets import Period
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


def filled(cast: Cast, period: str = END_TERM_1) -> ClassPeriod:
    assign_every_subject(cast.school_class, cast.ngoc)
    fill_class(cast.school_class, period, homeroom=cast.ngoc, teachers={"ngoai_ngu_1": cast.binh})
    return ClassPeriod.objects.get(school_class=cast.school_class, period=period)


def submitted(cast: Cast, period: str = END_TERM_1) -> ClassPeriod:
    filled(cast, period)
    return submit(cast, period)


def submit(cast: Cast, period: str = END_TERM_1) -> ClassPeriod:
    return actions.submit_class_period(school_class=cast.school_class, period=period, by=cast.ngoc)


def returned(cast: Cast) -> ClassPeriod:
    return actions.return_class_period(
        class_period=submitted(cast), reason="Xem lại điểm Toán", by=cast.hanh
    )


def signed_off(cast: Cast, period: str = END_TERM_1) -> ClassPeriod:
    return actions.sign_off_class_period(class_period=submitted(cast, period), by=cast.hanh)


def reopened(cast: Cast) -> ClassPeriod:
    return actions.reopen_class_period(
        class_period=signed_off(cast), reason="Sai điểm Khoa học", by=cast.hanh
    )


def with_anh_reopened(cast: Cast) -> PeriodRecord:
    """The class is signed off; Anh alone is with her teachers again."""
    record = signed_off(cast).records.get(enrollment=cast.anh)
    return actions.reopen_record(record=record, reason="Nhập nhầm điểm Toán", by=cast.hanh)


def extended(cast: Cast, until: datetime.date, **options: Any) -> Extension:
    """4A's end of term stays open longer: for everybody, or as the options say."""
    return actions.grant_extension(
        **{
            "school_class": cast.school_class,
            "period": END_TERM_1,
            "ends_on": until,
            "reason": "Lớp nghỉ học vì bão",
            "by": cast.hanh,
            **options,
        }
    )


def correct(cast: Cast, subject_code: str, **edits: tuple[object, object]) -> None:
    """Changes cells of Anh's, each from what stands there."""
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code=subject_code,
        rows=[RowEdit(cast.anh.pk, {name: Edit(*edit) for name, edit in edits.items()})],
        by=cast.ngoc,
    )


def proposed_retest(cast: Cast, class_period: ClassPeriod | None = None) -> Retest:
    """Ms Ngọc finds Anh's score in Toán abnormal."""
    class_period = class_period or filled(cast)
    return actions.propose_retest(
        record=class_period.records.get(enrollment=cast.anh),
        subject_code="toan",
        reason="Hằng ngày em làm tốt, hôm kiểm tra em mệt",
        by=cast.ngoc,
    )


def agreed_retest(cast: Cast, class_period: ClassPeriod | None = None) -> Retest:
    return actions.agree_to_retest(retest=proposed_retest(cast, class_period), by=cast.hanh)


def declined_retest(cast: Cast) -> Retest:
    return actions.decline_retest(
        retest=proposed_retest(cast), reason="Chênh lệch chưa nhiều", by=cast.hanh
    )


def taken_retest(cast: Cast, class_period: ClassPeriod | None = None) -> Retest:
    """Anh has 9, and 10 in the test of January 5."""
    retest = agreed_retest(cast, class_period)
    day = datetime.date(2027, 1, 5)
    actions.enter_retest_score(retest=retest, score=10, taken_on=day, by=cast.ngoc)
    return retest
