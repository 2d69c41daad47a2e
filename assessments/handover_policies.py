"""What the state of a class and of its handover allows, whoever asks (Điều 12)."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from assessments.errors import InvalidEntry, NotOnRoster, ReasonMissing, StepNotAllowed
from assessments.handovers import (
    possible_receivers,
    pupils_to_hand_over,
    unsigned_pupils,
)
from assessments.models import Handover
from assessments.roster import class_status
from assessments.workflow import Status
from rulesets import Period
from schools.models import SchoolClass, StaffMember


def check_grade_is_of_class(school_class: SchoolClass, grade_level: int) -> None:
    if grade_level not in school_class.grade_levels:
        raise NotOnRoster(_("Lớp không có khối này."))


def check_handover_is_open(handover: Handover) -> None:
    if handover.is_received:
        raise StepNotAllowed(_("Biên bản đã được nhận nên bị khóa."))
    if handover.is_handed_over:
        raise StepNotAllowed(
            _("Đã bàn giao nên không sửa được; người nhận trả lại thì thầy/cô sửa tiếp.")
        )


def check_receiver_fits(handover: Handover, receiver: StaffMember | None) -> None:
    if handover.is_received:
        raise StepNotAllowed(_("Biên bản đã được nhận nên không đổi người nhận."))
    if receiver is None:
        raise StepNotAllowed(_("Chưa chọn người nhận; hãy chọn rồi bàn giao."))
    if receiver not in possible_receivers(handover.school_class, handover.grade_level):
        raise InvalidEntry(
            _("Người nhận lớp 5 là lãnh đạo trường hoặc học vụ.")
            if handover.is_of_last_grade
            else _("Người nhận là một giáo viên hoặc lãnh đạo trường, không phải người giao.")
        )


def check_year_can_be_handed_over(school_class: SchoolClass, grade_level: int) -> None:
    if class_status(school_class, Period.END_YEAR) != Status.SIGNED_OFF:
        raise StepNotAllowed(
            _("Kết quả cuối năm của lớp chưa được ký duyệt nên chưa bàn giao được.")
        )
    if unsigned_pupils(school_class, grade_level):
        raise StepNotAllowed(
            _("Còn em đang được xem lại kết quả cuối năm; ký duyệt lại rồi mới bàn giao.")
        )


def check_last_grade_is_documented(handover: Handover) -> None:
    """Điều 12.2.b."""
    texts = (handover.lower_secondary_school, handover.invigilation)
    if handover.is_of_last_grade and not all(texts):
        raise InvalidEntry(
            _("Lớp 5: hãy ghi trường trung học cơ sở và giáo viên tham gia coi, chấm.")
        )


def check_pupils_are_handed_over(
    school_class: SchoolClass, grade_level: int, enrollment_ids: Collection[int]
) -> None:
    pupils = pupils_to_hand_over(school_class, grade_level).values_list("pk", flat=True)
    if not set(enrollment_ids) <= set(pupils):
        raise NotOnRoster


def check_awaits_receipt(handover: Handover) -> None:
    if not handover.awaits_receipt:
        raise StepNotAllowed(_("Biên bản này không chờ nhận; hãy tải lại trang."))


def check_return_has_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Hãy ghi lý do để người giao biết phải làm gì."))
