from schools.models import Role, School, StaffMember
from schools.permissions import check_user_is_registrar, check_user_works_at, has_role


def check_user_can_import(staff: StaffMember, school: School) -> None:
    check_user_works_at(staff, school)
    check_user_is_registrar(staff)


def user_can_import(staff: StaffMember) -> bool:
    return has_role(staff, Role.REGISTRAR)
