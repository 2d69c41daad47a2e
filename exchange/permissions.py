from django.utils.translation import gettext_lazy as _

from audit.errors import NotPermitted
from schools.models import Role, School, StaffMember
from schools.permissions import (
    check_user_is_registrar,
    check_user_works_at,
    has_role,
    user_sees_all_classes,
)


def check_user_can_import(staff: StaffMember, school: School) -> None:
    check_user_works_at(staff, school)
    check_user_is_registrar(staff)


def user_can_import(staff: StaffMember) -> bool:
    return has_role(staff, Role.REGISTRAR)


def check_user_reports_results(staff: StaffMember, school: School) -> None:
    """To the sector database: the registrar and the leaders upload what classes have signed."""
    check_user_works_at(staff, school)
    if not user_sees_all_classes(staff):
        raise NotPermitted(
            _("Tệp kết quả nộp cơ sở dữ liệu ngành dành cho học vụ và lãnh đạo trường.")
        )
