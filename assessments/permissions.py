"""Who may do what to results. What a record's state allows stands in policies.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.commendation_workflow import CommendationStatus
from assessments.models import Commendation, CommentEntry, Handover
from audit.errors import NotPermitted
from schools.models import (
    HomeroomAssignment,
    Role,
    School,
    SchoolClass,
    StaffMember,
    SubjectOffering,
    TeachingAssignment,
)
from schools.permissions import (
    SCHOOL_LEADERS,
    has_role,
    is_school_leader,
    user_sees_all_classes,
    visible_classes,
    works_at_school_of,
)

if TYPE_CHECKING:
    from assessments.owing import Debtor


def is_homeroom_teacher(staff: StaffMember, school_class: SchoolClass) -> bool:
    """In post today, or at the end of a school year that is over."""
    day = min(timezone.localdate(), school_class.school_year.ends_on)
    return (
        HomeroomAssignment.objects.in_post_on(day)
        .filter(school_class=school_class, staff_member=staff)
        .exists()
    )


def check_user_is_homeroom_teacher(staff: StaffMember, school_class: SchoolClass) -> None:
    if not is_homeroom_teacher(staff, school_class):
        raise NotPermitted(
            _("Chỉ giáo viên chủ nhiệm đang phụ trách lớp %(name)s được làm việc này.")
            % {"name": school_class.name}
        )


OFFERED_COLUMNS = ("grade_level", "is_taught", "language_name")


@dataclass(frozen=True)
class OfferedGrade:
    """One grade of a class that takes a subject; a multi-grade class has several."""

    grade_level: int
    is_taught: bool
    language_name: str = ""


def offered_grades(
    staff: StaffMember, school_class: SchoolClass, subject_code: str
) -> list[OfferedGrade]:
    """The grades that take a subject, and which of them the teacher is assigned."""
    offerings = _with_assignment(staff, school_class).filter(subject_code=subject_code)
    return [OfferedGrade(*row) for row in offerings.values_list(*OFFERED_COLUMNS)]


def taught_subjects(staff: StaffMember, school_class: SchoolClass) -> dict[str, list[OfferedGrade]]:
    """The offered grades of each subject that the teacher is assigned in one grade or more."""
    grades: dict[str, list[OfferedGrade]] = {}
    offerings = _with_assignment(staff, school_class)
    for code, *row in offerings.values_list("subject_code", *OFFERED_COLUMNS):
        grades.setdefault(code, []).append(OfferedGrade(*row))
    return {
        code: offered
        for code, offered in grades.items()
        if any(grade.is_taught for grade in offered)
    }


def offerings_taught(
    staff: StaffMember, school_class: SchoolClass, subject_code: str
) -> list[SubjectOffering]:
    """The offerings of a subject that a teacher is assigned."""
    offerings = _with_assignment(staff, school_class).filter(subject_code=subject_code)
    return list(offerings.filter(is_taught=True))


def _with_assignment(staff: StaffMember, school_class: SchoolClass) -> QuerySet[Any]:
    """The class's offerings, each with `is_taught`."""
    day = min(timezone.localdate(), school_class.school_year.ends_on)
    in_post = TeachingAssignment.objects.in_post_on(day).filter(
        staff_member=staff, offering=OuterRef("pk")
    )
    return school_class.subject_offerings.annotate(is_taught=Exists(in_post)).order_by(
        "grade_level"
    )


def check_user_teaches(
    staff: StaffMember, school_class: SchoolClass, subject_code: str
) -> list[SubjectOffering]:
    """The offerings that the teacher is assigned, at least one."""
    taught = offerings_taught(staff, school_class, subject_code)
    if not taught:
        raise NotPermitted(
            _("Thầy/cô không được phân công dạy môn này ở lớp %(name)s; hãy hỏi học vụ.")
            % {"name": school_class.name}
        )
    return taught


def check_user_teaches_pupil(
    staff: StaffMember, school_class: SchoolClass, grade_level: int, subject_code: str
) -> None:
    """In a multi-grade class a teacher may have one grade and not the other."""
    taught = check_user_teaches(staff, school_class, subject_code)
    if grade_level not in {offering.grade_level for offering in taught}:
        raise NotPermitted(_("Thầy/cô không dạy môn này cho khối của em."))


def teaches_class(staff: StaffMember, school_class: SchoolClass) -> bool:
    day = min(timezone.localdate(), school_class.school_year.ends_on)
    return (
        TeachingAssignment.objects.in_post_on(day)
        .filter(staff_member=staff, offering__school_class=school_class)
        .exists()
    )


def check_user_can_note_traits(staff: StaffMember, school_class: SchoolClass) -> None:
    if not teaches_class(staff, school_class):
        raise NotPermitted(
            _("Chỉ giáo viên đang dạy lớp %(name)s được ghi chú về học sinh của lớp.")
            % {"name": school_class.name}
        )


