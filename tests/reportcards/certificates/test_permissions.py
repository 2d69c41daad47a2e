"""Who registers, sees and ends which certificate: every role against every owner."""

import itertools

import pytest

from audit.errors import NotPermitted
from reportcards.certificates.permissions import (
    check_user_can_end,
    check_user_can_register,
    check_user_can_see_certificate,
    user_can_register_seal,
    user_can_see_certificate,
)
from schools.models import Role, StaffRole
from tests.factories import YEAR_START
from tests.pages import COLLEAGUES
from tests.reportcards.certificates.holders import registered_remotely, registered_seal

pytestmark = pytest.mark.usefixtures("trusted_demo")

ROLES = [*COLLEAGUES.split(), "quang"]
KEEPERS = {"hanh", "phuc", "van"}
OWNERS = ["ngoc", "hanh", "kien"]

each_role = pytest.mark.parametrize("role", ROLES)


def allows(check, *args):
    try:
        check(*args)
    except NotPermitted:
        return False
    return True


@pytest.mark.parametrize(("role", "owner"), itertools.product(ROLES, ROLES))
def test_a_person_registers_for_herself_and_for_nobody_else(cast, role, owner):
    by, whose = getattr(cast, role), getattr(cast, owner)
    assert allows(check_user_can_register, by, whose) is (role == owner)


@each_role
def test_the_seal_is_registered_by_the_clerk(cast, role):
    by = getattr(cast, role)
    assert allows(check_user_can_register, by, None) is (role == "van")
    assert user_can_register_seal(by) is (role == "van")


@each_role
@pytest.mark.parametrize("owner", OWNERS)
def test_seen_and_ended_by_the_owner_and_the_registers_keepers(cast, demo_authority, role, owner):
    by, row = getattr(cast, role), registered_remotely(cast, demo_authority, owner)
    is_allowed = role in KEEPERS | {owner}
    assert allows(check_user_can_see_certificate, by, row) is is_allowed
    assert user_can_see_certificate(by, row) is is_allowed
    assert allows(check_user_can_end, by, row) is is_allowed


@each_role
def test_the_seal_is_seen_and_ended_by_the_registers_keepers(cast, demo_authority, role):
    by, row = getattr(cast, role), registered_seal(cast, demo_authority)
    assert allows(check_user_can_see_certificate, by, row) is (role in KEEPERS)
    assert allows(check_user_can_end, by, row) is (role in KEEPERS)


def test_a_clerk_of_another_school_keeps_another_register(cast, demo_authority):
    StaffRole.objects.create(staff_member=cast.quang, role=Role.CLERK, started_on=YEAR_START)
    row = registered_seal(cast, demo_authority)
    assert not user_can_see_certificate(cast.quang, row)
    assert not allows(check_user_can_end, cast.quang, row)
