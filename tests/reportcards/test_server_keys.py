"""Opening the key of a certificate: a stored file, or a token at the server (SoftHSM)."""

import pytest

from reportcards.certificates.errors import KeyFileNotStored
from reportcards.errors import CertificateNotUsable
from reportcards.models import StoredKey
from reportcards.server_keys import is_served, opened_signer, server_signer
from reportcards.signing.demo_authority import issue_for_person
from tests.reportcards.authorities import IN_SEPTEMBER
from tests.reportcards.digital_cards import PASSPHRASE
from tests.reportcards.signing_cases import hsm_certificate, remote_certificate


@pytest.fixture
def hsm(signed_class, certificates, demo_authority, token, settings):
    return hsm_certificate(signed_class, demo_authority, token, settings)


def serial(signer):
    return f"{signer.certificate.serial_number:X}"


class TestKeyFile:
    def test_the_passphrase_opens_it(self, certificates):
        with opened_signer(certificates.ngoc, PASSPHRASE) as signer:
            assert serial(signer) == certificates.ngoc.serial_number.lstrip("0")

    def test_a_wrong_passphrase_is_refused_with_a_sentence(self, certificates):
        with (
            pytest.raises(CertificateNotUsable, match="sai mật khẩu của tệp"),
            opened_signer(certificates.ngoc, "sai-mật-khẩu"),
        ):
            pass

    def test_the_refusal_does_not_repeat_what_was_typed(self, certificates):
        with (
            pytest.raises(CertificateNotUsable) as refused,
            opened_signer(certificates.ngoc, "gõ-nhầm-2027"),
        ):
            pass
        assert "gõ-nhầm" not in repr(refused.value)
        assert refused.value.__cause__ is None

    def test_a_file_that_is_gone_is_refused(self, certificates):
        StoredKey.objects.filter(certificate=certificates.ngoc).delete()
        with pytest.raises(KeyFileNotStored), opened_signer(certificates.ngoc, PASSPHRASE):
            pass

    def test_no_worker_signs_with_it(self, certificates, settings):
        settings.PKCS11_PIN = "738291"
        assert not is_served(certificates.ngoc)


class TestToken:
    def test_the_pin_opens_it(self, hsm, token):
        with opened_signer(hsm, token.pin) as signer:
            assert serial(signer) == hsm.serial_number.lstrip("0")

    def test_the_server_opens_it_with_its_own_pin(self, hsm):
        with server_signer(hsm) as signer:
            assert serial(signer) == hsm.serial_number.lstrip("0")

    def test_a_wrong_pin_is_refused_with_a_sentence(self, hsm):
        with (
            pytest.raises(CertificateNotUsable, match="Sai mã PIN"),
            opened_signer(hsm, "000000"),
        ):
            pass

    def test_another_stick_in_the_slot_is_refused(
        self, hsm, signed_class, demo_authority, token_shelf, settings
    ):
        other = token_shelf.add()
        other.hold(
            issue_for_person(
                demo_authority, "Y Bình Êban", "000000000009", "Kim Đồng", at=IN_SEPTEMBER
            ),
            "signer",
            b"\x01",
        )
        settings.PKCS11_TOKEN = other.label

        with (
            pytest.raises(CertificateNotUsable, match="không giữ khóa của chứng thư này"),
            opened_signer(hsm, other.pin),
        ):
            pass

    def test_a_token_that_is_not_there_is_refused(self, hsm, settings):
        settings.PKCS11_TOKEN = "Le Loi"
        with (
            pytest.raises(CertificateNotUsable, match="Không thấy thiết bị ký"),
            server_signer(hsm),
        ):
            pass

    def test_a_server_without_a_library_says_so(self, hsm, settings):
        settings.PKCS11_MODULE = ""
        with pytest.raises(CertificateNotUsable, match="PKCS11_MODULE"), server_signer(hsm):
            pass

    def test_the_worker_signs_where_the_server_has_the_pin(self, hsm):
        assert is_served(hsm)

    def test_without_the_pin_a_person_types_it(self, hsm, settings):
        settings.PKCS11_PIN = ""
        assert not is_served(hsm)


def test_a_key_elsewhere_is_not_opened_here(signed_class, certificates, demo_authority):
    certificate, _issued = remote_certificate(signed_class, demo_authority)
    with pytest.raises(CertificateNotUsable, match="ở nơi khác"), opened_signer(certificate, "x"):
        pass
