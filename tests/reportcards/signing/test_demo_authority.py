"""The demo authority and what it makes, also in the eyes of OpenSSL."""

import datetime
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from reportcards.signing.certificates import DEMO_MARKER, describe, is_demo
from reportcards.signing.demo_authority import (
    DemoAuthority,
    Revocation,
    as_pkcs12,
    issue,
    issue_for_person,
    issue_for_school,
    make_authority,
    make_crl,
)
from reportcards.signing.signers import Pkcs12Signer
from tests.reportcards.authorities import IN_SEPTEMBER, SIGNED_AT, People, pem
from tests.reportcards.signing.certificates import subject

DAY = datetime.timedelta(days=1)


@pytest.fixture
def folder(demo_authority: DemoAuthority, people: People, tmp_path: Path) -> Path:
    """The files that `openssl verify` reads."""
    root, issuer = demo_authority.certificates
    revocations = [Revocation(people.phuc.certificate.serial_number, SIGNED_AT - DAY)]
    (tmp_path / "root.pem").write_bytes(pem(root))
    (tmp_path / "issuer.pem").write_bytes(pem(issuer))
    for name, authority in (("root", demo_authority.root), ("issuer", demo_authority.issuer)):
        entries = revocations if name == "issuer" else []
        crl = make_crl(authority, entries, number=1, at=SIGNED_AT)
        (tmp_path / f"{name}.crl").write_bytes(crl.public_bytes(Encoding.PEM))
    return tmp_path


def openssl(folder: Path, certificate: x509.Certificate) -> subprocess.CompletedProcess[str]:
    (folder / "holder.pem").write_bytes(pem(certificate))
    moment = str(int((SIGNED_AT + DAY).timestamp()))
    command = ["openssl", "verify", "-x509_strict", "-attime", moment, "-CAfile", "root.pem"]
    lists = ["-crl_check_all", "-CRLfile", "root.crl", "-CRLfile", "issuer.crl"]
    return subprocess.run(
        [*command, *lists, "-untrusted", "issuer.pem", "holder.pem"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("holder", ["ngoc", "hanh", "seal"])
def test_openssl_believes_what_it_issued(folder: Path, people: People, holder: str):
    finished = openssl(folder, getattr(people, holder).certificate)
    assert finished.stdout == "holder.pem: OK\n", finished.stderr


def test_openssl_finds_what_it_revoked(folder: Path, people: People):
    finished = openssl(folder, people.phuc.certificate)
    assert "certificate revoked" in finished.stderr


def test_all_of_it_says_that_it_is_for_trying_out(demo_authority: DemoAuthority, people: People):
    certificates = [
        *demo_authority.certificates,
        *(each.certificate for each in vars(people).values()),
    ]
    assert len(certificates) == 6
    for certificate in certificates:
        assert DEMO_MARKER in certificate.subject.rfc4514_string()
        assert is_demo(certificate)


def test_whatever_subject_is_given_the_policy_says_it(demo_authority: DemoAuthority):
    name = subject(COMMON_NAME="Trần Thị Ngọc")
    certificate = issue(demo_authority, name, at=IN_SEPTEMBER).certificate
    policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    [notice] = policies[0].policy_qualifiers or []
    assert notice.explicit_text == DEMO_MARKER  # type: ignore[union-attr]


def test_each_authority_has_its_own_keys():
    first, second = make_authority(at=IN_SEPTEMBER), make_authority(at=IN_SEPTEMBER)
    assert first.root.key.public_key() != second.root.key.public_key()
    assert first.root.certificate.serial_number != second.root.certificate.serial_number


def test_an_authority_lasts_longer_than_what_it_issues(
    demo_authority: DemoAuthority, people: People
):
    root, issuer = demo_authority.certificates
    holder = people.ngoc.certificate
    assert root.not_valid_after_utc > issuer.not_valid_after_utc > holder.not_valid_after_utc


def test_is_valid_at_once_on_a_clock_that_is_a_little_slow(people: People):
    begins = people.ngoc.certificate.not_valid_before_utc
    assert begins == IN_SEPTEMBER - datetime.timedelta(minutes=5)


@pytest.mark.parametrize(
    ("kind", "algorithm"), [("P-256", "ECDSA-secp256r1"), ("RSA-2048", "RSA-2048")]
)
def test_issues_either_kind_of_key(demo_authority: DemoAuthority, kind, algorithm: str):
    issued = issue_for_person(
        demo_authority, "Lê Thị Sương", "066190000044", "Kim Đồng", at=IN_SEPTEMBER, key_kind=kind
    )
    assert describe(issued.certificate).algorithm == algorithm


def test_a_persons_number_stands_in_the_subject(demo_authority: DemoAuthority):
    issued = issue_for_person(
        demo_authority, "Lê Thị Sương", "066190000044", "Kim Đồng", at=IN_SEPTEMBER
    )
    described = describe(issued.certificate)
    assert described.personal_id == "066190000044"
    assert described.subject.startswith("serialNumber=CCCD:066190000044,CN=Lê Thị Sương,")


def test_a_schools_code_stands_in_the_subject(demo_authority: DemoAuthority):
    issued = issue_for_school(demo_authority, "Lê Lợi", "66000002", at=IN_SEPTEMBER)
    assert describe(issued.certificate).subject.startswith("serialNumber=66000002,CN=Lê Lợi,")


@pytest.mark.parametrize("holder", ["ngoc", "seal"])
def test_a_key_file_opens_with_its_passphrase(
    demo_authority: DemoAuthority, people: People, holder: str
):
    issued = getattr(people, holder)
    content = as_pkcs12(issued, demo_authority, "mật khẩu")
    assert Pkcs12Signer.open(content, "mật khẩu").certificate == issued.certificate
    assert "mật khẩu".encode() not in content
