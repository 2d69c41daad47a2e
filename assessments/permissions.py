"""Who may do what to results. What a record's state allows stands in policies.py."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.errors import NotPermitted
from schools.models import (
    HomeroomAssignment,
    SchoolClass,
    StaffMember,
    SubjectOffering,
    TeachingAssignment,
)
from schools.permissions import (
    is_school_leader,
    user_sees_all_classes,
    visible_classes,
    works_at_school_of,
)


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


@dataclass(frozen=True)
class OfferedGrade:
    """One grade of a class that takes a subject; a multi-grade class has several."""

    grade_level: int
    is_taught: bool


def offered_grades(
    staff: StaffMember, school_class: SchoolClass, subject_code: str
) -> list[OfferedGrade]:
    """The grades that take a subject, and which of them the teacher is assigned."""
    offerings = _with_assignment(staff, school_class, subject_code)
    return [OfferedGrade(*row) for row in offerings.values_list("grade_level", "is_taught")]


def offerings_taught(
    staff: StaffMember, school_class: SchoolClass, subject_code: str
) -> list[SubjectOffering]:
    """The offerings of a subject that a teacher is assigned."""
    return list(_with_assignment(staff, school_class, subject_code).filter(is_taught=True))


def _with_assignment(
    staff: StaffMember, school_class: SchoolClass, subject_code: str
) -> QuerySet[Any]:
    """The subject's offerings, each with `is_taught`."""
    day = min(timezone.localdate(), school_class.school_year.ends_on)
    in_post = TeachingAssignment.objects.in_post_on(day).filter(
        staff_member=staff, offering=OuterRef("pk")
    )
    return (
        school_class.subject_offerings.filter(subject_code=subject_code)
        .annotate(is_taught=Exists(in_post))
        .order_by("grade_level")
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


def check_user_can_ask_to_reopen(staff: StaffMember, school_class: SchoolClass) -> None:
    if not (is_homeroom_teacher(staff, school_class) or teaches_class(staff, school_class)):
        raise NotPermitted(
            _("Chỉ giáo viên của lớp %(name)s được đề nghị mở lại.") % {"name": school_class.name}
        )


def check_user_can_sign(staff: StaffMember, school_class: SchoolClass) -> None:
    if not user_can_sign(staff, school_class):
        raise NotPermitted(_("Chỉ hiệu trưởng hoặc phó hiệu trưởng được ký duyệt và trả lại."))


def user_can_sign(staff: StaffMember, school_class: SchoolClass) -> bool:
    """A leader of this school: being one elsewhere does not help."""
    return works_at_school_of(staff, school_class) and is_school_leader(staff)


def check_user_can_see_class(staff: StaffMember, school_class: SchoolClass) -> None:
    if not visible_classes(staff).filter(pk=school_class.pk).exists():
        raise NotPermitted(
            _("Thầy/cô không dạy lớp %(name)s nên không xem được kết quả của lớp.")
            % {"name": school_class.name}
        )


def user_sees_health_in(staff: StaffMember, school_class: SchoolClass) -> bool:
    """Height and weight are sensitive data (Luật 91/2025/QH15, Điều 26)."""
    sees_all = works_at_school_of(staff, school_class) and user_sees_all_classes(staff)
    return sees_all or is_homeroom_teacher(staff, school_class)
