"""Certificates and key files of the cast, as the demo authority gives them out."""

import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from reportcards.actions.certificates import register_key_file, register_remote_certificate
from reportcards.models import SigningCertificate
from reportcards.signing.demo_authority import (
    DemoAuthority,
    Issued,
    Revocation,
    as_pkcs12,
    issue,
    issue_for_person,
    issue_for_school,
    make_crl,
)
from schools.models import School, StaffMember
from tests.cast import NOW, Cast
from tests.reportcards.authorities import IN_SEPTEMBER
from tests.reportcards.digital_cards import PASSPHRASE

DAY = datetime.timedelta(days=1)


def of_person(authority: DemoAuthority, staff: StaffMember, **changes: Any) -> Issued:
    given = {
        "full_name": staff.full_name,
        "personal_id": staff.personal_id or "",
        "organisation": staff.school.name,
        "at": IN_SEPTEMBER,
    }
    return issue_for_person(authority, **given | changes)


def of_school(authority: DemoAuthority, school: School) -> Issued:
    return issue_for_school(authority, school.name, school.ministry_code, at=IN_SEPTEMBER)


def of_person_until(
    authority: DemoAuthority,
    staff: StaffMember,
    until: datetime.datetime,
    at: datetime.datetime = IN_SEPTEMBER,
) -> Issued:
    attributes = {
        NameOID.COMMON_NAME: staff.full_name,
        NameOID.SERIAL_NUMBER: f"CCCD:{staff.personal_id}",
    }
    name = x509.Name([x509.NameAttribute(*each) for each in attributes.items()])
    return issue(authority, name, at=at, until=until)


def as_der(issued: Issued) -> bytes:
    return issued.certificate.public_bytes(Encoding.DER)


def registered_file(
    cast: Cast, authority: DemoAuthority, name: str = "ngoc", issued: Issued | None = None
) -> SigningCertificate:
    """A key file of one of the cast, registered by herself."""
    staff = getattr(cast, name)
    container = as_pkcs12(issued or of_person(authority, staff), authority, PASSPHRASE)
    return register_key_file(container=container, passphrase=PASSPHRASE, owner=staff, by=staff)


def registered_remotely(
    cast: Cast, authority: DemoAuthority, name: str = "ngoc", issued: Issued | None = None
) -> SigningCertificate:
    staff = getattr(cast, name)
    certificate = as_der(issued or of_person(authority, staff))
    return register_remote_certificate(certificate=certificate, owner=staff, by=staff)


def registered_seal(cast: Cast, authority: DemoAuthority) -> SigningCertificate:
    """Not approved yet."""
    container = as_pkcs12(of_school(authority, cast.school), authority, PASSPHRASE)
    return register_key_file(container=container, passphrase=PASSPHRASE, owner=None, by=cast.van)


def crl_of(
    authority: DemoAuthority,
    *revoked: Issued,
    number: int = 1,
    at: datetime.datetime = NOW - DAY,
    revoked_at: datetime.datetime = NOW - 3 * DAY,
) -> bytes:
    revocations = [Revocation(each.certificate.serial_number, revoked_at) for each in revoked]
    crl = make_crl(authority.issuer, revocations, number=number, at=at)
    return crl.public_bytes(Encoding.DER)
