"""What the state of a pupil's summer allows, whoever asks."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from assessments.completeness import expectations
from assessments.errors import InvalidEntry, RecordLocked, StepNotAllowed
from assessments.models import PeriodRecord, SupplementaryAssessment
from assessments.supplementary import not_completed
from rulesets import Period, YearOutcome, YearResult
from schools.models.classes import HIGHEST_GRADE
from students.models import Enrollment


def check_is_not_completed(enrollment: Enrollment) -> None:
    if not not_completed().filter(pk=enrollment.pk).exists():
        raise StepNotAllowed(
            _(
                "Đánh giá bổ sung dành cho em chưa hoàn thành chương trình, "
                "sau khi kết quả cuối năm đã ký duyệt."
            )
        )


def check_plan_content(
    enrollment: Enrollment, subject_codes: Iterable[str], trait_codes: Iterable[str]
) -> None:
    subjects, traits = set(subject_codes), set(trait_codes)
    expected = expectations(enrollment.school_class, Period.END_YEAR)[enrollment.grade_level]
    if not subjects | traits:
        raise InvalidEntry(_("Hãy chọn ít nhất một nội dung được đánh giá bổ sung."))
    if not subjects <= set(expected.subjects) or not traits <= set(expected.traits):
        raise InvalidEntry(_("Nội dung đánh giá bổ sung không có trong chương trình của em."))


def check_keeps_what_was_entered(
    record: PeriodRecord, subject_codes: Iterable[str], trait_codes: Iterable[str]
) -> None:
    entered = {
        *record.subject_results.values_list("subject_code", flat=True),
        *record.trait_results.values_list("trait_code", flat=True),
    }
    if entered - {*subject_codes, *trait_codes}:
        raise InvalidEntry(_("Nội dung đã có kết quả bổ sung thì không bỏ khỏi kế hoạch được."))


def check_case_is_complete(result: YearResult, case_reason: str) -> None:
    if result.outcome == YearOutcome.INCOMPLETE:
        raise StepNotAllowed(_("Chưa gửi được: còn nội dung chưa có kết quả đánh giá bổ sung."))
    if result.outcome == YearOutcome.NOT_COMPLETED and not case_reason.strip():
        raise InvalidEntry(_("Em chưa hoàn thành: hãy ghi lý do trình hiệu trưởng xét lên lớp."))


def check_promotion(
    assessment: SupplementaryAssessment,
    *,
    has_completed: bool,
    is_promoted: bool | None,
    reason: str,
) -> None:
    """Two facts: the principal may promote a pupil who has not completed (Điều 11)."""
    if assessment.grade_level == HIGHEST_GRADE:
        if is_promoted is not None:
            raise InvalidEntry(_("Khối 5 xét hoàn thành chương trình tiểu học, không lên lớp."))
    elif has_completed and not is_promoted:
        raise InvalidEntry(_("Em đã hoàn thành chương trình thì được lên lớp."))
    elif is_promoted is None:
        raise InvalidEntry(_("Hãy quyết định em được lên lớp hay chưa."))
    if not has_completed and not reason.strip():
        raise InvalidEntry(_("Em chưa hoàn thành: hãy ghi lý do của quyết định."))


def check_no_later_decision(records: Iterable[PeriodRecord]) -> None:
    """The year's end stays as it was when the summer was decided upon it."""
    decided = SupplementaryAssessment.objects.filter(
        decided_at__isnull=False,
        record__enrollment__in=[
            record.enrollment_id
            for record in records
            if record.class_period.period == Period.END_YEAR
        ],
    ).select_related("record__enrollment__student")
    for assessment in decided:
        raise RecordLocked(
            _("Em %(name)s đã có quyết định sau đánh giá bổ sung; hãy mở lại quyết định ấy trước.")
            % {"name": assessment.record.enrollment.student.full_name}
        )
