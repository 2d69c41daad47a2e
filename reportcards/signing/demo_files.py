"""The demo authority as files in a folder, so that what it issued stays believed.

trust.pem       the root and the issuing authority: what SIGNING_TRUST_FILE names
root.key.pem    the keys, readable by the owner of the folder alone; they protect nothing
issuer.key.pem
root.crl        the revocation lists, DER
issuer.crl
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from reportcards.signing.demo_authority import DemoAuthority, Issued, Revocation, make_crl
from reportcards.signing.signature_values import PrivateKey

TRUST = "trust.pem"
FOLDER_MODE, KEY_MODE = 0o700, 0o600


def has_authority(folder: Path) -> bool:
    return (folder / TRUST).exists()


def write_authority(authority: DemoAuthority, folder: Path) -> None:
    """Without its lists. Raises FileExistsError rather than replace a trust file."""
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    bundle = b"".join(each.public_bytes(Encoding.PEM) for each in authority.certificates)
    with (folder / TRUST).open("xb") as file:
        file.write(bundle)
    for name, issued in _parts(authority).items():
        path = _key_path(folder, name)
        path.touch(mode=KEY_MODE)
        path.write_bytes(
            issued.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )


def read_authority(folder: Path) -> DemoAuthority:
    """Raises FileNotFoundError where none was written, ValueError where it is something else."""
    root, issuer = x509.load_pem_x509_certificates((folder / TRUST).read_bytes())
    return DemoAuthority(
        Issued(root, _read_key(folder, "root")), Issued(issuer, _read_key(folder, "issuer"))
    )


def renew_lists(
    authority: DemoAuthority, folder: Path, *, at: datetime, revoked: Iterable[Revocation] = ()
) -> None:
    """Writes both lists anew, the issuing authority's with what it had and what is revoked now.

    Their number is the second in which they are made.
    """
    listed = {each.serial_number: each for each in [*revoked, *_revoked_before(folder)]}
    for name, issuer in _parts(authority).items():
        entries = listed.values() if issuer is authority.issuer else ()
        crl = make_crl(issuer, entries, number=int(at.timestamp()), at=at)
        (folder / f"{name}.crl").write_bytes(crl.public_bytes(Encoding.DER))


def _parts(authority: DemoAuthority) -> dict[str, Issued]:
    return {"root": authority.root, "issuer": authority.issuer}


def _key_path(folder: Path, name: str) -> Path:
    return folder / f"{name}.key.pem"


def _read_key(folder: Path, name: str) -> PrivateKey:
    key = load_pem_private_key(_key_path(folder, name).read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ValueError(f"{name}: no key that signs certificates")
    return key


def _revoked_before(folder: Path) -> list[Revocation]:
    path = folder / "issuer.crl"
    if not path.exists():
        return []
    crl = x509.load_der_x509_crl(path.read_bytes())
    return [Revocation(each.serial_number, each.revocation_date_utc) for each in crl]
