"""Which cards wait for whose signature, in one query: for desks and overviews."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from reportcards.models import ReportCard
from reportcards.models.cards import ReportCardQuerySet
from reportcards.workflow import SIGNING_STEPS, CardState, transition_for
from schools.models import Role, SchoolYear, StaffMember
from schools.permissions import has_role

SLOTS_BY_STATE: dict[str, str] = {
    transition_for(step).sources[0]: slot for slot, step in SIGNING_STEPS.items()
}


@dataclass(frozen=True)
class WaitingClass:
    """Cards of one class that wait in one slot."""

    slot: str
    first_year: int
    class_pk: int
    class_name: str
    count: int


def classes_to_sign_by(staff: StaffMember) -> list[WaitingClass]:
    """Of all years: an old one's cards may still wait when the next has begun."""
    return _classes(_hers(staff))


def cards_to_sign_by(staff: StaffMember, school_year: SchoolYear) -> dict[str, int]:
    """By slot, in the order of the slots."""
    counts: Counter[str] = Counter()
    for row in _classes(_hers(staff).filter(school_year=school_year)):
        counts[row.slot] += row.count
    return {slot: counts[slot] for slot in SIGNING_STEPS if counts[slot]}


def _classes(cards: ReportCardQuerySet) -> list[WaitingClass]:
    rows = (
        cards.values_list(
            "state",
            "school_year__first_year",
            "enrollment__school_class_id",
            "enrollment__school_class__name",
        )
        .annotate(count=Count("pk"))
        .order_by(
            "school_year__first_year",
            "enrollment__school_class__lowest_grade",
            "enrollment__school_class__name",
        )
    )
    return [WaitingClass(SLOTS_BY_STATE[state], *of_class) for state, *of_class in rows]


def _hers(staff: StaffMember) -> ReportCardQuerySet:
    """The people are frozen in the cards; the seal is any clerk's."""
    is_hers = Q(state=CardState.CREATED, homeroom_signer=staff) | Q(
        state=CardState.HOMEROOM_SIGNED, leader=staff
    )
    if has_role(staff, Role.CLERK):
        is_hers |= Q(state=CardState.LEADER_SIGNED)
    return ReportCard.objects.for_school(staff.school).filter(is_hers)
