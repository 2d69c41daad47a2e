"""Class 4A in each state of its end of the first term, brought there by the actions."""

from assessments import actions
from assessments.merge import Edit, RowEdit
from assessments.models import ClassPeriod, PeriodRecord
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


def correct(cast: Cast, subject_code: str, **edits: tuple[object, object]) -> None:
    """Changes cells of Anh's, each from what stands there."""
    actions.save_subject_results(
        school_class=cast.school_class,
        period=END_TERM_1,
        subject_code=subject_code,
        rows=[RowEdit(cast.anh.pk, {name: Edit(*edit) for name, edit in edits.items()})],
        by=cast.ngoc,
    )
