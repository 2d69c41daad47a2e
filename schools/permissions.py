"""What a role allows at the school as a whole."""

from django.db.models import DateField, F, Q, Value
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.errors import NotPermitted
from schools.models import (
    HomeroomAssignment,
    Role,
    School,
    SchoolClass,
    StaffMember,
    TeachingAssignment,
)
from schools.models.classes import SchoolClassQuerySet

SCHOOL_LEADERS = frozenset({Role.PRINCIPAL, Role.VICE_PRINCIPAL})


def roles_of(staff: StaffMember) -> frozenset[Role]:
    """The roles held today."""
    return staff.roles_on(timezone.localdate())


def has_role(staff: StaffMember, *roles: Role) -> bool:
    return not roles_of(staff).isdisjoint(roles)


def works_at_school_of(staff: StaffMember, school_class: SchoolClass) -> bool:
    return staff.school_id == school_class.school_year.school_id


def check_user_works_at(staff: StaffMember, school: School) -> None:
    if staff.school_id != school.pk:
        raise NotPermitted(_("Thầy/cô không làm việc ở trường này."))


def is_school_leader(staff: StaffMember) -> bool:
    return has_role(staff, *SCHOOL_LEADERS)


def check_user_leads_school(staff: StaffMember) -> None:
    if not is_school_leader(staff):
        raise NotPermitted(_("Chỉ hiệu trưởng và phó hiệu trưởng được làm việc này."))


def check_user_is_registrar(staff: StaffMember) -> None:
    if not has_role(staff, Role.REGISTRAR):
        raise NotPermitted(_("Chỉ học vụ của trường được làm việc này."))


def user_can_set_windows(staff: StaffMember) -> bool:
    """The administrator too: dates are the school's settings and show no pupil's results."""
    return is_school_leader(staff) or has_role(staff, Role.ADMINISTRATOR)


def check_user_can_set_windows(staff: StaffMember, school: School) -> None:
    check_user_works_at(staff, school)
    if not user_can_set_windows(staff):
        raise NotPermitted(
            _("Chỉ hiệu trưởng, phó hiệu trưởng và người quản trị được định thời gian nhập.")
        )


def user_sees_all_classes(staff: StaffMember) -> bool:
    return is_school_leader(staff) or has_role(staff, Role.REGISTRAR)


def homeroom_classes(staff: StaffMember) -> SchoolClassQuerySet:
    assignments = HomeroomAssignment.objects.filter(
        _in_post("school_class__school_year"), staff_member=staff
    )
    return SchoolClass.objects.for_school(staff.school).filter(
        pk__in=assignments.values("school_class")
    )


def taught_classes(staff: StaffMember) -> SchoolClassQuerySet:
    assignments = TeachingAssignment.objects.filter(
        _in_post("offering__school_class__school_year"), staff_member=staff
    )
    return SchoolClass.objects.for_school(staff.school).filter(
        pk__in=assignments.values("offering__school_class")
    )


def visible_classes(staff: StaffMember) -> SchoolClassQuerySet:
    """The classes whose results a staff member may look at."""
    classes = SchoolClass.objects.for_school(staff.school).select_related("school_year")
    if user_sees_all_classes(staff):
        return classes
    return classes.filter(
        Q(pk__in=homeroom_classes(staff).values("pk"))
        | Q(pk__in=taught_classes(staff).values("pk"))
    )


def _in_post(school_year: str) -> Q:
    """In post today, or at the end of a school year that is over."""
    day = Least(Value(timezone.localdate(), DateField()), F(f"{school_year}__ends_on"))
    return Q(started_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gte=day))
