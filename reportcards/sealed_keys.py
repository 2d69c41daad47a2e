"""Key files at rest: sealed with the server's own key, each bound to its certificate.

A stored file is shut twice: by its owner's passphrase, which is never stored, and by a key
derived from KEY_SEALING_SECRET, which is not in the database. See
docs/adr/0026-certificate-register.md.
"""

import secrets
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from reportcards.certificates.errors import (
    KeyFileNotStored,
    KeyFileUnreadable,
    SealingSecretMissing,
)
from reportcards.models import SigningCertificate, StoredKey
from reportcards.signing.signers import Pkcs12Signer

PURPOSE = b"hocba.sealed-keys/1"
KEY_BYTES = 32
NONCE_BYTES = 12


@sensitive_variables()
def seal(container: bytes, *, fingerprint: str) -> bytes:
    """The nonce, then AES-256-GCM's text and tag.

    fingerprint: the certificate's, in hexadecimal; under another one the file does not open.
    """
    newest = next(_sealing_keys())
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(newest).encrypt(nonce, container, fingerprint.encode())


@sensitive_variables()
def unseal(sealed: bytes, *, fingerprint: str) -> bytes:
    """What `seal` was given, also when KEY_SEALING_SECRET has changed since."""
    if len(sealed) <= NONCE_BYTES:
        raise KeyFileUnreadable
    nonce, text = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    for key in _sealing_keys():
        try:
            return AESGCM(key).decrypt(nonce, text, fingerprint.encode())
        except InvalidTag:
            continue
    raise KeyFileUnreadable


@sensitive_variables()
def open_stored_key(certificate: SigningCertificate, passphrase: str) -> Pkcs12Signer:
    """Whoever signs with it forgets it afterwards: it is never kept between requests.

    SigningRefused: wrong_passphrase.
    """
    stored = StoredKey.objects.filter(certificate=certificate).first()
    if stored is None:
        raise KeyFileNotStored
    container = unseal(bytes(stored.sealed), fingerprint=certificate.fingerprint)
    return Pkcs12Signer.open(container, passphrase)


@sensitive_variables()
def _sealing_keys() -> Iterator[bytes]:
    """Newest first: files that were sealed under a former secret still open."""
    if not settings.KEY_SEALING_SECRET:
        raise SealingSecretMissing
    for secret in (settings.KEY_SEALING_SECRET, *settings.KEY_SEALING_SECRET_FALLBACKS):
        kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE)
        yield kdf.derive(secret.encode())
