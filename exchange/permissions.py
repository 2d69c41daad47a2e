from schools.models import Role, StaffMember
from schools.permissions import check_user_is_registrar, has_role


def check_user_can_import(staff: StaffMember) -> None:
    check_user_is_registrar(staff)


def user_can_import(staff: StaffMember) -> bool:
    return has_role(staff, Role.REGISTRAR)
