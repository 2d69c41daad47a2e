"""The department's approval, recorded by hand, and the end of a certificate."""

import datetime

import pytest

from audit.errors import NotPermitted
from audit.models import AuditEvent
from reportcards.actions.certificates import end_certificate, record_certificate_approval
from reportcards.certificates.errors import ApprovalInFuture, CertificateEnded, KeyFileNotStored
from reportcards.models import SigningCertificate, StoredKey
from reportcards.sealed_keys import open_stored_key
from tests.cast import NOW
from tests.reportcards.certificates.holders import (
    registered_file,
    registered_remotely,
    registered_seal,
)
from tests.reportcards.digital_cards import PASSPHRASE

pytestmark = pytest.mark.usefixtures("trusted_demo")

APPROVED_ON = datetime.date(2026, 12, 20)


def approve(row, by, approved_on=APPROVED_ON, reference="123/SGDĐT-GDTH"):
    return record_certificate_approval(
        certificate=row, approved_on=approved_on, reference=reference, by=by
    )


@pytest.mark.parametrize("name", ["van", "hanh", "phuc"])
def test_clerk_and_leaders_record_an_approval(cast, demo_authority, name):
    by = getattr(cast, name)
    approve(registered_seal(cast, demo_authority), by)
    row = SigningCertificate.objects.get()
    assert row.is_approved
    assert (row.approved_on, row.approval_reference) == (APPROVED_ON, "123/SGDĐT-GDTH")
    assert (row.approved_at, row.approved_by) == (NOW, by.user)


@pytest.mark.parametrize("name", ["ngoc", "tam", "kien", "quang"])
def test_nobody_else_records_an_approval(cast, demo_authority, name):
    row = registered_seal(cast, demo_authority)
    with pytest.raises(NotPermitted):
        approve(row, getattr(cast, name))
    assert not SigningCertificate.objects.get().is_approved


def test_an_approval_of_the_future_is_refused(cast, demo_authority):
    row = registered_seal(cast, demo_authority)
    with pytest.raises(ApprovalInFuture):
        approve(row, cast.van, approved_on=datetime.date(2027, 1, 6))


def test_an_approval_of_today_is_taken(cast, demo_authority):
    row = registered_seal(cast, demo_authority)
    assert approve(row, cast.van, approved_on=datetime.date(2027, 1, 5)).is_approved


def test_a_persons_certificate_may_be_approved_too(cast, demo_authority):
    """QĐ 1789, Điều 20.3 asks it of the leaders' as well."""
    assert approve(registered_file(cast, demo_authority, "hanh"), cast.van).is_approved


def test_a_wrong_letter_is_put_right_and_both_stay_in_the_history(cast, demo_authority):
    row = approve(registered_seal(cast, demo_authority), cast.van, reference="12/SGDĐT")
    approve(row, cast.hanh, reference="123/SGDĐT")
    first, second = AuditEvent.objects.filter(event="signing_certificate.approved").order_by("pk")
    assert first.changes["approved_on"] == [None, "2026-12-20"]
    assert second.changes["approval_reference"] == ["12/SGDĐT", "123/SGDĐT"]
    assert second.actor == cast.hanh.user


def test_what_has_ended_is_not_approved(cast, demo_authority):
    row = end_certificate(certificate=registered_seal(cast, demo_authority), by=cast.van)
    with pytest.raises(CertificateEnded):
        approve(row, cast.van)


def test_ending_deletes_the_key_file_and_keeps_the_row(cast, demo_authority):
    row = end_certificate(certificate=registered_file(cast, demo_authority), by=cast.ngoc)
    assert not StoredKey.objects.exists()
    row = SigningCertificate.objects.get()
    assert (row.ended_at, row.ended_by) == (NOW, cast.ngoc.user)
    with pytest.raises(KeyFileNotStored):
        open_stored_key(row, PASSPHRASE)


def test_ending_leaves_the_others_alone(cast, demo_authority):
    kept = registered_file(cast, demo_authority, "hanh")
    end_certificate(certificate=registered_file(cast, demo_authority), by=cast.ngoc)
    assert StoredKey.objects.get().certificate == kept
    assert SigningCertificate.objects.in_use().get() == kept


def test_ending_is_recorded(cast, demo_authority):
    row = end_certificate(certificate=registered_remotely(cast, demo_authority), by=cast.ngoc)
    event = AuditEvent.objects.get(event="signing_certificate.ended")
    assert (event.target_id, event.actor, event.school_id) == (
        row.pk,
        cast.ngoc.user,
        cast.school.pk,
    )


@pytest.mark.parametrize("name", ["van", "hanh", "phuc"])
def test_the_register_may_end_what_belongs_to_somebody_who_left(cast, demo_authority, name):
    row = registered_file(cast, demo_authority)
    assert end_certificate(certificate=row, by=getattr(cast, name)).ended_at


@pytest.mark.parametrize("name", ["binh", "tam", "kien", "quang"])
def test_nobody_else_ends_it(cast, demo_authority, name):
    row = registered_file(cast, demo_authority)
    with pytest.raises(NotPermitted):
        end_certificate(certificate=row, by=getattr(cast, name))
    assert StoredKey.objects.exists()


def test_a_teacher_does_not_end_the_seal(cast, demo_authority):
    with pytest.raises(NotPermitted):
        end_certificate(certificate=registered_seal(cast, demo_authority), by=cast.ngoc)


def test_it_ends_once(cast, demo_authority):
    row = registered_remotely(cast, demo_authority)
    end_certificate(certificate=row, by=cast.ngoc)
    with pytest.raises(CertificateEnded):
        end_certificate(certificate=row, by=cast.ngoc)
