"""Who signs in the demo has a key at hand, and the printed passphrase opens it."""

from pathlib import Path

import pytest
from django.utils import timezone

from hocba.demo.signing_keys import DEMO_PASSPHRASE, register_signing_keys
from reportcards.models import KeyPlace, RevocationList, SigningCertificate, SlotKey
from reportcards.sealed_keys import open_stored_key
from reportcards.signers import homeroom_teachers, leaders_in_post
from reportcards.trusted import reasons_against, refusals_of

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


@pytest.fixture
def certificates(school):
    return SigningCertificate.objects.for_school(school).select_related("staff_member", "school")


def test_every_leader_and_homeroom_teacher_has_one(school, running, past, certificates):
    classes = [*running.classes.all(), *past.classes.all()]
    signers = {*leaders_in_post(school), *homeroom_teachers(classes).values()}
    holders = [row.staff_member for row in certificates if row.staff_member]
    assert signers <= set(holders)
    assert len(holders) == len(set(holders))


def test_the_teacher_who_took_a_class_over_has_one_too(certificates):
    holders = {row.staff_member.user.username for row in certificates if row.staff_member}
    assert {"hieutruong", "phohieutruong", "gv1a", "gv3a", "gvthay"} <= holders
    assert not holders & {"quantri", "hocvu", "tienganh"}


def test_all_of_them_can_sign_today(certificates):
    for row in certificates:
        slot = SlotKey.SEAL if row.is_seal else SlotKey.LEADER
        assert reasons_against(row, slot=slot, at=timezone.now()) == []
        assert refusals_of(row, at=timezone.now()) == ()


def test_the_seal_is_the_schools_and_approved(school, certificates):
    [seal] = certificates.of_seal()
    assert seal.is_approved
    assert seal.school == school
    assert seal.added_by.username == "vanthu"


def test_the_printed_passphrase_opens_every_file(certificates):
    assert certificates
    for row in certificates:
        assert row.key_place == KeyPlace.PKCS12
        assert open_stored_key(row, DEMO_PASSPHRASE).sign(b"a card")


def test_everybody_sees_that_they_are_for_tests(certificates):
    assert all(row.is_demo for row in certificates)


def test_each_owner_registered_her_own(certificates):
    for row in certificates:
        if row.staff_member:
            assert row.added_by == row.staff_member.user


def test_the_lists_of_both_authorities_are_there(school):
    assert RevocationList.objects.count() == 2


def test_the_second_school_has_none(stranger):
    assert not SigningCertificate.objects.for_school(stranger).exists()


def test_an_authority_that_is_there_already_is_kept(school, settings):
    """Its certificates are valid from when it was made, though the demo's day is earlier."""
    trust_file = Path(settings.SIGNING_TRUST_FILE)
    kept = trust_file.read_bytes()
    earlier = timezone.localdate().replace(year=2026)
    SigningCertificate.objects.for_school(school).update(
        ended_at=timezone.now(), ended_by=school.staff_members.first().user
    )
    register_signing_keys(school, earlier)
    assert trust_file.read_bytes() == kept
    rows = SigningCertificate.objects.for_school(school).in_use().of_seal()
    assert reasons_against(rows.get(), slot=SlotKey.SEAL, at=timezone.now()) == []
