"""What the state of a term record allows, whoever asks."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assessments.completeness import missing_in_class, missing_of
from assessments.errors import (
    ClassIncomplete,
    PeriodNotOpen,
    ReasonMissing,
    RecordLocked,
    StepNotAllowed,
)
from assessments.models import ClassPeriod, PeriodRecord
from assessments.roster import roster, window_of
from assessments.workflow import Status, Step, can_move, transition_for
from schools.models import SchoolClass


def check_period_has_opened(school_class: SchoolClass, period: str) -> None:
    """A period that has closed still takes late entries; one that has not opened takes none."""
    if period not in school_class.school_year.ruleset.periods:
        raise PeriodNotOpen
    window = window_of(school_class, period)
    if window is None:
        raise PeriodNotOpen
    if timezone.localdate() < window.opens_on:
        raise PeriodNotOpen(
            _("Thời điểm này mở nhập từ %(day)s.") % {"day": date_format(window.opens_on)}
        )


def check_record_is_editable(record: PeriodRecord) -> None:
    if record.status == Status.SUBMITTED:
        raise RecordLocked(
            _("Kết quả đã gửi hiệu trưởng nên không sửa được; hãy đề nghị trả lại lớp.")
        )
    if record.status == Status.SIGNED_OFF:
        raise RecordLocked(
            _("Kết quả đã ký duyệt nên bị khóa; hãy đề nghị hiệu trưởng mở lại, kèm lý do.")
        )


def check_can_move(step: Step, holder: ClassPeriod | PeriodRecord) -> None:
    if not can_move(step, status=holder.status):
        raise StepNotAllowed(
            _("Không %(step)s được khi trạng thái là “%(status)s”; hãy tải lại trang.")
            % {"step": step.label, "status": Status(holder.status).label}
        )


def check_was_seen(holder: ClassPeriod | PeriodRecord, seen_at: datetime.datetime) -> None:
    """Who signs has looked at what was handed in last, not at what was returned meanwhile."""
    if holder.status_changed_at != seen_at:
        raise StepNotAllowed(
            _("Kết quả đã được gửi lại sau khi thầy/cô mở trang; hãy xem bản mới rồi ký.")
        )


def check_class_is_signed_off(class_period: ClassPeriod) -> None:
    """A pupil goes alone only then; else she would be signed without her class, or left behind."""
    if class_period.status != Status.SIGNED_OFF:
        raise StepNotAllowed(
            _("Lớp đang “%(status)s”: kết quả của em này đi cùng cả lớp; hãy tải lại trang.")
            % {"status": Status(class_period.status).label}
        )


def check_roster_has_pupils(school_class: SchoolClass, period: str) -> None:
    """Handing in freezes the roster: an empty one would stay empty."""
    if not roster(school_class, period).exists():
        raise StepNotAllowed(_("Lớp chưa có học sinh nào nên chưa gửi được; hãy hỏi học vụ."))


def check_class_is_complete(school_class: SchoolClass, period: str) -> None:
    missing = missing_in_class(school_class, period)
    if missing:
        raise ClassIncomplete(missing)


def check_record_is_complete(record: PeriodRecord) -> None:
    class_period = record.class_period
    missing = missing_of(
        [(record.enrollment, record)], class_period.school_class, class_period.period
    )
    if missing:
        raise ClassIncomplete(missing)


def check_step_has_reason(step: Step, reason: str) -> None:
    if transition_for(step).needs_reason and not reason.strip():
        raise ReasonMissing
