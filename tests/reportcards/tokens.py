"""Tokens of SoftHSM 2, a real PKCS#11 library whose tokens are files."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from reportcards.signing.demo_authority import Issued

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "738291"


@dataclass(frozen=True)
class SoftToken:
    label: str
    module: str = MODULE
    pin: str = PIN

    def hold(self, issued: Issued, label: str, key_id: bytes, *, certificate: bool = True) -> None:
        """Puts a key onto the token, and its certificate beside it."""
        with self.opened(rw=True) as session:
            names = {pkcs11.Attribute.LABEL: label, pkcs11.Attribute.ID: key_id}
            stored = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.PRIVATE: True, **names}
            session.create_object(key_attributes(issued) | stored)
            if certificate:
                self._hold_certificate(session, issued, names)

    def _hold_certificate(
        self, session: pkcs11.Session, issued: Issued, names: dict[pkcs11.Attribute, object]
    ) -> None:
        encoded = issued.certificate.public_bytes(Encoding.DER)
        stored = {pkcs11.Attribute.TOKEN: True, **names}
        session.create_object(decode_x509_certificate(encoded) | stored)

    def opened(self, *, rw: bool = False) -> pkcs11.Session:
        token = pkcs11.lib(self.module).get_token(token_label=self.label)
        return token.open(user_pin=self.pin, rw=rw)


def key_attributes(issued: Issued) -> dict[pkcs11.Attribute, object]:
    encoded = issued.key.private_bytes(
        Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    )
    is_rsa = isinstance(issued.key, rsa.RSAPrivateKey)
    attributes = decode_rsa_private_key(encoded) if is_rsa else decode_ec_private_key(encoded)
    return attributes | {pkcs11.Attribute.SIGN: True, pkcs11.Attribute.EXTRACTABLE: False}


class TokenShelf:
    """Makes tokens. SoftHSM looks for them when it is initialised, so that is done again."""

    def __init__(self) -> None:
        self._made = 0

    def add(self) -> SoftToken:
        self._made += 1
        token = SoftToken(f"Kim Dong {self._made}")
        command = ["softhsm2-util", "--init-token", "--free", "--label", token.label]
        secrets = ["--pin", token.pin, "--so-pin", "11111111"]
        subprocess.run([*command, *secrets], capture_output=True, check=True)
        pkcs11.lib(token.module).reinitialize()
        return token


@pytest.fixture(scope="session")
def token_shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenShelf]:
    """Each process of the test run has its own folder of tokens."""
    folder = tmp_path_factory.mktemp("softhsm")
    write_configuration(folder)
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    yield TokenShelf()
    pkcs11.unload(MODULE)
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


@pytest.fixture
def token(token_shelf: TokenShelf) -> SoftToken:
    """An empty token; no session of an earlier test is open on it."""
    return token_shelf.add()


def write_configuration(folder: Path) -> None:
    (folder / "tokens").mkdir()
    lines = [f"directories.tokendir = {folder}/tokens", "objectstore.backend = file"]
    (folder / "softhsm2.conf").write_text("\n".join([*lines, "log.level = ERROR", ""]))
