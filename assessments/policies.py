"""What the state of a term record allows, whoever asks."""

import datetime
from dataclasses import replace

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assessments.calendar import PeriodInTime
from assessments.completeness import OF_A_SUBJECT, missing_in_class, missing_of
from assessments.confirmations import unconfirmed_subjects
from assessments.errors import (
    ClassIncomplete,
    ExtensionRefused,
    InvalidEntry,
    PeriodClosed,
    PeriodNotOpen,
    ReasonMissing,
    RecordLocked,
    StepNotAllowed,
)
from assessments.extensions import extended_until
from assessments.models import ClassPeriod, PeriodRecord, YearDecision
from assessments.roster import class_status, roster, window_of
from assessments.workflow import EDITABLE, Status, Step, can_move, transition_for
from rulesets import Period, ScoreError, ScoreScale
from schools.models import PeriodWindow, SchoolClass, StaffMember


def check_period_has_opened(school_class: SchoolClass, period: str) -> PeriodInTime:
    """Enough to hand a complete class in, and to confirm its year, however late."""
    time = _time_of(school_class, period)
    _check_has_opened(time)
    return time


def check_period_takes_entries(school_class: SchoolClass, period: str, staff: StaffMember) -> None:
    """What every action that enters something asks first."""
    time = _time_of(school_class, period)
    status: str = Status.OPEN
    if time.window and time.is_over:
        status = class_status(school_class, period)
        until = extended_until(school_class, staff, time.window, time.today)
        time = replace(time, extended_until=until)
    check_entries_are_taken(time, status)


def check_entries_are_taken(time: PeriodInTime, class_status: str) -> None:
    """The rule itself. Whatever the principal gave back may be corrected at any time."""
    window = _check_has_opened(time)
    if class_status == Status.OPEN and time.is_closed:
        raise PeriodClosed(
            _("Thời điểm này nhập được đến hết %(day)s; hãy đề nghị hiệu trưởng gia hạn.")
            % {"day": date_format(window.closes_on)}
        )


def _time_of(school_class: SchoolClass, period: str) -> PeriodInTime:
    if period not in school_class.school_year.ruleset.periods:
        raise PeriodNotOpen
    window = window_of(school_class, period)
    return PeriodInTime(school_class.school_year, Period(period), window, timezone.localdate())


def _check_has_opened(time: PeriodInTime) -> PeriodWindow:
    if time.window is None:
        raise PeriodNotOpen
    if not time.has_opened:
        raise PeriodNotOpen(
            _("Thời điểm này mở nhập từ %(day)s.") % {"day": date_format(time.window.opens_on)}
        )
    return time.window


def check_class_can_be_extended(school_class: SchoolClass, period: str) -> PeriodWindow:
    """The window that would be extended."""
    window = _check_has_opened(_time_of(school_class, period))
    status = class_status(school_class, period)
    if status in EDITABLE and status != Status.OPEN:
        raise ExtensionRefused(_("Lớp đang được sửa lại nên vẫn nhập được, không cần gia hạn."))
    if status != Status.OPEN:
        raise ExtensionRefused(
            _("Lớp đã gửi hiệu trưởng nên không cần gia hạn; cần sửa thì xin trả lại hoặc mở lại.")
        )
    return window


def check_extension_ends_in_time(window: PeriodWindow, ends_on: datetime.date) -> None:
    first = max(window.closes_on + datetime.timedelta(days=1), timezone.localdate())
    last = window.school_year.last_day_for_entries
    if not first <= ends_on <= last:
        raise ExtensionRefused(
            _("Ngày gia hạn phải từ %(first)s đến %(last)s.")
            % {"first": date_format(first), "last": date_format(last)}
        )


def check_class_period_is_editable(class_period: ClassPeriod) -> None:
    if not class_period.is_editable:
        raise RecordLocked(_("Lớp đã gửi hiệu trưởng nên không đổi được; hãy đề nghị trả lại."))


def check_subject_is_complete(school_class: SchoolClass, period: str, subject_code: str) -> None:
    missing = [
        entry
        for entry in missing_in_class(school_class, period)
        if entry.kind in OF_A_SUBJECT and entry.code == subject_code
    ]
    if missing:
        raise StepNotAllowed(_("Môn này còn kết quả chưa nhập nên chưa xác nhận được."))


def check_subjects_are_confirmed(school_class: SchoolClass, class_period: ClassPeriod) -> None:
    """Where the department asks for it, before the year's end goes to the principal."""
    if class_period.period != Period.END_YEAR:
        return
    if not school_class.school_year.school.department.asks_for_subject_confirmations:
        return
    unconfirmed = unconfirmed_subjects(school_class, class_period)
    if unconfirmed:
        ruleset = school_class.school_year.ruleset
        names = ", ".join(ruleset.subject(code).name for code in unconfirmed)
        raise StepNotAllowed(
            _("Chưa gửi được: giáo viên chưa xác nhận kết quả của %(subjects)s.")
            % {"subjects": names}
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


def check_score(scale: ScoreScale, score: int) -> None:
    try:
        scale.parse(score)
    except ScoreError as error:
        raise InvalidEntry(_("Điểm nằm ngoài thang điểm của quy định.")) from error


def check_decision_awaits_signature(decision: YearDecision) -> None:
    """A title is given or refused between the hand-in and the signature."""
    record = PeriodRecord.objects.filter(
        enrollment=decision.enrollment_id, class_period__period=Period.END_YEAR
    ).first()
    if record is None or record.status != Status.SUBMITTED:
        raise StepNotAllowed(
            _("Danh hiệu được xét khi kết quả cuối năm đang chờ ký; hãy tải lại trang.")
        )