def works_with_class(staff: StaffMember, school_class: SchoolClass) -> bool:
    return is_homeroom_teacher(staff, school_class) or teaches_class(staff, school_class)


def check_user_can_ask_to_reopen(staff: StaffMember, school_class: SchoolClass) -> None:
    if not works_with_class(staff, school_class):
        raise NotPermitted(
            _("Chỉ giáo viên của lớp %(name)s được đề nghị mở lại.") % {"name": school_class.name}
        )


def check_user_can_ask_for_extension(staff: StaffMember, school_class: SchoolClass) -> None:
    if not works_with_class(staff, school_class):
        raise NotPermitted(
            _("Chỉ giáo viên của lớp %(name)s được đề nghị gia hạn.") % {"name": school_class.name}
        )


def check_user_can_extend(staff: StaffMember, school: School) -> None:
    """Leave to enter late is a leader's to give; the administrator only sets dates."""
    if staff.school_id != school.pk or not is_school_leader(staff):
        raise NotPermitted(_("Chỉ hiệu trưởng hoặc phó hiệu trưởng được gia hạn."))


def check_user_can_sign(staff: StaffMember, school_class: SchoolClass) -> None:
    if not user_can_sign(staff, school_class):
        raise NotPermitted(_("Chỉ hiệu trưởng hoặc phó hiệu trưởng được ký duyệt và trả lại."))


def user_can_sign(staff: StaffMember, school_class: SchoolClass) -> bool:
    """A leader of this school: being one elsewhere does not help."""
    return works_at_school_of(staff, school_class) and is_school_leader(staff)


def user_can_commend(staff: StaffMember, school_class: SchoolClass) -> bool:
    """Điều 13: the class's teachers and the school's leaders."""
    return user_can_sign(staff, school_class) or works_with_class(staff, school_class)


def check_user_can_commend(staff: StaffMember, school_class: SchoolClass) -> None:
    if not user_can_commend(staff, school_class):
        raise NotPermitted(
            _("Chỉ giáo viên của lớp %(name)s và lãnh đạo trường được khen học sinh của lớp.")
            % {"name": school_class.name}
        )


def user_can_withdraw_commendation(staff: StaffMember, commendation: Commendation) -> bool:
    school_class = commendation.enrollment.school_class
    if user_can_sign(staff, school_class):
        return True
    is_author = commendation.proposed_by_id == staff.user_id
    is_awarded = commendation.status == CommendationStatus.AWARDED
    return works_at_school_of(staff, school_class) and is_author and not is_awarded


def check_user_can_withdraw_commendation(staff: StaffMember, commendation: Commendation) -> None:
    if not user_can_withdraw_commendation(staff, commendation):
        raise NotPermitted(
            _(
                "Chỉ người viết và lãnh đạo trường được rút lại; khen thưởng đã có "
                "quyết định thì chỉ lãnh đạo trường."
            )
        )


def user_can_name_receiver(staff: StaffMember, school_class: SchoolClass) -> bool:
    return user_can_sign(staff, school_class) or is_homeroom_teacher(staff, school_class)


def check_user_can_name_receiver(staff: StaffMember, school_class: SchoolClass) -> None:
    if not user_can_name_receiver(staff, school_class):
        raise NotPermitted(_("Chỉ giáo viên chủ nhiệm và lãnh đạo trường được chọn người nhận."))


def check_user_is_receiver(staff: StaffMember, handover: Handover) -> None:
    if handover.receiver_id != staff.pk:
        raise NotPermitted(_("Chỉ người nhận được ký nhận hoặc trả lại biên bản bàn giao."))


def check_user_can_read_handover(staff: StaffMember, handover: Handover) -> None:
    """Notes on pupils: for who gives, who takes once it is given, and who sees every class."""
    is_taken = handover.is_handed_over and handover.receiver_id == staff.pk
    school_class = handover.school_class
    sees_all = works_at_school_of(staff, school_class) and user_sees_all_classes(staff)
    if not (is_taken or sees_all or is_homeroom_teacher(staff, school_class)):
        raise NotPermitted(
            _("Biên bản bàn giao do người giao, người nhận, lãnh đạo trường và học vụ đọc.")
        )


def user_can_set_subjects(staff: StaffMember, school_class: SchoolClass) -> bool:
    return works_at_school_of(staff, school_class) and user_sees_all_classes(staff)


def check_user_can_set_subjects(staff: StaffMember, school_class: SchoolClass) -> None:
    if not user_can_set_subjects(staff, school_class):
        raise NotPermitted(_("Chỉ học vụ và lãnh đạo trường được đặt môn học của lớp."))


