"""Certificates such as no demo authority makes: weak, odd, or written by other authorities."""

import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from tests.reportcards.authorities import IN_SEPTEMBER


def subject(**attributes: str) -> x509.Name:
    """subject(COMMON_NAME="Trần Thị Ngọc", USER_ID="CCCD:066185000022")"""
    return x509.Name(
        [x509.NameAttribute(getattr(NameOID, kind), text) for kind, text in attributes.items()]
    )


def self_signed(
    key: Any = None,
    *,
    name: x509.Name | None = None,
    extensions: tuple[x509.ExtensionType, ...] = (),
) -> x509.Certificate:
    key = key or ec.generate_private_key(ec.SECP256R1())
    name = name or subject(COMMON_NAME="Trần Thị Ngọc")
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(IN_SEPTEMBER)
        .not_valid_after(IN_SEPTEMBER + datetime.timedelta(days=365))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    hashed = None if isinstance(key, ed25519.Ed25519PrivateKey) else SHA256()
    return builder.sign(key, hashed)
