from django.utils.translation import gettext_lazy as _

from audit.errors import NotPermitted
from schools.models import Role, StaffMember
from schools.permissions import SCHOOL_LEADERS, has_role

READERS_OF_THE_LOG = SCHOOL_LEADERS | {Role.ADMINISTRATOR}


def user_can_see_api_reads(staff: StaffMember) -> bool:
    return has_role(staff, *READERS_OF_THE_LOG)


def check_user_can_see_api_reads(staff: StaffMember) -> None:
    if not user_can_see_api_reads(staff):
        raise NotPermitted(
            _("Chỉ hiệu trưởng, phó hiệu trưởng và quản trị được xem nhật ký đọc dữ liệu.")
        )
