"""Signing with the key of a PKCS#12 file."""

import logging
import pickle
import subprocess
import traceback
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from hypothesis import given
from hypothesis import strategies as st

from reportcards.signing.demo_authority import DemoAuthority, Issued, as_pkcs12
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signature_values import check_signature_value
from reportcards.signing.signers import Pkcs12Signer, Signer
from reportcards.signing_sentences import sentence_of
from tests.reportcards.authorities import People, pem
from tests.reportcards.signing.certificates import self_signed

PASSPHRASE = "Mật khẩu của cô Ngọc"
WRONG = "mật khẩu đoán mò"


@pytest.fixture(scope="module")
def container(people: People, demo_authority: DemoAuthority) -> bytes:
    return as_pkcs12(people.ngoc, demo_authority, PASSPHRASE)


def refusal(container: bytes, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(SigningRefused) as refused:
        Pkcs12Signer.open(container, passphrase)
    assert sentence_of(refused.value.refusal)
    return refused.value.code


def packed(key: object, certificate: x509.Certificate | None, *others: x509.Certificate) -> bytes:
    protection = BestAvailableEncryption(PASSPHRASE.encode())
    return serialize_key_and_certificates(None, key, certificate, others, protection)  # type: ignore[arg-type]


@pytest.mark.parametrize("holder", ["ngoc", "seal"], ids=["P-256", "RSA-2048"])
def test_signs_with_the_key_of_the_file(holder: str, people: People, demo_authority: DemoAuthority):
    issued = getattr(people, holder)
    signer: Signer = Pkcs12Signer.open(as_pkcs12(issued, demo_authority, PASSPHRASE), PASSPHRASE)
    assert signer.certificate == issued.certificate
    check_signature_value(issued.certificate, signer.sign(b"message"), b"message")


def test_gives_the_chain_that_came_with_it(container: bytes, demo_authority: DemoAuthority):
    signer = Pkcs12Signer.open(container, PASSPHRASE)
    assert set(signer.intermediates) == set(demo_authority.certificates)


@pytest.mark.parametrize("passphrase", [WRONG, "", PASSPHRASE.lower(), PASSPHRASE + " "])
def test_refuses_a_wrong_passphrase(container: bytes, passphrase: str):
    assert refusal(container, passphrase) == "wrong_passphrase"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"-----BEGIN CERTIFICATE-----"])
def test_refuses_a_file_of_another_kind(content: bytes):
    assert refusal(content) == "container_unreadable"


def test_refuses_a_file_that_was_cut_off(container: bytes):
    assert refusal(container[: len(container) // 2]) == "wrong_passphrase"


@given(st.binary(max_size=200))
def test_whatever_is_uploaded_is_a_signer_or_a_refusal(content: bytes):
    assert refusal(b"\x30" + content) in {"wrong_passphrase", "container_unreadable"}


def test_refuses_a_file_without_a_key(people: People):
    assert refusal(packed(None, None, people.ngoc.certificate)) == "no_key"


def test_refuses_a_file_without_a_certificate(people: People):
    assert refusal(packed(people.ngoc.key, None)) == "no_certificate"


def test_refuses_a_certificate_of_another_key(people: People):
    assert refusal(packed(people.ngoc.key, None, people.hanh.certificate)) == "no_certificate"


def test_refuses_two_certificates_of_the_key(people: People):
    renewed = self_signed(people.ngoc.key)
    both = packed(people.ngoc.key, people.ngoc.certificate, renewed)
    assert refusal(both) == "several_certificates"


def test_refuses_a_kind_of_key_that_no_card_is_signed_with():
    key = ed25519.Ed25519PrivateKey.generate()
    assert refusal(packed(key, None)) == "unsupported_key"


def test_opens_a_file_without_a_passphrase(people: People):
    content = serialize_key_and_certificates(
        None, people.ngoc.key, people.ngoc.certificate, None, NoEncryption()
    )
    assert Pkcs12Signer.open(content, "").certificate == people.ngoc.certificate


@pytest.mark.parametrize(
    "ciphers",
    [["-legacy"], ["-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC"]],
    ids=["RC2 and 3DES", "AES"],
)
def test_opens_a_file_as_other_programs_write_it(
    people: People, tmp_path: Path, ciphers: list[str]
):
    content = written_by_openssl(people.phuc, tmp_path, ciphers)
    assert Pkcs12Signer.open(content, "12345678").certificate == people.phuc.certificate


def written_by_openssl(issued: Issued, folder: Path, ciphers: list[str]) -> bytes:
    key = issued.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "holder.pem").write_bytes(key + pem(issued.certificate))
    command = ["openssl", "pkcs12", "-export", "-in", "holder.pem", "-out", "holder.p12"]
    subprocess.run([*command, *ciphers, "-passout", "pass:12345678"], cwd=folder, check=True)
    return (folder / "holder.p12").read_bytes()


@pytest.mark.parametrize("passphrase", [PASSPHRASE, WRONG])
def test_the_passphrase_stands_in_no_text(
    passphrase: str, container: bytes, caplog: pytest.LogCaptureFixture
):
    shown = []
    with caplog.at_level(logging.DEBUG):
        try:
            signer = Pkcs12Signer.open(container, passphrase)
            shown += [repr(signer), str(signer), repr(vars(signer))]
        except SigningRefused as error:
            shown += [repr(error), str(error), *traceback.format_exception(error)]
            shown += [repr(error.refusal), repr(error.__cause__), repr(error.__context__)]
    assert shown
    assert not any(passphrase in text for text in [*shown, caplog.text])


def test_the_key_stands_in_no_text(container: bytes):
    signer = Pkcs12Signer.open(container, PASSPHRASE)
    numbers = signer._key.private_numbers()  # type: ignore[union-attr]
    assert str(numbers.private_value) not in repr(vars(signer))


def test_a_signer_cannot_be_put_into_a_task(container: bytes):
    with pytest.raises(TypeError):
        pickle.dumps(Pkcs12Signer.open(container, PASSPHRASE))
