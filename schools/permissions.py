"""What a role allows at the school as a whole."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.errors import NotPermitted
from schools.models import Role, StaffMember

SCHOOL_LEADERS = frozenset({Role.PRINCIPAL, Role.VICE_PRINCIPAL})


def roles_of(staff: StaffMember) -> frozenset[Role]:
    """The roles held today."""
    return staff.roles_on(timezone.localdate())


def has_role(staff: StaffMember, *roles: Role) -> bool:
    return not roles_of(staff).isdisjoint(roles)


def is_school_leader(staff: StaffMember) -> bool:
    return has_role(staff, *SCHOOL_LEADERS)


def check_user_leads_school(staff: StaffMember) -> None:
    if not is_school_leader(staff):
        raise NotPermitted(_("Chỉ hiệu trưởng và phó hiệu trưởng được làm việc này."))


def check_user_is_registrar(staff: StaffMember) -> None:
    if not has_role(staff, Role.REGISTRAR):
        raise NotPermitted(_("Chỉ học vụ của trường được làm việc này."))
