"""Who signs: a key in a PKCS#12 file, or one that never leaves its USB token or HSM (PKCS#11).

A third way has no signer here: `xmldsig.prepare_signature` gives the digest, a remote service or
a program on the person's own machine signs it, and `xmldsig.complete_signature` takes the value.

No passphrase, PIN or key stands in what these classes show or raise. Whoever opens one in a web
request keeps the secret out of error reports too (Django: sensitive_variables).
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from types import TracebackType
from typing import Any, Protocol, TypeVar

import pkcs11
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PKCS12KeyAndCertificates,
    load_pkcs12,
)
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11 import exceptions as token_errors

from reportcards.signing.certificates import read_certificate
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signature_values import (
    PrivateKey,
    side_by_side_as_der,
    sign_message,
)

F = TypeVar("F")

DER_SEQUENCE = b"\x30"

# What a token answers, and the code of the sentence that says what to do about it.
TOKEN_ANSWERS: dict[type[token_errors.PKCS11Error], str] = {
    token_errors.PinIncorrect: "wrong_pin",
    token_errors.PinInvalid: "wrong_pin",
    token_errors.PinLenRange: "wrong_pin",
    token_errors.PinLocked: "pin_locked",
    token_errors.PinExpired: "pin_expired",
    token_errors.UserPinNotInitialized: "pin_locked",
    token_errors.UserAlreadyLoggedIn: "token_busy",
    token_errors.AnotherUserAlreadyLoggedIn: "token_busy",
    token_errors.NoSuchToken: "token_missing",
    token_errors.MultipleTokensReturned: "several_tokens",
    token_errors.TokenNotPresent: "token_missing",
    token_errors.TokenNotRecognised: "token_missing",
    token_errors.DeviceRemoved: "token_missing",
    token_errors.SessionHandleInvalid: "token_missing",
    token_errors.SessionClosed: "token_missing",
}


class Signer(Protocol):
    """Signs with the key of its certificate, SHA-256 inside.

    The value is that of RSA PKCS#1 v1.5, or an ECDSA signature over P-256 as DER.
    """

    @property
    def certificate(self) -> x509.Certificate: ...

    def sign(self, message: bytes) -> bytes: ...


class Pkcs12Signer:
    """A `Signer` whose key is in this process for as long as the object lives.

    `intermediates` are the other certificates of the file.
    """

    def __init__(
        self,
        key: PrivateKey,
        certificate: x509.Certificate,
        intermediates: tuple[x509.Certificate, ...] = (),
    ) -> None:
        self._key = key
        self._certificate = certificate
        self.intermediates = intermediates

    @classmethod
    def open(cls, container: bytes, passphrase: str) -> "Pkcs12Signer":
        """The signer of a file's only key.

        SigningRefused: container_unreadable, wrong_passphrase, no_key, unsupported_key,
        no_certificate (none belongs to the key), several_certificates (more than one does).
        """
        content = _content(container, passphrase)
        key = content.key
        if key is None:
            raise SigningRefused("no_key")
        if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise SigningRefused("unsupported_key", algorithm=type(key).__name__)
        found = [each.certificate for each in (content.cert, *content.additional_certs) if each]
        own = [each for each in found if each.public_key() == key.public_key()]
        certificate = _only(own, missing="no_certificate", several="several_certificates")
        return cls(key, certificate, tuple(each for each in found if each is not certificate))

    @property
    def certificate(self) -> x509.Certificate:
        return self._certificate

    def sign(self, message: bytes) -> bytes:
        return sign_message(self._key, message)


def _content(container: bytes, passphrase: str) -> PKCS12KeyAndCertificates:
    if not container.startswith(DER_SEQUENCE):
        raise SigningRefused("container_unreadable")
    try:
        return load_pkcs12(container, passphrase.encode() or None)
    except UnsupportedAlgorithm:
        raise SigningRefused("container_unreadable") from None
    except ValueError:
        raise SigningRefused("wrong_passphrase") from None


class Pkcs11Signer:
    """A `Signer` on one session with a token, opened once for many signatures; close it after.

    A token is used by one signer of this process at a time: PKCS#11 knows no second log-in, so a
    second signer would sign without its PIN having been asked for.
    """

    def __init__(self, session: pkcs11.Session, key: Any, certificate: x509.Certificate) -> None:
        self._session = session
        self._key = key
        self._certificate = certificate

    @classmethod
    def open(
        cls,
        *,
        module: str,
        token_label: str,
        pin: str,
        key_label: str | None = None,
        key_id: bytes | None = None,
    ) -> "Pkcs11Signer":
        """The signer of the key with this label or ID, or of the token's only key.

        module: the path of the maker's library. The certificate is the one on the token with the
        key's ID. SigningRefused: module_missing, token_missing, several_tokens, token_busy,
        token_failed, wrong_pin, pin_locked, pin_expired, key_missing, several_keys,
        unsupported_key, no_certificate, several_certificates.
        """
        with _answers():
            token = _library(module).get_token(token_label=token_label)
            session = token.open(user_pin=pin)
        try:
            with _answers():
                key = _key(session, key_label, key_id)
                return cls(session, key, _certificate_of(session, key))
        except SigningRefused:
            session.close()
            raise

    @property
    def certificate(self) -> x509.Certificate:
        return self._certificate

    def sign(self, message: bytes) -> bytes:
        """SigningRefused: token_missing (pulled out), token_failed."""
        with _answers():
            if self._key.key_type == KeyType.RSA:
                return self._key.sign(message, mechanism=Mechanism.SHA256_RSA_PKCS)
            # Not every token hashes for ECDSA, so it gets the digest.
            pair = self._key.sign(sha256(message).digest(), mechanism=Mechanism.ECDSA)
            return side_by_side_as_der(pair)

    def close(self) -> None:
        """Ends the session and the log-in; of a token that was pulled out both are gone."""
        with suppress(token_errors.PKCS11Error):
            self._session.close()

    def __enter__(self) -> "Pkcs11Signer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


@contextmanager
def _answers() -> Iterator[None]:
    """A token's error as a refusal, without its text: nobody knows what a maker writes there."""
    try:
        yield
    except token_errors.PKCS11Error as error:
        code = TOKEN_ANSWERS.get(type(error), "token_failed")
        raise SigningRefused(code, answer=type(error).__name__) from None


def _library(module: str) -> "pkcs11._pkcs11.lib":
    try:
        return pkcs11.lib(module)
    except token_errors.PKCS11Error:
        raise SigningRefused("module_missing", module=module) from None


def _key(session: pkcs11.Session, label: str | None, key_id: bytes | None) -> Any:
    wanted = {Attribute.LABEL: label, Attribute.ID: key_id}
    chosen = {name: value for name, value in wanted.items() if value is not None}
    found = session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, **chosen})
    key: Any = _only(list(found), missing="key_missing", several="several_keys")
    if key.key_type not in {KeyType.RSA, KeyType.EC}:
        raise SigningRefused("unsupported_key", algorithm=key.key_type.name)
    return key


def _certificate_of(session: pkcs11.Session, key: Any) -> x509.Certificate:
    wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.ID: key.id}
    found = list(session.get_objects(wanted))
    stored = _only(found, missing="no_certificate", several="several_certificates")
    return read_certificate(stored[Attribute.VALUE])


def _only(found: list[F], *, missing: str, several: str) -> F:
    if not found:
        raise SigningRefused(missing)
    if len(found) > 1:
        raise SigningRefused(several)
    return found[0]
