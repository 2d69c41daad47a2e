"""Which cards wait for whose signature."""

import pytest

from reportcards.cards_waiting import (
    SLOTS_BY_STATE,
    WaitingClass,
    cards_to_sign_by,
    classes_to_sign_by,
)
from reportcards.models import ReportCard
from reportcards.workflow import IN_MAKING, CardState
from schools.models import Role, SchoolClass, StaffMember, StaffRole
from tests import factories
from tests.cast import Cast
from tests.pages import COLLEAGUES
from tests.rows import saved_row

CREATED, HOMEROOM_SIGNED, LEADER_SIGNED = IN_MAKING
WAITING_FOR = {
    CREATED: ("homeroom", {"ngoc"}),
    HOMEROOM_SIGNED: ("leader", {"hanh"}),
    LEADER_SIGNED: ("seal", {"van"}),
}


def in_class(cast: Cast, school_class: SchoolClass, state: CardState) -> ReportCard:
    student = factories.make_student("Lê Bảo Châu")
    return saved_row(
        ReportCard,
        cast,
        student=student,
        enrollment=factories.enroll(student, school_class),
        school_year=school_class.school_year,
        state=state,
    )


@pytest.mark.parametrize("state", CardState)
@pytest.mark.parametrize("role", COLLEAGUES.split())
def test_each_state_waits_for_its_signer_alone(cast: Cast, state: CardState, role: str) -> None:
    saved_row(ReportCard, cast, state=state)
    slot, signers = WAITING_FOR.get(state, ("", set()))
    expected = {slot: 1} if role in signers else {}
    assert cards_to_sign_by(getattr(cast, role), cast.school_year) == expected


def test_every_state_in_making_waits_in_one_slot() -> None:
    assert {state: slot for state, (slot, _who) in WAITING_FOR.items()} == SLOTS_BY_STATE


def test_classes_stand_in_their_order_with_their_numbers(cast: Cast) -> None:
    first = factories.make_class(cast.school_year, "2B", (2,))
    for _ in range(2):
        in_class(cast, first, HOMEROOM_SIGNED)
    saved_row(ReportCard, cast, state=HOMEROOM_SIGNED)
    assert classes_to_sign_by(cast.hanh) == [
        WaitingClass("leader", 2026, first.pk, "2B", 2),
        WaitingClass("leader", 2026, cast.school_class.pk, "4A", 1),
    ]


def test_old_years_come_first(cast: Cast) -> None:
    old = factories.make_class(factories.make_school_year(cast.school, 2025), "3A", (3,))
    in_class(cast, old, HOMEROOM_SIGNED)
    saved_row(ReportCard, cast, state=HOMEROOM_SIGNED)
    assert [row.first_year for row in classes_to_sign_by(cast.hanh)] == [2025, 2026]
    assert cards_to_sign_by(cast.hanh, cast.school_year) == {"leader": 1}


def test_a_clerk_seals_nothing_of_another_school(cast: Cast) -> None:
    in_class(cast, cast.other_class, LEADER_SIGNED)
    assert classes_to_sign_by(cast.van) == []


def test_slots_stand_in_the_order_in_which_they_are_signed(cast: Cast) -> None:
    saved_row(ReportCard, cast, state=LEADER_SIGNED)
    in_class(cast, cast.school_class, CREATED)
    StaffRole.objects.create(
        staff_member=cast.ngoc, role=Role.CLERK, started_on=cast.school_year.starts_on
    )
    ngoc = StaffMember.objects.select_related("school").get(pk=cast.ngoc.pk)
    assert list(cards_to_sign_by(ngoc, cast.school_year)) == ["homeroom", "seal"]


def test_in_one_query(cast: Cast, django_assert_num_queries) -> None:
    saved_row(ReportCard, cast, state=LEADER_SIGNED)
    assert cast.van.roles_on(cast.school_year.starts_on)
    cards_to_sign_by(cast.van, cast.school_year)  # her roles are remembered
    with django_assert_num_queries(1):
        cards_to_sign_by(cast.van, cast.school_year)
