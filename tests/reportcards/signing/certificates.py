"""Certificates such as no demo authority makes: weak, odd, or written by other authorities."""

import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from reportcards.signing.demo_authority import Issued
from tests.reportcards.authorities import IN_SEPTEMBER


def subject(**attributes: str) -> x509.Name:
    """subject(COMMON_NAME="Trần Thị Ngọc", USER_ID="CCCD:066185000022")"""
    return x509.Name(
        [x509.NameAttribute(getattr(NameOID, kind), text) for kind, text in attributes.items()]
    )


def key_usage(**usages: bool) -> x509.KeyUsage:
    """key_usage(digital_signature=True): that and nothing else."""
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**dict.fromkeys(names, False) | usages)


def self_signed(
    key: Any = None,
    *,
    name: x509.Name | None = None,
    extensions: tuple[x509.ExtensionType, ...] = (),
    is_critical: bool = False,
) -> x509.Certificate:
    key = key or ec.generate_private_key(ec.SECP256R1())
    name = name or subject(COMMON_NAME="Trần Thị Ngọc")
    return _certificate(key, name, name, key, extensions, is_critical)


def issued_by(
    issuer: Issued, *, name: x509.Name, extensions: tuple[x509.ExtensionType, ...] = ()
) -> Issued:
    """With nothing in it but the extensions, whoever the issuer may be."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(
        key, name, issuer.certificate.subject, issuer.key, extensions, is_critical=False
    )
    return Issued(certificate, key)


def _certificate(
    key: Any,
    name: x509.Name,
    issuer_name: x509.Name,
    issuer_key: Any,
    extensions: tuple[x509.ExtensionType, ...],
    is_critical: bool,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(IN_SEPTEMBER)
        .not_valid_after(IN_SEPTEMBER + datetime.timedelta(days=365))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=is_critical)
    hashed = None if isinstance(issuer_key, ed25519.Ed25519PrivateKey) else SHA256()
    return builder.sign(issuer_key, hashed)
