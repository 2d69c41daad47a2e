from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.permissions import is_homeroom_teacher
from audit.errors import NotPermitted
from schools.models import Role, School, SchoolClass, StaffMember
from schools.permissions import (
    check_user_works_at,
    has_role,
    is_school_leader,
    works_at_school_of,
)
from students.models import Guardian, Student


def is_of_the_office(staff: StaffMember) -> bool:
    return is_school_leader(staff) or has_role(staff, Role.REGISTRAR, Role.CLERK)


def user_can_print(staff: StaffMember, school_class: SchoolClass) -> bool:
    is_colleague = works_at_school_of(staff, school_class)
    return (is_colleague and is_of_the_office(staff)) or is_homeroom_teacher(staff, school_class)


def check_user_can_print(staff: StaffMember, school_class: SchoolClass) -> None:
    if not user_can_print(staff, school_class):
        raise NotPermitted(
            _(
                "Học bạ của lớp %(name)s do giáo viên chủ nhiệm, lãnh đạo trường, "
                "học vụ hoặc văn thư in."
            )
            % {"name": school_class.name}
        )


def check_user_is_guardian(user: User, student: Student) -> None:
    if not Guardian.objects.confirmed().of_user(user).filter(student=student).exists():
        raise NotPermitted(_("Chỉ cha mẹ hoặc người giám hộ của học sinh được xem học bạ này."))


def check_user_can_list_rewards(staff: StaffMember, school: School) -> None:
    check_user_works_at(staff, school)
    if not is_of_the_office(staff):
        raise NotPermitted(_("Danh sách khen thưởng do lãnh đạo trường, học vụ hoặc văn thư in."))
