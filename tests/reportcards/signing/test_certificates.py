"""What is read from a certificate."""

import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st

from reportcards.signing.certificates import (
    DEMO_MARKER,
    DEMO_POLICY,
    can_sign,
    check_key,
    describe,
    is_demo,
    key_algorithm,
    personal_id,
    read_certificate,
    serial,
    subject_name,
)
from reportcards.signing.demo_authority import DemoAuthority
from reportcards.signing.refusals import SigningRefused
from tests.reportcards.authorities import People, pem
from tests.reportcards.signing.certificates import key_usage, self_signed, subject

SIGNS = key_usage(digital_signature=True)


def named(**attributes: str) -> x509.Certificate:
    return self_signed(name=subject(**attributes))


def test_describes_a_persons_certificate(people: People):
    described = describe(people.hanh.certificate)
    assert described.common_name == "Nguyễn Thị Hạnh"
    assert described.personal_id == "066175000011"
    assert described.organisation == "Trường Tiểu học Kim Đồng"
    assert described.issuer.startswith("CN=CHỨNG THƯ THỬ NGHIỆM - Cấp phát,")
    assert described.not_before == datetime.datetime(2026, 9, 1, 0, 55, tzinfo=datetime.UTC)
    assert described.not_after == datetime.datetime(2029, 8, 31, 1, tzinfo=datetime.UTC)
    assert described.algorithm == "ECDSA-secp256r1"
    assert described.can_sign
    assert not described.is_ca
    assert described.is_demo
    assert len(described.fingerprint) == 64


def test_describes_a_schools_certificate(people: People):
    described = describe(people.seal.certificate)
    assert described.common_name == described.organisation == "Trường Tiểu học Kim Đồng"
    assert described.personal_id is None
    assert described.algorithm == "RSA-2048"


def test_describes_an_authority(demo_authority: DemoAuthority):
    described = describe(demo_authority.issuer.certificate)
    assert described.is_ca
    assert not described.can_sign
    assert described.organisation == ""


def test_the_subject_is_written_by_rfc_4514_with_names_for_all_its_parts():
    certificate = named(
        COUNTRY_NAME="VN",
        ORGANIZATION_NAME="Trường A, B",
        COMMON_NAME="Trần Thị Ngọc",
        SERIAL_NUMBER="CCCD:066185000022",
        USER_ID="CCCD:066185000022",
        EMAIL_ADDRESS="ngoc@example.vn",
    )
    assert subject_name(certificate) == (
        "emailAddress=ngoc@example.vn,UID=CCCD:066185000022,serialNumber=CCCD:066185000022,"
        "CN=Trần Thị Ngọc,O=Trường A\\, B,C=VN"
    )


@pytest.mark.parametrize("attribute", ["SERIAL_NUMBER", "USER_ID", "ORGANIZATION_IDENTIFIER"])
@pytest.mark.parametrize(
    "written",
    [
        "066185000022",
        "CCCD:066185000022",
        "cccd: 066185000022",
        "CCCD 066185000022",
        "CC:066185000022",
        "PNOVN-066185000022",
        "IDCVN-066185000022",
        " 066185000022 ",
    ],
)
def test_finds_the_personal_id_as_authorities_write_it(attribute: str, written: str):
    certificate = named(COMMON_NAME="Trần Thị Ngọc", **{attribute: written})
    assert personal_id(certificate) == "066185000022"


@pytest.mark.parametrize(
    "written",
    ["CMND:024012345", "MST:0312345678", "MST:066185000022", "HC:C1234567", "66000001", "0" * 13],
)
def test_takes_nothing_else_for_a_personal_id(written: str):
    assert personal_id(named(COMMON_NAME="Trần Thị Ngọc", USER_ID=written)) is None


def test_a_number_in_the_name_is_no_personal_id():
    assert personal_id(named(COMMON_NAME="066185000022")) is None


def test_the_first_identifier_that_is_a_personal_id_counts():
    certificate = named(USER_ID="MST:0312345678", SERIAL_NUMBER="CCCD:066185000022")
    assert personal_id(certificate) == "066185000022"


