"""Who may look at which pupils, and at what of them."""

from django.utils.translation import gettext_lazy as _

from audit.errors import NotPermitted
from schools.models import Role, StaffMember
from schools.permissions import (
    has_role,
    homeroom_classes,
    user_sees_all_classes,
    visible_classes,
)
from students.models import Student
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


def user_sees_sensitive(staff: StaffMember) -> bool:
    """Personal ID, origin, ethnicity and disability are for leaders and registrar alone."""
    return user_sees_all_classes(staff)
