"""A demo authority and the certificates of the cast, made once a session."""

import datetime
from dataclasses import dataclass

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from reportcards.profiles import get_profile
from reportcards.profiles.document import build_card
from reportcards.signing.demo_authority import (
    DemoAuthority,
    Issued,
    issue_for_person,
    issue_for_school,
    make_authority,
    make_crl,
)
from reportcards.signing.signers import Pkcs12Signer
from reportcards.signing.xmldsig import sign_card
from tests.reportcards.cards import COMMON, Payload

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
IN_SEPTEMBER = datetime.datetime(2026, 9, 1, 8, tzinfo=VIETNAM)
SIGNED_AT = datetime.datetime(2027, 5, 31, 9, tzinfo=VIETNAM)

V1_0 = get_profile("v1.0")
HOMEROOM, LEADER, SEAL = V1_0.slots


@dataclass(frozen=True)
class People:
    """Ms Ngọc and Ms Hạnh by the IDs of `cards.COMMON`, Kim Đồng's seal, and Mr Phúc's.

    The seal and Mr Phúc have RSA keys, the others P-256.
    """

    ngoc: Issued
    hanh: Issued
    phuc: Issued
    seal: Issued


@pytest.fixture(scope="session")
def demo_authority() -> DemoAuthority:
    return make_authority(at=IN_SEPTEMBER)


@pytest.fixture(scope="session")
def people(demo_authority: DemoAuthority) -> People:
    school, ngoc, hanh = COMMON["school"], COMMON["homeroom_signer"], COMMON["leader"]

    def person(name: str, personal_id: str, key_kind: str = "P-256") -> Issued:
        return issue_for_person(
            demo_authority,
            name,
            personal_id,
            school["name"],
            at=IN_SEPTEMBER,
            key_kind=key_kind,  # type: ignore[arg-type]
        )

    return People(
        ngoc=person(ngoc["full_name"], ngoc["personal_id"]),
        hanh=person(hanh["full_name"], hanh["personal_id"]),
        phuc=person("Đỗ Văn Phúc", "066079000033", "RSA-2048"),
        seal=issue_for_school(
            demo_authority,
            school["name"],
            school["ministry_code"],
            at=IN_SEPTEMBER,
            key_kind="RSA-2048",
        ),
    )


@pytest.fixture(scope="session")
def empty_crl(demo_authority: DemoAuthority) -> x509.CertificateRevocationList:
    """The issuing authority's list on the day of signing: nobody is revoked."""
    return make_crl(demo_authority.issuer, number=1, at=SIGNED_AT - datetime.timedelta(days=1))


def signer_of(issued: Issued) -> Pkcs12Signer:
    return Pkcs12Signer(issued.key, issued.certificate)


def pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


def signed_card(people: People, payload: Payload) -> bytes:
    """The card of a payload with its three signatures, an hour apart."""
    card = build_card(payload, V1_0)
    signers = (people.ngoc, people.hanh, people.seal)
    for hours, (slot, issued) in enumerate(zip(V1_0.slots, signers, strict=True)):
        signer = payload["homeroom_signer"] if slot is HOMEROOM else payload["leader"]
        card = sign_card(
            card,
            slot,
            signer_of(issued),
            personal_id=signer["personal_id"],
            signed_at=SIGNED_AT + datetime.timedelta(hours=hours),
        )
    return card
