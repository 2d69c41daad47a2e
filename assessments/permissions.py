"""Who may do what to results. What a record's state allows stands in policies.py."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.errors import NotPermitted
from schools.models import (
    HomeroomAssignment,
    Role,
    SchoolClass,
    StaffMember,
    SubjectOffering,
    TeachingAssignment,
)
from schools.models.classes import SchoolClassQuerySet
from schools.permissions import has_role, is_school_leader


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


def offerings_taught(
    staff: StaffMember, school_class: SchoolClass, subject_code: str
) -> list[SubjectOffering]:
    """The offerings of a subject that a teacher is assigned; a multi-grade class has several."""
    day = min(timezone.localdate(), school_class.school_year.ends_on)
    in_post = TeachingAssignment.objects.in_post_on(day).filter(staff_member=staff)
    return list(
        school_class.subject_offerings.filter(
            subject_code=subject_code, teaching_assignments__in=in_post
        ).order_by("grade_level")
    )


def check_user_teaches(staff: StaffMember, school_class: SchoolClass, subject_code: str) -> None:
    if not offerings_taught(staff, school_class, subject_code):
        raise NotPermitted(
            _("Thầy/cô không được phân công dạy môn này ở lớp %(name)s; hãy hỏi học vụ.")
            % {"name": school_class.name}
        )


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


def check_user_can_sign(staff: StaffMember) -> None:
    if not user_can_sign(staff):
        raise NotPermitted(_("Chỉ hiệu trưởng hoặc phó hiệu trưởng được ký duyệt và trả lại."))


def user_can_sign(staff: StaffMember) -> bool:
    return is_school_leader(staff)


def user_sees_all_classes(staff: StaffMember) -> bool:
    return is_school_leader(staff) or has_role(staff, Role.REGISTRAR)


def visible_classes(staff: StaffMember) -> SchoolClassQuerySet:
    """The classes whose results a staff member may look at."""
    classes = SchoolClass.objects.for_school(staff.school).select_related("school_year")
    if user_sees_all_classes(staff):
        return classes
    today = timezone.localdate()
    homeroom = HomeroomAssignment.objects.filter(staff_member=staff).in_post_on(today)
    taught = TeachingAssignment.objects.filter(staff_member=staff).in_post_on(today)
    return (
        classes.filter(homeroom_assignments__in=homeroom)
        | classes.filter(subject_offerings__teaching_assignments__in=taught)
    ).distinct()


def check_user_can_see_class(staff: StaffMember, school_class: SchoolClass) -> None:
    if not visible_classes(staff).filter(pk=school_class.pk).exists():
        raise NotPermitted(
            _("Thầy/cô không dạy lớp %(name)s nên không xem được kết quả của lớp.")
            % {"name": school_class.name}
        )
