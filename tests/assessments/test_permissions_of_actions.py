"""Who may call which action, colleagues and strangers; the state of the class lets them all."""

import datetime

import pytest
import time_machine

from assessments import actions
from assessments.permissions import user_can_sign, user_sees_health_in
from audit.errors import NotPermitted
from audit.models import AuditEvent
from schools.models import Role, StaffMember, StaffRole
from tests import factories
from tests.assessments.calls import CALLS, FOR_NO_STAFF, LEADERS, NO_ACTIONS, Call
from tests.cast import NOW, Cast
from tests.pages import COLLEAGUES

every_call = pytest.mark.parametrize("call", CALLS, ids=str)
by_leaders = pytest.mark.parametrize(
    "call", [call for call in CALLS if call.may == LEADERS], ids=str
)
every_permission = pytest.mark.parametrize(
    ("call", "role"), [(call, role) for call in CALLS for role in call.may.split()], ids=str
)


def test_every_action_stands_in_the_table() -> None:
    assert {call.action for call in CALLS} == set(actions.__all__) - FOR_NO_STAFF - NO_ACTIONS


@every_permission
def test_who_may_is_let_and_leaves_a_trace(cast: Cast, call: Call, role: str) -> None:
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
        before = AuditEvent.objects.count()
        act(getattr(cast, role))
    assert AuditEvent.objects.count() > before


@every_call
def test_every_other_colleague_is_refused(cast: Cast, call: Call) -> None:
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
        for role in set(COLLEAGUES.split()) - set(call.may.split()):
            with pytest.raises(NotPermitted):
                act(getattr(cast, role))


@every_call
def test_a_leader_of_another_school_is_refused_and_leaves_no_trace(cast: Cast, call: Call) -> None:
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
        before = AuditEvent.objects.count()
        with pytest.raises(NotPermitted):
            act(cast.quang)
    assert AuditEvent.objects.count() == before


@every_call
def test_a_homeroom_teacher_of_another_school_is_refused(cast: Cast, call: Call) -> None:
    stranger = factories.make_staff(
        cast.other_school, "Đinh Văn Lạ", Role.TEACHER, user=factories.make_user("la")
    )
    factories.assign_homeroom(cast.other_class, stranger)
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
        with pytest.raises(NotPermitted):
            act(stranger)


@every_call
def test_a_refusal_is_a_sentence(cast: Cast, call: Call) -> None:
    with time_machine.travel(call.at, tick=False), pytest.raises(NotPermitted) as refusal:
        call.ready(cast)(cast.kien)
    assert str(refusal.value.message).endswith(".")


def principal_who_teaches_here(cast: Cast) -> StaffMember:
    """One person, two posts: a teacher at Kim Đồng, the principal at Lê Lợi."""
    return factories.make_staff(
        cast.school, "Bùi Văn Quang", Role.TEACHER, user=cast.quang.acting_user
    )


@by_leaders
def test_leading_one_school_gives_nothing_at_the_other(cast: Cast, call: Call) -> None:
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
        with pytest.raises(NotPermitted):
            act(principal_who_teaches_here(cast))


@by_leaders
def test_a_leader_whose_time_is_over_is_refused(cast: Cast, call: Call) -> None:
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
    StaffRole.objects.filter(staff_member=cast.hanh).update(
        ended_on=call.at.date() - datetime.timedelta(days=1)
    )
    with time_machine.travel(call.at, tick=False), pytest.raises(NotPermitted):
        act(StaffMember.objects.get(pk=cast.hanh.pk))


@by_leaders
def test_a_leader_who_has_not_begun_is_refused(cast: Cast, call: Call) -> None:
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
    StaffRole.objects.filter(staff_member=cast.phuc).update(
        started_on=call.at.date() + datetime.timedelta(days=1)
    )
    with time_machine.travel(call.at, tick=False), pytest.raises(NotPermitted):
        act(StaffMember.objects.get(pk=cast.phuc.pk))


def test_a_leader_signs_on_her_last_day(cast: Cast) -> None:
    StaffRole.objects.filter(staff_member=cast.hanh).update(ended_on=NOW.date())
    assert user_can_sign(StaffMember.objects.get(pk=cast.hanh.pk), cast.school_class)


@pytest.mark.parametrize("role", ["hanh", "phuc", "tam", "ngoc"])
def test_height_and_weight_are_seen_by_those_who_keep_them(cast: Cast, role: str) -> None:
    assert user_sees_health_in(getattr(cast, role), cast.school_class)


@pytest.mark.parametrize("role", ["binh", "suong", "van", "kien", "quang"])
def test_height_and_weight_are_hidden_from_everybody_else(cast: Cast, role: str) -> None:
    assert not user_sees_health_in(getattr(cast, role), cast.school_class)
