"""Class 4A in June: its year signed off, its cards frozen, signed, issued.

All three pupils have completed the fourth grade. Ms Ngọc, Ms Hạnh, Mr Phúc and the school have
certificates of the demo authority, whose PKCS#12 files open with PASSPHRASE.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from cryptography.hazmat.primitives.serialization import Encoding

from reportcards import actions
from reportcards.actions import Plan
from reportcards.models import (
    KeyPlace,
    ReportCard,
    SigningCertificate,
    SigningRun,
    SlotKey,
    StoredKey,
)
from reportcards.sealed_keys import seal
from reportcards.signing.certificates import describe
from reportcards.signing.demo_authority import (
    DemoAuthority,
    Issued,
    as_pkcs12,
    issue_for_person,
    issue_for_school,
)
from reportcards.signing.signers import Pkcs12Signer
from rulesets import Period
from schools.models import StaffMember
from students.models import Enrollment
from tests.assessments import states
from tests.cast import IN_MAY, Cast
from tests.reportcards.authorities import IN_SEPTEMBER, pem

IN_JUNE = datetime.datetime(
    2027, 6, 7, 8, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=7))
)
ISSUED_ON = datetime.date(2027, 6, 7)
PASSPHRASE = "ngọc-ký-học-bạ-2027"  # its bytes stand nowhere in the database


@dataclass(frozen=True)
class Keys:
    """Rows of the register, and the signers that their files open to."""

    ngoc: SigningCertificate
    hanh: SigningCertificate
    phuc: SigningCertificate
    seal: SigningCertificate
    signers: dict[str, Pkcs12Signer]

    def signer(self, certificate: SigningCertificate) -> Pkcs12Signer:
        return self.signers[certificate.fingerprint]


@pytest.fixture
def signed_class(cast: Cast) -> Iterator[Cast]:
    """Signed off in May; it is June now."""
    with time_machine.travel(IN_MAY, tick=False) as clock:
        states.signed_off(cast, Period.END_YEAR)
        clock.move_to(IN_JUNE)
        yield cast


@pytest.fixture
def certificates(cast: Cast, demo_authority: DemoAuthority, trusted_demo: None) -> Keys:
    issued = {
        name: issue_for_person(
            demo_authority,
            staff.full_name,
            staff.personal_id or "",
            cast.school.name,
            at=IN_SEPTEMBER,
        )
        for name, staff in (("ngoc", cast.ngoc), ("hanh", cast.hanh), ("phuc", cast.phuc))
    }
    issued["seal"] = issue_for_school(
        demo_authority, cast.school.name, cast.school.ministry_code, at=IN_SEPTEMBER
    )
    owners = {"ngoc": cast.ngoc, "hanh": cast.hanh, "phuc": cast.phuc, "seal": None}
    rows = {
        name: register(cast, owners[name], each, demo_authority) for name, each in issued.items()
    }
    signers = {
        rows[name].fingerprint: Pkcs12Signer(each.key, each.certificate)
        for name, each in issued.items()
    }
    return Keys(**rows, signers=signers)


@pytest.fixture
def trusted_demo(settings, tmp_path, demo_authority: DemoAuthority) -> None:
    """The installation trusts the demo authority, and keeps its archive for this test alone."""
    trusted = tmp_path / "trust.pem"
    trusted.write_bytes(pem(*demo_authority.certificates))
    settings.SIGNING_TRUST_FILE = str(trusted)
    settings.KEY_SEALING_SECRET = "a secret of the tests alone"
    settings.STORAGES = settings.STORAGES | {
        "archive": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "archive")},
        }
    }


def register(
    cast: Cast,
    owner: StaffMember | None,
    issued: Issued,
    authority: DemoAuthority,
    *,
    key_place: KeyPlace = KeyPlace.PKCS12,
    key_label: str = "",
) -> SigningCertificate:
    """As a row, whatever the register's actions ask; the seal is approved."""
    description = describe(issued.certificate)
    approval = {
        "approved_on": datetime.date(2026, 10, 1),
        "approval_reference": "123/SGDĐT",
        "approved_at": IN_SEPTEMBER,
        "approved_by": cast.van.user,
    }
    row = SigningCertificate.objects.create(
        school=cast.school,
        staff_member=owner,
        key_place=key_place,
        key_label=key_label,
        pem=issued.certificate.public_bytes(Encoding.PEM).decode(),
        chain_pem=pem(authority.issuer.certificate).decode(),
        subject_name=description.subject,
        issuer_name=description.issuer,
        serial_number=description.serial,
        personal_id=description.personal_id or "",
        valid_from=description.not_before,
        valid_until=description.not_after,
        fingerprint=description.fingerprint,
        is_demo=description.is_demo,
        added_by=(owner or cast.van).acting_user,
        **({} if owner else approval),
    )
    if key_place != KeyPlace.PKCS12:
        return row
    container = as_pkcs12(issued, authority, PASSPHRASE)
    sealed = seal(container, fingerprint=row.fingerprint)
    StoredKey.objects.create(certificate=row, sealed=sealed)
    return row


@pytest.fixture
def cards(signed_class: Cast) -> list[ReportCard]:
    """Of Anh, H'Hen and Đức in roll order, for Ms Hạnh to sign on 7 June."""
    return freeze(signed_class, pupils_of(signed_class))


@pytest.fixture
def issued_cards(
    cards: list[ReportCard], certificates: Keys, signed_class: Cast
) -> list[ReportCard]:
    issue(signed_class, cards, certificates)
    return [ReportCard.objects.get(pk=card.pk) for card in cards]


def pupils_of(cast: Cast) -> list[Enrollment]:
    return list(
        Enrollment.objects.filter(school_class=cast.school_class)
        .select_related("student", "school_class__school_year__school__department")
        .in_roll_order()
    )


def freeze(cast: Cast, enrollments: list[Enrollment]) -> list[ReportCard]:
    return actions.create_report_cards(
        enrollments=enrollments, plan=Plan(cast.hanh, ISSUED_ON), by=cast.van
    )


def issue(cast: Cast, cards: list[ReportCard], keys: Keys) -> None:
    sign(SlotKey.HOMEROOM, cards, keys.ngoc, keys, by=cast.ngoc)
    sign(SlotKey.LEADER, cards, keys.hanh, keys, by=cast.hanh)
    sign(SlotKey.SEAL, cards, keys.seal, keys, by=cast.van)


def sign(
    slot: SlotKey,
    cards: list[ReportCard],
    certificate: SigningCertificate,
    keys: Keys,
    *,
    by: StaffMember,
) -> SigningRun:
    run = actions.start_signing_run(report_cards=cards, slot=slot, certificate=certificate, by=by)
    actions.sign_next_cards(run=run, signer=keys.signer(certificate), by=by)
    return run
