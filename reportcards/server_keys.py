"""Opening the key of a certificate: a stored file, or a token or HSM at the server."""

from collections.abc import Iterator
from contextlib import contextmanager

from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.utils.translation import gettext as _

from reportcards.errors import CertificateNotUsable
from reportcards.models import KeyPlace, SigningCertificate
from reportcards.sealed_keys import open_stored_key
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signers import Pkcs11Signer, Signer
from reportcards.signing_sentences import sentence_of


def is_served(certificate: SigningCertificate) -> bool:
    """The server holds the PIN, so the worker can sign while everybody sleeps."""
    return certificate.key_place == KeyPlace.PKCS11 and bool(settings.PKCS11_PIN)


@contextmanager
def opened_signer(certificate: SigningCertificate, secret: str) -> Iterator[Signer]:
    """With the passphrase or PIN that was just typed; it is kept nowhere."""
    try:
        if certificate.key_place == KeyPlace.PKCS12:
            yield open_stored_key(certificate, secret)
        elif certificate.key_place == KeyPlace.PKCS11:
            with _token_signer(certificate, secret) as signer:
                _check_is_registered(signer, certificate)
                yield signer
        else:
            raise CertificateNotUsable(
                _("Khóa của chứng thư này ở nơi khác: hãy ký bằng điện thoại hoặc dịch vụ ký.")
            )
    except SigningRefused as error:
        raise CertificateNotUsable(sentence_of(error.refusal)) from None


@contextmanager
def server_signer(certificate: SigningCertificate) -> Iterator[Signer]:
    with opened_signer(certificate, settings.PKCS11_PIN) as signer:
        yield signer


def _token_signer(certificate: SigningCertificate, pin: str) -> Pkcs11Signer:
    if not settings.PKCS11_MODULE:
        raise CertificateNotUsable(
            _("Máy chủ chưa khai báo thư viện của USB token (PKCS11_MODULE).")
        )
    return Pkcs11Signer.open(
        module=settings.PKCS11_MODULE,
        token_label=settings.PKCS11_TOKEN,
        pin=pin,
        key_label=certificate.key_label or None,
    )


def _check_is_registered(signer: Signer, certificate: SigningCertificate) -> None:
    """Another stick in the slot has another key."""
    if signer.certificate.fingerprint(SHA256()).hex() != certificate.fingerprint:
        raise CertificateNotUsable(
            _("Token đang cắm không giữ khóa của chứng thư này. Hãy cắm đúng token rồi ký lại.")
        )
