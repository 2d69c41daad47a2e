"""Who adds which certificate to the register, and what is refused."""

import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from audit.errors import NotPermitted
from audit.models import AuditEvent
from reportcards.actions.certificates import (
    end_certificate,
    register_key_file,
    register_remote_certificate,
    register_token_certificate,
)
from reportcards.actions.revocation_lists import receive_revocation_list
from reportcards.certificates.errors import (
    AlreadyRegistered,
    SealingSecretMissing,
    TrustFileUnreadable,
)
from reportcards.errors import CertificateNotUsable
from reportcards.models import KeyPlace, SigningCertificate, StoredKey
from reportcards.sealed_keys import open_stored_key
from reportcards.signing.certificates import describe
from reportcards.signing.demo_authority import as_pkcs12, issue, make_authority
from tests.cast import NOW
from tests.reportcards.authorities import IN_SEPTEMBER, pem
from tests.reportcards.certificates.holders import (
    DAY,
    as_der,
    crl_of,
    of_person,
    of_person_until,
    of_school,
    registered_file,
    registered_remotely,
    registered_seal,
)
from tests.reportcards.digital_cards import PASSPHRASE
from tests.reportcards.signing.certificates import self_signed, subject

pytestmark = pytest.mark.usefixtures("trusted_demo")


