"""When another test may be given, answered and entered, whoever asks (Điều 7.1.d)."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assessments.errors import InvalidEntry, ReasonMissing, StepNotAllowed
from assessments.models import PeriodRecord, Retest
from assessments.retest_workflow import RetestStep, retest_transition
from assessments.workflow import Status
from rulesets import Period
from schools.models import SchoolClass


def retest_is_allowed(
    school_class: SchoolClass, period: str, subject_code: str, grade_level: int
) -> bool:
    return school_class.school_year.ruleset.allows_retest(
        subject_code,
        grade_level=grade_level,
        period=Period(period),
        is_special_class=school_class.is_special,
    )


def check_retest_can_be_proposed(record: PeriodRecord, subject_code: str) -> int:
    """The score that is abnormal."""
    class_period = record.class_period
    if not retest_is_allowed(
        class_period.school_class,
        class_period.period,
        subject_code,
        record.enrollment.grade_level,
    ):
        raise StepNotAllowed(_("Quy định không cho kiểm tra lại môn này ở thời điểm này."))
    if Retest.objects.open().filter(record=record, subject_code=subject_code).exists():
        raise StepNotAllowed(
            _("Em đang có một đề nghị kiểm tra lại môn này; hãy đợi trả lời hoặc rút đề nghị ấy.")
        )
    result = record.subject_results.filter(subject_code=subject_code).first()
    score = result.effective_score if result else None
    if score is None:
        raise StepNotAllowed(
            _("Em chưa có điểm kiểm tra môn này; hãy nhập điểm bài đã làm rồi mới đề nghị.")
        )
    return score


def check_retest_step_has_reason(step: RetestStep, reason: str) -> None:
    if retest_transition(step).needs_reason and not reason.strip():
        raise ReasonMissing


def check_no_signature_is_awaited(record: PeriodRecord) -> None:
    """What was handed in is signed or returned as it was handed in."""
    if record.status == Status.SUBMITTED:
        raise StepNotAllowed(
            _(
                "Kết quả của em đang chờ thầy/cô ký duyệt: hãy ký duyệt hoặc trả lại trước, "
                "rồi đồng ý cho kiểm tra lại."
            )
        )


def check_test_day(retest: Retest, taken_on: datetime.date) -> None:
    agreed_on = timezone.localdate(retest.answered_at) if retest.answered_at else taken_on
    if taken_on > timezone.localdate():
        raise InvalidEntry(_("Ngày kiểm tra lại không thể ở sau hôm nay."))
    if taken_on < agreed_on:
        raise InvalidEntry(
            _("Hiệu trưởng đồng ý ngày %(day)s; ngày kiểm tra lại từ hôm ấy trở đi.")
            % {"day": date_format(agreed_on)}
        )
