"""Revocation lists as authorities publish them."""

import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from reportcards.signing.demo_authority import (
    DemoAuthority,
    Issued,
    Revocation,
    make_authority,
    make_crl,
)
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.revocations import RevocationList, RevokedEntry
from tests.reportcards.authorities import IN_SEPTEMBER, SIGNED_AT, People
from tests.reportcards.signing.certificates import issued_by, key_usage, subject

DAY = datetime.timedelta(days=1)
ADDRESS = x509.UniformResourceIdentifier("http://ca.example.vn/1.crl")


@pytest.fixture(scope="module")
def crl(demo_authority: DemoAuthority, people: People) -> x509.CertificateRevocationList:
    """Ms Hạnh's key is lost, the seal was revoked without a word."""
    revocations = [
        Revocation(
            people.hanh.certificate.serial_number, SIGNED_AT, x509.ReasonFlags.key_compromise
        ),
        Revocation(people.seal.certificate.serial_number, SIGNED_AT - DAY),
    ]
    return make_crl(demo_authority.issuer, revocations, number=7, at=SIGNED_AT + DAY)


def part_of(issuer: Issued, **limits: object) -> RevocationList:
    """A list that says itself what it leaves out."""
    told = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return extended(issuer, x509.IssuingDistributionPoint(**(told | limits)))  # type: ignore[arg-type]


def extended(issuer: Issued, extension: x509.ExtensionType) -> RevocationList:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(SIGNED_AT)
        .next_update(SIGNED_AT + DAY)
        .add_extension(extension, critical=True)
    )
    return RevocationList(builder.sign(issuer.key, SHA256()))


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_reads_a_file_of_either_kind(crl: x509.CertificateRevocationList, encoding: Encoding):
    read = RevocationList.read(crl.public_bytes(encoding))
    assert read.issuer.startswith("CN=CHỨNG THƯ THỬ NGHIỆM - Cấp phát,")
    assert read.number == 7
    assert read.this_update == SIGNED_AT + DAY
    assert read.next_update == SIGNED_AT + 31 * DAY
    assert read.revoked_count == 2


@given(st.binary(max_size=100))
def test_refuses_a_file_that_is_no_list(content: bytes):
    for beginning in (b"", b"\x30\x82", b"-----BEGIN X509 CRL-----\n"):
        with pytest.raises(SigningRefused, match="crl_unreadable"):
            RevocationList.read(beginning + content)


def test_tells_when_and_why_a_certificate_was_revoked(crl, people: People):
    entry = RevocationList(crl).entry(people.hanh.certificate)
    assert entry == RevokedEntry(SIGNED_AT, "keyCompromise")


def test_a_revocation_without_a_reason_has_that_word(crl, people: People):
    entry = RevocationList(crl).entry(people.seal.certificate)
    assert entry == RevokedEntry(SIGNED_AT - DAY, "unspecified")


def test_tells_nothing_of_whoever_is_not_in_it(crl, people: People):
    assert RevocationList(crl).entry(people.ngoc.certificate) is None


def test_its_issuer_has_signed_it(crl, demo_authority: DemoAuthority):
    assert RevocationList(crl).is_signed_by(demo_authority.issuer.certificate)


def test_another_authority_of_the_same_name_has_not(crl):
    stranger = make_authority(at=IN_SEPTEMBER)
    assert stranger.issuer.certificate.subject == crl.issuer
    assert not RevocationList(crl).is_signed_by(stranger.issuer.certificate)


def test_a_changed_list_is_signed_by_nobody(crl, demo_authority: DemoAuthority):
    encoded = bytearray(crl.public_bytes(Encoding.DER))
    encoded[-1] ^= 1
    read = RevocationList.read(bytes(encoded))
    assert not read.is_signed_by(demo_authority.issuer.certificate)


def test_whoever_may_not_sign_lists_has_signed_none(demo_authority: DemoAuthority):
    usage = key_usage(key_cert_sign=True)
    issuer = issued_by(
        demo_authority.root,
        name=subject(COMMON_NAME="Cấp phát"),
        extensions=(x509.BasicConstraints(ca=True, path_length=0), usage),
    )
    signed = RevocationList(make_crl(issuer, number=1, at=SIGNED_AT))
    assert not signed.is_signed_by(issuer.certificate)


def test_speaks_of_the_certificates_of_its_issuer(crl, demo_authority, people: People):
    read = RevocationList(crl)
    assert read.speaks_of(people.ngoc.certificate)
    assert not read.speaks_of(demo_authority.issuer.certificate)


@pytest.mark.parametrize(
    "limits",
    [
        {"only_contains_ca_certs": True},
        {"only_contains_attribute_certs": True},
        {"indirect_crl": True},
        {"only_some_reasons": frozenset({x509.ReasonFlags.key_compromise})},
        {"full_name": [ADDRESS]},
    ],
    ids=str,
)
def test_a_part_that_leaves_the_certificate_out_does_not_speak_of_it(
    limits: dict[str, object], demo_authority: DemoAuthority, people: People
):
    assert not part_of(demo_authority.issuer, **limits).speaks_of(people.ngoc.certificate)


def test_a_part_for_holders_speaks_of_holders_only(demo_authority: DemoAuthority, people: People):
    limits = {"only_contains_user_certs": True}
    assert part_of(demo_authority.issuer, **limits).speaks_of(people.ngoc.certificate)
    issuer = demo_authority.issuer.certificate
    assert not part_of(demo_authority.root, **limits).speaks_of(issuer)


def test_a_part_for_authorities_speaks_of_authorities(demo_authority: DemoAuthority):
    part = part_of(demo_authority.root, only_contains_ca_certs=True)
    assert part.speaks_of(demo_authority.issuer.certificate)


def test_a_part_speaks_of_the_certificates_that_point_to_it(demo_authority: DemoAuthority):
    point = x509.DistributionPoint([ADDRESS], None, None, None)
    certificate = issued_by(
        demo_authority.issuer,
        name=subject(COMMON_NAME="Trần Thị Ngọc"),
        extensions=(x509.CRLDistributionPoints([point]),),
    ).certificate
    assert part_of(demo_authority.issuer, full_name=[ADDRESS]).speaks_of(certificate)


def test_a_list_of_changes_only_speaks_of_nobody(demo_authority: DemoAuthority, people: People):
    changes = extended(demo_authority.issuer, x509.DeltaCRLIndicator(1))
    assert not changes.speaks_of(people.ngoc.certificate)


def test_is_fresh_until_the_next_one_is_due(crl, people: People):
    read, certificate = RevocationList(crl), people.ngoc.certificate
    assert read.next_update is not None
    assert read.is_fresh_for(certificate, read.next_update)
    assert not read.is_fresh_for(certificate, read.next_update + datetime.timedelta(seconds=1))
