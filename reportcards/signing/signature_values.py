"""The value of a signature: RSA PKCS#1 v1.5 or ECDSA over P-256, each with SHA-256."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256

from reportcards.signing.refusals import SigningRefused

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

# Of r and of s of a P-256 signature: in XML-DSig and in PKCS#11 the two stand side by side.
P256_BYTES = 32


def sign_message(key: PrivateKey, message: bytes) -> bytes:
    """The value of an RSA signature, or an ECDSA signature as DER (RFC 3279)."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(message, padding.PKCS1v15(), SHA256())
    return key.sign(message, ec.ECDSA(SHA256()))


def check_signature_value(certificate: x509.Certificate, value: bytes, message: bytes) -> bytes:
    """The value as XML-DSig writes it, or SigningRefused: signature_does_not_fit.

    An ECDSA value comes as DER or, as tokens and some signing services give it, as r and s
    side by side.
    """
    if isinstance(certificate.public_key(), ec.EllipticCurvePublicKey):
        pairs = [pair for pair in (_pair_of_der(value), _pair_side_by_side(value)) if pair]
        fitting = [p for p in pairs if _fits(certificate, encode_dss_signature(*p), message)]
        if not fitting:
            raise SigningRefused("signature_does_not_fit")
        return b"".join(number.to_bytes(P256_BYTES) for number in fitting[0])
    if not _fits(certificate, value, message):
        raise SigningRefused("signature_does_not_fit")
    return value


def side_by_side_as_der(value: bytes) -> bytes:
    """An ECDSA value of r and s side by side, as DER."""
    half = len(value) // 2
    return encode_dss_signature(int.from_bytes(value[:half]), int.from_bytes(value[half:]))


def _pair_of_der(value: bytes) -> tuple[int, int] | None:
    try:
        return decode_dss_signature(value)
    except ValueError:
        return None


def _pair_side_by_side(value: bytes) -> tuple[int, int] | None:
    if len(value) != 2 * P256_BYTES:
        return None
    return int.from_bytes(value[:P256_BYTES]), int.from_bytes(value[P256_BYTES:])


def _fits(certificate: x509.Certificate, value: bytes, message: bytes) -> bool:
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(value, message, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(value, message, ec.ECDSA(SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True
