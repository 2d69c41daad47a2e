"""What this person can do with a class or a pupil now, and if not, who locked it and what next."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.class_page import ClassPage
from assessments.extensions import extended_until
from assessments.models import ClassPeriod
from assessments.permissions import (
    is_homeroom_teacher,
    taught_subjects,
    teaches_class,
    user_can_set_subjects,
    user_can_sign,
    user_sees_summary_sheet,
)
from assessments.policies import check_period_has_opened
from assessments.summary_sheets.sheet import grades_with_form
from assessments.workflow import Status, Step, can_move
from audit.errors import DomainError
from rulesets import Period
from schools.models import StaffMember


@dataclass(frozen=True)
class Offers:
    """A refusal is the sentence on the disabled button; an empty one means: go ahead."""

    is_homeroom: bool
    is_leader: bool
    can_ask: bool
    submit_refusal: str
    sign_refusal: str
    can_sign: bool
    can_reopen: bool
    can_set_subjects: bool
    can_ask_extension: bool = False
    can_extend: bool = False
    confirmable: frozenset[str] = frozenset()
    sees_summary_sheet: bool = False

    @property
    def sees_every_value(self) -> bool:
        """Deviations and changes name pupils' results in all subjects."""
        return self.is_homeroom or self.is_leader


def offers_for(staff: StaffMember, page: ClassPage) -> Offers:
    class_period, school_class = page.class_period, page.school_class
    is_homeroom = is_homeroom_teacher(staff, school_class)
    is_leader = user_can_sign(staff, school_class)
    can_ask = is_homeroom or teaches_class(staff, school_class)
    return Offers(
        is_homeroom=is_homeroom,
        is_leader=is_leader,
        can_ask=can_ask,
        can_ask_extension=can_ask and not is_leader and _is_closed_to(staff, page),
        can_extend=is_leader and class_period.status == Status.OPEN and page.moment.has_opened,
        submit_refusal=_submit_refusal(class_period),
        sign_refusal=_sign_refusal(page),
        can_sign=can_move(Step.SIGN_OFF, status=class_period.status),
        can_reopen=can_move(Step.REOPEN, status=class_period.status),
        can_set_subjects=user_can_set_subjects(staff, school_class),
        confirmable=_confirmable(staff, page) if can_ask else frozenset(),
        sees_summary_sheet=user_sees_summary_sheet(staff, school_class)
        and bool(grades_with_form(school_class, class_period.period)),
    )


def _confirmable(staff: StaffMember, page: ClassPage) -> frozenset[str]:
    """Complete subjects of her own for which she may stand, before the year's end goes up."""
    if page.class_period.period != Period.END_YEAR or not page.class_period.is_editable:
        return frozenset()
    complete = {code for code, part in page.progress.subjects.items() if part.is_complete}
    standing = {code for code, row in page.confirmed.items() if not row.has_changed_since}
    return frozenset(taught_subjects(staff, page.school_class)) & complete - standing


def _is_closed_to(staff: StaffMember, page: ClassPage) -> bool:
    time, status = page.moment, page.class_period.status
    if status != Status.OPEN or time.window is None or not time.is_over:
        return False
    has_asked = any(row.asked_by_id == staff.user_id for row in page.late.requests)
    return not has_asked and not extended_until(page.school_class, staff, time.window, time.today)


def _submit_refusal(class_period: ClassPeriod) -> str:
    if class_period.status == Status.SUBMITTED:
        return _("%(who)s Cần sửa thì xin hiệu trưởng trả lại lớp.") % {
            "who": who_and_when(class_period)
        }
    if class_period.status == Status.SIGNED_OFF:
        return _("%(who)s Cần sửa thì đề nghị mở lại, kèm lý do.") % {
            "who": who_and_when(class_period)
        }
    try:
        check_period_has_opened(class_period.school_class, class_period.period)
    except DomainError as refusal:
        return str(refusal.message)
    return ""


def _sign_refusal(page: ClassPage) -> str:
    if page.class_period.is_editable:
        return _("Lớp chưa được gửi lên; giáo viên chủ nhiệm %(name)s gửi khi đã nhập đủ.") % {
            "name": page.homeroom_name or "—"
        }
    return ""


def who_and_when(class_period: ClassPeriod) -> str:
    """The last step in words: "Nguyễn Thị Hạnh ký duyệt lúc 16:05 22/12/2026." """
    if class_period.status_changed_at is None or class_period.status_changed_by is None:
        return ""
    sentences = {
        Status.SUBMITTED: _("%(name)s gửi lúc %(at)s."),
        Status.RETURNED: _("%(name)s trả lại lúc %(at)s."),
        Status.SIGNED_OFF: _("%(name)s ký duyệt lúc %(at)s."),
        Status.REOPENED: _("%(name)s mở lại lúc %(at)s."),
    }
    return sentences[Status(class_period.status)] % {
        "name": class_period.status_changed_by.full_name,
        "at": date_format(localtime(class_period.status_changed_at), "DATETIME_FORMAT"),
    }
