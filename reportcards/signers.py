"""Who signs a card: the homeroom teacher in post at the year's end, and the leader chosen."""

import datetime
from collections.abc import Mapping, Sequence

from django.utils import timezone

from reportcards.card_payload import Signers
from schools.models import HomeroomAssignment, School, SchoolClass, StaffMember, StaffRole
from schools.permissions import SCHOOL_LEADERS


def leaders_in_post(school: School) -> list[StaffMember]:
    """The principal first: a deputy signs in her place."""
    roles = (
        StaffRole.objects.in_post_on(timezone.localdate())
        .filter(staff_member__school=school, role__in=SCHOOL_LEADERS)
        .select_related("staff_member")
        .order_by("role", "pk")
    )
    return list(dict.fromkeys(role.staff_member for role in roles))


def homeroom_teachers(classes: Sequence[SchoolClass]) -> Mapping[int, StaffMember]:
    """By class: the one in post today, or at the year's end when that has passed (Điều 14.5)."""
    assignments = (
        HomeroomAssignment.objects.filter(school_class__in=classes)
        .select_related("staff_member", "school_class__school_year")
        .prefetch_related("staff_member__roles")
    )
    today = timezone.localdate()
    return {
        row.school_class_id: row.staff_member
        for row in assignments.order_by("started_on", "pk")
        if _is_in_post(row, min(today, row.school_class.school_year.ends_on))
    }


def signers_for(
    teacher: StaffMember | None, *, leader: StaffMember, issued_on: datetime.date
) -> Signers:
    """The leader authenticates for a teacher who has left the school (QĐ 1789, Điều 14.7)."""
    if teacher is None or works_here_today(teacher):
        return Signers(leader=leader, issued_on=issued_on, homeroom=teacher)
    return Signers(
        leader=leader, issued_on=issued_on, homeroom=leader, stands_in_for=teacher.full_name
    )


def works_here_today(staff: StaffMember) -> bool:
    """Asks nothing of the database for those who come from `homeroom_teachers`."""
    today = timezone.localdate()
    return any(_is_in_post(role, today) for role in staff.roles.all())


def _is_in_post(post: HomeroomAssignment | StaffRole, day: datetime.date) -> bool:
    is_over = post.ended_on is not None and post.ended_on < day
    return post.started_on <= day and not is_over
