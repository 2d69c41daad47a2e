"""Values of signatures, as signing services and tokens give them."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from hypothesis import given
from hypothesis import strategies as st

from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signature_values import (
    check_signature_value,
    side_by_side_as_der,
    sign_message,
)
from tests.reportcards.authorities import People
from tests.reportcards.signing.certificates import self_signed

MESSAGE = b"SignedInfo"
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def test_an_rsa_value_stays_as_it_is(people: People):
    value = sign_message(people.seal.key, MESSAGE)
    assert check_signature_value(people.seal.certificate, value, MESSAGE) == value
    assert len(value) == 256


def test_an_ecdsa_value_is_written_as_r_and_s_side_by_side(people: People):
    value = sign_message(people.hanh.key, MESSAGE)
    written = check_signature_value(people.hanh.certificate, value, MESSAGE)
    r, s = decode_dss_signature(value)
    assert written == r.to_bytes(32) + s.to_bytes(32)


def test_r_and_s_side_by_side_are_taken_as_they_are(people: People):
    der = sign_message(people.hanh.key, MESSAGE)
    written = check_signature_value(people.hanh.certificate, der, MESSAGE)
    assert check_signature_value(people.hanh.certificate, written, MESSAGE) == written


@given(r=st.integers(0, 2**256 - 1), s=st.integers(0, 2**256 - 1))
def test_what_a_token_gives_becomes_der_of_the_same_numbers(r: int, s: int):
    assert side_by_side_as_der(r.to_bytes(32) + s.to_bytes(32)) == encode_dss_signature(r, s)


@pytest.mark.parametrize("holder", ["hanh", "seal"])
@given(value=st.binary(max_size=300))
def test_nothing_else_fits(holder: str, value: bytes, people: People):
    with pytest.raises(SigningRefused, match="signature_does_not_fit"):
        check_signature_value(getattr(people, holder).certificate, value, MESSAGE)


@pytest.mark.parametrize("r", [0, 1, P256_ORDER, 2**300])
def test_numbers_outside_the_curve_do_not_fit(r: int, people: People):
    with pytest.raises(SigningRefused, match="signature_does_not_fit"):
        check_signature_value(people.hanh.certificate, encode_dss_signature(r, 1), MESSAGE)


def test_der_of_a_negative_number_does_not_fit(people: People):
    negative = bytes.fromhex("30060201ff020101")
    with pytest.raises(SigningRefused, match="signature_does_not_fit"):
        check_signature_value(people.hanh.certificate, negative, MESSAGE)


def test_a_value_for_another_message_does_not_fit(people: People):
    for issued in (people.hanh, people.seal):
        value = sign_message(issued.key, b"another SignedInfo")
        with pytest.raises(SigningRefused, match="signature_does_not_fit"):
            check_signature_value(issued.certificate, value, MESSAGE)


def test_no_value_fits_a_kind_of_key_that_no_card_is_signed_with():
    key = ed25519.Ed25519PrivateKey.generate()
    certificate = self_signed(key)
    with pytest.raises(SigningRefused, match="signature_does_not_fit"):
        check_signature_value(certificate, key.sign(MESSAGE), MESSAGE)