def test_the_serial_is_written_by_whole_bytes(people: People):
    assert serial(self_signed()) == "01"
    written = serial(people.hanh.certificate)
    assert int(written, 16) == people.hanh.certificate.serial_number
    assert len(written) % 2 == 0


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_reads_a_file_of_either_kind(people: People, encoding: Encoding):
    content = people.hanh.certificate.public_bytes(encoding)
    assert read_certificate(content) == people.hanh.certificate


def test_reads_a_pem_file_with_words_before_it(people: People):
    content = b"Bag Attributes\n" + pem(people.hanh.certificate)
    assert read_certificate(content) == people.hanh.certificate


@given(st.binary(max_size=100))
def test_refuses_a_file_that_is_no_certificate(content: bytes):
    for beginning in (b"", b"\x30\x82", b"-----BEGIN CERTIFICATE-----\n"):
        with pytest.raises(SigningRefused, match="certificate_unreadable"):
            read_certificate(beginning + content)


def test_refuses_a_certificate_that_was_cut_off(people: People):
    content = people.hanh.certificate.public_bytes(Encoding.DER)
    with pytest.raises(SigningRefused, match="certificate_unreadable"):
        read_certificate(content[:-1])


@pytest.mark.parametrize("holder", ["hanh", "seal"])
def test_takes_the_kinds_of_key_that_cards_are_signed_with(people: People, holder: str):
    check_key(getattr(people, holder).certificate)


@pytest.mark.parametrize(
    ("key", "algorithm", "code"),
    [
        (rsa.generate_private_key(65537, 1024), "RSA-1024", "weak_key"),  # noqa: S505
        (ec.generate_private_key(ec.SECP384R1()), "ECDSA-secp384r1", "unsupported_key"),
        (ed25519.Ed25519PrivateKey.generate(), "Ed25519", "unsupported_key"),
    ],
)
def test_refuses_other_keys_by_their_name(key: object, algorithm: str, code: str):
    certificate = self_signed(key)
    assert key_algorithm(certificate) == algorithm
    with pytest.raises(SigningRefused) as refused:
        check_key(certificate)
    assert refused.value.code == code
    assert refused.value.refusal.params == {"algorithm": algorithm}


@pytest.mark.parametrize(
    ("extensions", "allowed"),
    [
        ((), False),
        ((SIGNS,), True),
        ((key_usage(content_commitment=True),), True),
        ((key_usage(key_encipherment=True),), False),
        ((SIGNS, x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])), False),
        ((SIGNS, x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING])), False),
        ((SIGNS, x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])), True),
        (
            (
                SIGNS,
                x509.ExtendedKeyUsage(
                    [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.CODE_SIGNING]
                ),
            ),
            True,
        ),
    ],
)
def test_the_usages_say_whether_it_signs(extensions: tuple[x509.ExtensionType, ...], allowed: bool):
    assert can_sign(self_signed(extensions=extensions)) == allowed


@pytest.mark.parametrize(("is_critical", "allowed"), [(True, False), (False, True)])
def test_what_must_be_understood_is_not_overlooked(is_critical: bool, allowed: bool):
    strange = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    certificate = self_signed(extensions=(SIGNS, strange), is_critical=is_critical)
    assert can_sign(certificate) == allowed


def test_a_demo_certificate_is_known_by_its_policy():
    policy = x509.CertificatePolicies([x509.PolicyInformation(DEMO_POLICY, None)])
    assert is_demo(self_signed(extensions=(policy,)))


def test_a_demo_certificate_is_known_by_its_words():
    name = subject(COMMON_NAME="Trần Thị Ngọc", ORGANIZATIONAL_UNIT_NAME=DEMO_MARKER)
    assert is_demo(self_signed(name=name))


def test_another_certificate_is_no_demo():
    other = x509.PolicyInformation(x509.ObjectIdentifier("1.3.6.1.4.1.30339"), None)
    assert not is_demo(self_signed(extensions=(x509.CertificatePolicies([other]),)))
