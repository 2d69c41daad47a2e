"""Two people at the same moment."""

import pytest

from reportcards.actions.certificates import end_certificate, register_remote_certificate
from reportcards.actions.revocation_lists import receive_revocation_list
from reportcards.certificates.errors import AlreadyRegistered, CertificateEnded
from reportcards.models import RevocationList, SigningCertificate, StoredKey
from tests.reportcards.certificates.holders import as_der, crl_of, of_person, registered_file
from tests.rivals import shared_database

pytestmark = [shared_database, pytest.mark.usefixtures("trusted_demo")]


def test_the_same_certificate_is_registered_once(cast, demo_authority, rivals):
    certificate = as_der(of_person(demo_authority, cast.ngoc))

    def register():
        return register_remote_certificate(certificate=certificate, owner=cast.ngoc, by=cast.ngoc)

    outcomes = rivals.act_at_once(register, register)
    assert {type(outcome) for outcome in outcomes} == {SigningCertificate, AlreadyRegistered}
    assert rivals.see(SigningCertificate.objects.count) == 1


def test_it_ends_once_and_its_file_is_gone(cast, demo_authority, rivals):
    row = registered_file(cast, demo_authority)
    outcomes = rivals.act_at_once(
        lambda: end_certificate(certificate=row, by=cast.ngoc),
        lambda: end_certificate(certificate=row, by=cast.van),
    )
    assert {type(outcome) for outcome in outcomes} == {SigningCertificate, CertificateEnded}
    assert rivals.see(StoredKey.objects.exists) is False


def test_the_same_list_is_received_once(cast, demo_authority, rivals):
    content = crl_of(demo_authority)
    outcomes = rivals.act_at_once(
        lambda: receive_revocation_list(content=content, by=cast.van),
        lambda: receive_revocation_list(content=content, by=cast.hanh),
    )
    assert {type(outcome) for outcome in outcomes} == {RevocationList}
    assert rivals.see(RevocationList.objects.count) == 1
