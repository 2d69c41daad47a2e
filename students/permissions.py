"""Who may look at which pupils, and at what of them."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.errors import NotPermitted
from schools.models import Role, SchoolClass, StaffMember, TeachingAssignment
from schools.permissions import (
    has_role,
    homeroom_classes,
    user_sees_all_classes,
    visible_classes,
    works_at_school_of,
)
from students.models import Enrollment, Student
from students.models.student import StudentQuerySet
from students.reading import students_of


def visible_students(staff: StaffMember) -> StudentQuerySet:
    """All of the school's for leaders and registrar; for teachers, those in their classes now."""
    students = students_of(staff.school)
    if user_sees_all_classes(staff):
        return students
    return students.in_classes(visible_classes(staff))


def user_can_list_students(staff: StaffMember) -> bool:
    return user_sees_all_classes(staff) or has_role(staff, Role.TEACHER)


def check_user_can_list_students(staff: StaffMember) -> None:
    if not user_can_list_students(staff):
        raise NotPermitted(_("Danh sách học sinh dành cho lãnh đạo trường, học vụ và giáo viên."))


def check_user_can_see_student(staff: StaffMember, student: Student) -> None:
    if not visible_students(staff).filter(pk=student.pk).exists():
        raise NotPermitted(_("Thầy/cô không dạy em này nên không xem được hồ sơ của em."))


def user_sees_file(staff: StaffMember, student: Student) -> bool:
    """The family, the card and the history are for leaders, registrar and homeroom teacher."""
    students = students_of(staff.school)
    if not user_sees_all_classes(staff):
        students = students.in_classes(homeroom_classes(staff))
    return students.filter(pk=student.pk).exists()


def check_user_can_see_file(staff: StaffMember, student: Student) -> None:
    if not user_sees_file(staff, student):
        raise NotPermitted(
            _("Chỉ lãnh đạo trường, học vụ và giáo viên chủ nhiệm xem được lịch sử của học sinh.")
        )


def grades_with_plans_seen(staff: StaffMember, school_class: SchoolClass) -> set[int]:
    """Whose individual plans somebody may read: leaders, registrar and homeroom teacher all of the
    class, a subject teacher those of the grades that she has there."""
    if user_writes_plans(staff, school_class):
        return set(school_class.grade_levels)
    day = min(timezone.localdate(), school_class.school_year.ends_on)
    taught = TeachingAssignment.objects.in_post_on(day).filter(
        staff_member=staff, offering__school_class=school_class
    )
    return set(taught.values_list("offering__grade_level", flat=True))


def user_sees_support(staff: StaffMember, enrollments: Sequence[Enrollment]) -> bool:
    """Of a pupil's enrolments at the school, newest first, the newest says."""
    if not enrollments:
        return False
    newest = enrollments[0]
    return newest.grade_level in grades_with_plans_seen(staff, newest.school_class)


def check_user_can_see_support(staff: StaffMember, enrollment: Enrollment) -> None:
    if enrollment.grade_level not in grades_with_plans_seen(staff, enrollment.school_class):
        raise NotPermitted(
            _("Kế hoạch giáo dục cá nhân dành cho giáo viên của em, lãnh đạo trường và học vụ.")
        )


def user_writes_plans(staff: StaffMember, school_class: SchoolClass) -> bool:
    if not works_at_school_of(staff, school_class):
        return False
    return (
        user_sees_all_classes(staff) or homeroom_classes(staff).filter(pk=school_class.pk).exists()
    )


def check_user_can_write_plan(staff: StaffMember, enrollment: Enrollment) -> None:
    if not user_writes_plans(staff, enrollment.school_class):
        raise NotPermitted(
            _("Kế hoạch giáo dục cá nhân do giáo viên chủ nhiệm, lãnh đạo trường hoặc học vụ ghi.")
        )


def user_settles_assessment(staff: StaffMember, school_class: SchoolClass) -> bool:
    return works_at_school_of(staff, school_class) and user_sees_all_classes(staff)


def check_user_can_settle_assessment(staff: StaffMember, enrollment: Enrollment) -> None:
    if not user_settles_assessment(staff, enrollment.school_class):
        raise NotPermitted(
            _("Chỉ lãnh đạo trường và học vụ được ghi quyết định về việc đánh giá học sinh.")
        )


def user_sees_sensitive(staff: StaffMember) -> bool:
    """Personal ID, origin, ethnicity and disability are for leaders and registrar alone."""
    return user_sees_all_classes(staff)