def check_user_can_see_class(staff: StaffMember, school_class: SchoolClass) -> None:
    if not visible_classes(staff).filter(pk=school_class.pk).exists():
        raise NotPermitted(
            _("Thầy/cô không dạy lớp %(name)s nên không xem được kết quả của lớp.")
            % {"name": school_class.name}
        )


def check_user_sees_readiness(staff: StaffMember, school_class: SchoolClass) -> None:
    """It names pupils and every subject: for who hands the class in, and who signs it."""
    if not (user_can_sign(staff, school_class) or is_homeroom_teacher(staff, school_class)):
        raise NotPermitted(
            _("Chỉ giáo viên chủ nhiệm và lãnh đạo trường xem được lớp %(name)s còn thiếu gì.")
            % {"name": school_class.name}
        )


def user_sees_summary_sheet(staff: StaffMember, school_class: SchoolClass) -> bool:
    """It holds every pupil's results in every subject, and remarks: a subject teacher has her
    own grid. The registrar keeps it on file (Điều 10.2.a)."""
    sees_all = works_at_school_of(staff, school_class) and user_sees_all_classes(staff)
    return sees_all or is_homeroom_teacher(staff, school_class)


def check_user_sees_summary_sheet(staff: StaffMember, school_class: SchoolClass) -> None:
    if not user_sees_summary_sheet(staff, school_class):
        raise NotPermitted(
            _(
                "Bảng tổng hợp của lớp %(name)s dành cho giáo viên chủ nhiệm, "
                "lãnh đạo trường và học vụ."
            )
            % {"name": school_class.name}
        )


def check_user_can_nudge(
    staff: StaffMember, debtors: "Sequence[Debtor]", school_class: SchoolClass | None
) -> None:
    """A leader anyone of her school; a homeroom teacher those who owe her class something."""
    if any(debtor.teacher.school_id != staff.school_id for debtor in debtors):
        raise NotPermitted(_("Thầy/cô không làm việc ở trường này."))
    if is_school_leader(staff):
        return
    places = {debt.school_class.pk for debtor in debtors for debt in debtor.debts}
    if school_class is None or not places <= {school_class.pk}:
        raise NotPermitted(_("Chỉ hiệu trưởng và phó hiệu trưởng nhắc được cả trường."))
    check_user_is_homeroom_teacher(staff, school_class)


def user_sees_statistics(staff: StaffMember) -> bool:
    """Everybody who works with results; the administrator does not."""
    return has_role(staff, *SCHOOL_LEADERS, Role.REGISTRAR, Role.TEACHER, Role.CLERK)


def check_user_sees_statistics(staff: StaffMember) -> None:
    if not user_sees_statistics(staff):
        raise NotPermitted(
            _("Thống kê kết quả dành cho lãnh đạo trường, học vụ, giáo viên và văn thư.")
        )


def user_sees_small_counts(staff: StaffMember) -> bool:
    """Few pupils in a cell are pupils whom one knows: for those who may see them all."""
    return user_sees_all_classes(staff)


def user_sees_health_in(staff: StaffMember, school_class: SchoolClass) -> bool:
    """Height, weight and disability are sensitive data (Luật 91/2025/QH15, Điều 26)."""
    sees_all = works_at_school_of(staff, school_class) and user_sees_all_classes(staff)
    return sees_all or is_homeroom_teacher(staff, school_class)


def user_can_write_bank(staff: StaffMember, school: School, owner: StaffMember | None) -> bool:
    """Teachers write their own comment bank, leaders and registrars the school's."""
    if staff.school_id != school.pk:
        return False
    if owner is None:
        return user_sees_all_classes(staff)
    return owner.pk == staff.pk and has_role(staff, Role.TEACHER, *SCHOOL_LEADERS)


def check_user_can_write_bank(
    staff: StaffMember, school: School, owner: StaffMember | None
) -> None:
    if user_can_write_bank(staff, school, owner):
        return
    if owner is None:
        raise NotPermitted(_("Bảng mã nhận xét của trường do lãnh đạo trường và học vụ viết."))
    raise NotPermitted(_("Bảng mã nhận xét riêng chỉ dành cho chính giáo viên ấy."))


def check_user_can_read_entry(staff: StaffMember, entry: CommentEntry) -> None:
    if entry.school_id != staff.school_id or entry.owner_id not in {None, staff.pk}:
        raise NotPermitted(_("Mã nhận xét này là của riêng một giáo viên khác."))


def user_can_write_a_bank(staff: StaffMember) -> bool:
    return any(user_can_write_bank(staff, staff.school, owner) for owner in (staff, None))


def check_user_can_write_a_bank(staff: StaffMember) -> None:
    if not user_can_write_a_bank(staff):
        raise NotPermitted(
            _("Bảng mã nhận xét do giáo viên, lãnh đạo trường và học vụ viết; thầy/cô xem được.")
        )