def test_a_key_file_gives_its_certificate_to_the_register(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    row = registered_file(cast, demo_authority, issued=issued)
    row.refresh_from_db()
    described = describe(issued.certificate)
    assert row.school == cast.school
    assert row.staff_member == cast.ngoc
    assert row.key_place == KeyPlace.PKCS12
    assert row.pem == pem(issued.certificate).decode()
    assert row.subject_name == described.subject
    assert row.issuer_name == described.issuer
    assert row.serial_number == described.serial
    assert row.fingerprint == described.fingerprint
    assert row.personal_id == cast.ngoc.personal_id
    assert (row.valid_from, row.valid_until) == (described.not_before, described.not_after)
    assert row.added_by == cast.ngoc.user


def test_the_chain_of_the_file_is_kept(cast, demo_authority):
    row = registered_file(cast, demo_authority)
    kept = x509.load_pem_x509_certificates(row.chain_pem.encode())
    assert set(kept) == set(demo_authority.certificates)


def test_the_stored_file_signs_with_its_passphrase(cast, demo_authority):
    row = registered_file(cast, demo_authority)
    signer = open_stored_key(SigningCertificate.objects.get(pk=row.pk), PASSPHRASE)
    assert signer.certificate == x509.load_pem_x509_certificate(row.pem.encode())
    assert signer.sign(b"a card")


def test_what_the_demo_authority_gave_is_marked(cast, demo_authority):
    assert registered_file(cast, demo_authority).is_demo


def test_the_clerk_registers_the_seal(cast, demo_authority):
    row = registered_seal(cast, demo_authority)
    assert row.is_seal
    assert not row.is_approved
    assert row.school == cast.school
    assert open_stored_key(row, PASSPHRASE)


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_a_token_is_registered_by_its_certificate(cast, demo_authority, encoding):
    certificate = of_person(demo_authority, cast.hanh).certificate.public_bytes(encoding)
    row = register_token_certificate(
        certificate=certificate, key_label="HIEU TRUONG", owner=cast.hanh, by=cast.hanh
    )
    assert (row.key_place, row.key_label) == (KeyPlace.PKCS11, "HIEU TRUONG")
    assert not StoredKey.objects.exists()


def test_a_remote_key_is_registered_by_its_certificate(cast, demo_authority):
    row = registered_remotely(cast, demo_authority)
    assert (row.key_place, row.key_label) == (KeyPlace.REMOTE, "")
    assert not StoredKey.objects.exists()


def test_registering_is_recorded(cast, demo_authority):
    row = registered_file(cast, demo_authority)
    event = AuditEvent.objects.get(event="signing_certificate.registered")
    assert (event.actor, event.school_id, event.target_id) == (
        cast.ngoc.user,
        cast.school.pk,
        row.pk,
    )
    assert event.changes["serial_number"] == [None, row.serial_number]
    assert event.changes["key_place"] == [None, "pkcs12"]


@pytest.mark.parametrize("name", ["hanh", "van", "kien", "quang"])
def test_nobody_registers_a_colleagues_certificate(cast, demo_authority, name):
    certificate = as_der(of_person(demo_authority, cast.ngoc))
    with pytest.raises(NotPermitted, match="tự đăng ký"):
        register_remote_certificate(
            certificate=certificate, owner=cast.ngoc, by=getattr(cast, name)
        )


@pytest.mark.parametrize("name", ["hanh", "phuc", "ngoc", "tam", "kien"])
def test_nobody_but_the_clerk_registers_the_seal(cast, demo_authority, name):
    certificate = as_der(of_school(demo_authority, cast.school))
    with pytest.raises(NotPermitted, match="văn thư"):
        register_remote_certificate(certificate=certificate, owner=None, by=getattr(cast, name))


def refusal_of(cast, issued, name="ngoc"):
    staff = getattr(cast, name)
    with pytest.raises(CertificateNotUsable) as refusal:
        register_remote_certificate(certificate=as_der(issued), owner=staff, by=staff)
    assert not SigningCertificate.objects.exists()
    return str(refusal.value)


def test_refuses_a_certificate_of_another_person(cast, demo_authority):
    told = refusal_of(cast, of_person(demo_authority, cast.binh))
    assert "Y Bình Êban" in told
    assert "Trần Thị Ngọc" in told


def test_refuses_whoever_has_no_personal_id_in_her_profile(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    cast.ngoc.personal_id = None
    assert "chưa có số định danh" in refusal_of(cast, issued)


def test_refuses_a_certificate_without_a_personal_id(cast, demo_authority):
    issued = issue(demo_authority, subject(COMMON_NAME="Trần Thị Ngọc"), at=IN_SEPTEMBER)
    assert "không ghi số định danh" in refusal_of(cast, issued)


def test_refuses_the_schools_certificate_for_a_person(cast, demo_authority):
    assert "không ghi số định danh" in refusal_of(cast, of_school(demo_authority, cast.school))


def test_refuses_an_expired_certificate(cast, demo_authority):
    issued = of_person_until(demo_authority, cast.ngoc, until=NOW - DAY)
    assert "đã hết hạn ngày 04/01/2027" in refusal_of(cast, issued)


def test_refuses_a_certificate_that_is_not_valid_yet(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc, at=NOW + 3 * DAY)
    assert "có hiệu lực từ 08/01/2027" in refusal_of(cast, issued)


def test_refuses_an_authority_that_nobody_trusts(cast):
    stranger = make_authority(at=IN_SEPTEMBER - DAY)
    assert "danh sách tin cậy" in refusal_of(cast, of_person(stranger, cast.ngoc))


def test_refuses_what_is_revoked(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    receive_revocation_list(content=crl_of(demo_authority, issued), by=cast.van)
    assert "đã bị thu hồi ngày 02/01/2027" in refusal_of(cast, issued)


def test_refuses_a_key_that_signs_no_cards(cast):
    certificate = self_signed(name=subject(COMMON_NAME="Trần Thị Ngọc")).public_bytes(Encoding.DER)
    with pytest.raises(CertificateNotUsable):
        register_remote_certificate(certificate=certificate, owner=cast.ngoc, by=cast.ngoc)


def test_refuses_the_demo_authority_in_production(cast, demo_authority, settings):
    settings.IS_PRODUCTION = True
    assert "CHỨNG THƯ THỬ NGHIỆM" in refusal_of(cast, of_person(demo_authority, cast.ngoc))


def test_refuses_a_persons_certificate_as_the_seal(cast, demo_authority):
    certificate = as_der(of_person(demo_authority, cast.van))
    with pytest.raises(CertificateNotUsable, match="không phải “Trường Tiểu học Kim Đồng”"):
        register_remote_certificate(certificate=certificate, owner=None, by=cast.van)


def test_the_seal_may_spell_the_schools_name_otherwise(cast, demo_authority):
    """The department looks at it before it approves; nothing is sealed earlier."""
    issued = issue(demo_authority, subject(COMMON_NAME="TRƯỜNG TH KIM ĐỒNG"), at=IN_SEPTEMBER)
    row = register_remote_certificate(certificate=as_der(issued), owner=None, by=cast.van)
    assert row.is_seal


@pytest.mark.parametrize(
    ("container", "passphrase", "sentence"),
    [
        (b"no file", PASSPHRASE, "không phải tệp khóa"),
        (None, "sai mật khẩu", "sai mật khẩu của tệp"),
        (None, "", "sai mật khẩu của tệp"),
    ],
)
def test_refuses_a_file_that_does_not_open(cast, demo_authority, container, passphrase, sentence):
    right = as_pkcs12(of_person(demo_authority, cast.ngoc), demo_authority, PASSPHRASE)
    with pytest.raises(CertificateNotUsable, match=sentence):
        register_key_file(
            container=container or right, passphrase=passphrase, owner=cast.ngoc, by=cast.ngoc
        )
    assert not StoredKey.objects.exists()


def test_refuses_what_is_no_certificate(cast):
    with pytest.raises(CertificateNotUsable, match="không phải chứng thư số đọc được"):
        register_remote_certificate(certificate=b"no certificate", owner=cast.ngoc, by=cast.ngoc)


def test_refuses_what_is_registered_already(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    registered_file(cast, demo_authority, issued=issued)
    with pytest.raises(AlreadyRegistered):
        registered_remotely(cast, demo_authority, issued=issued)


def test_what_was_ended_may_be_registered_again(cast, demo_authority):
    issued = of_person(demo_authority, cast.ngoc)
    end_certificate(certificate=registered_file(cast, demo_authority, issued=issued), by=cast.ngoc)
    again = registered_remotely(cast, demo_authority, issued=issued)
    assert list(SigningCertificate.objects.in_use()) == [again]


def test_a_second_certificate_may_stand_beside_the_first(cast, demo_authority):
    """Before the old one expires the new one is there."""
    registered_file(cast, demo_authority)
    registered_file(cast, demo_authority)
    assert SigningCertificate.objects.of_staff(cast.ngoc).in_use().count() == 2


def test_keeps_no_file_without_the_servers_secret(cast, demo_authority, settings):
    settings.KEY_SEALING_SECRET = ""
    with pytest.raises(SealingSecretMissing):
        registered_file(cast, demo_authority)
    assert not SigningCertificate.objects.exists()
    assert not StoredKey.objects.exists()


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN CERTIFICATE-----"])
def test_believes_nothing_without_a_trust_file(cast, demo_authority, settings, tmp_path, content):
    path = tmp_path / "other.pem"
    if content is not None:
        path.write_bytes(content)
    settings.SIGNING_TRUST_FILE = str(path)
    with pytest.raises(TrustFileUnreadable, match="SIGNING_TRUST_FILE"):
        registered_file(cast, demo_authority)


def test_a_changed_trust_file_is_read_again(cast, demo_authority, settings, tmp_path):
    stranger = make_authority(at=IN_SEPTEMBER - datetime.timedelta(days=1))
    path = tmp_path / "trust.pem"
    path.write_bytes(pem(*stranger.certificates))
    settings.SIGNING_TRUST_FILE = str(path)
    refusal_of(cast, of_person(demo_authority, cast.ngoc))
    path.write_bytes(pem(*demo_authority.certificates, *stranger.certificates))
    assert registered_file(cast, demo_authority)
