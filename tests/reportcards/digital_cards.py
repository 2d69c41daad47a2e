"""Class 4A in June: its year signed off, its cards frozen, signed, issued.

All three pupils have completed the fourth grade. Ms Ngọc, Ms Hạnh, Mr Phúc and the school have
certificates of the demo authority, whose PKCS#12 files open with PASSPHRASE.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
import time_machine
from cryptography.hazmat.primitives.serialization import Encoding
from django_tasks_db.models import DBTaskResult

from assessments.models import (
    ClassPeriod,
    IssueLock,
    PeriodRecord,
    SignOff,
    SubjectResult,
    TestScore,
    TraitResult,
    YearDecision,
)
from audit.models import AuditEvent
from reportcards import actions
from reportcards.actions import Plan
from reportcards.models import (
    ArchivedFile,
    DigitalSignature,
    KeyPlace,
    Rendering,
    ReportCard,
    ReportCardEvent,
    SigningCertificate,
    SigningRun,
    SigningTask,
    SlotKey,
    StoredKey,
)
from reportcards.renderings.contents import display_content
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
from schools.models import StaffMember, TeachingAssignment
from students.models import Enrollment
from tests.assessments import states
from tests.cast import IN_MAY, Cast
from tests.remembering import remembered
from tests.reportcards.authorities import IN_SEPTEMBER, pem
from tests.reportcards.kept_files import keep_files, put_back_files

IN_JUNE = datetime.datetime(
    2027, 6, 7, 8, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=7))
)
ISSUED_ON = datetime.date(2027, 6, 7)
# Children first: nothing is added to a row that is locked, and keys are looked at in the end.
SIGNED_TABLES = (
    TestScore,
    SubjectResult,
    TraitResult,
    YearDecision,
    PeriodRecord,
    ClassPeriod,
    SignOff,
    TeachingAssignment,
    AuditEvent,
)
FROZEN_TABLES = (ReportCard, ReportCardEvent, Rendering, DBTaskResult, AuditEvent)
ISSUED_TABLES = (
    ReportCard,
    ReportCardEvent,
    Rendering,
    SigningRun,
    SigningTask,
    DigitalSignature,
    ArchivedFile,
    IssueLock,
    DBTaskResult,
    AuditEvent,
)
FIRST_KEY = 900_001  # what is remembered names the certificates by the same keys
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
        sign_off_the_year(cast)
        clock.move_to(IN_JUNE)
        yield cast


def sign_off_the_year(cast: Cast) -> None:
    remembered(
        ("signed year", tuple(pupils_of(cast))),
        lambda: states.signed_off(cast, Period.END_YEAR),
        SIGNED_TABLES,
    )


@pytest.fixture
def certificates(cast: Cast, demo_authority: DemoAuthority, trusted_demo: None) -> Keys:
    issued = {
        name: person(demo_authority, staff.full_name, staff.personal_id or "", cast.school.name)
        for name, staff in (("ngoc", cast.ngoc), ("hanh", cast.hanh), ("phuc", cast.phuc))
    }
    issued["seal"] = school(demo_authority, cast.school.name, cast.school.ministry_code)
    owners = {"ngoc": cast.ngoc, "hanh": cast.hanh, "phuc": cast.phuc, "seal": None}
    rows = {
        name: register(cast, owners[name], each, demo_authority, pk=pk)
        for pk, (name, each) in enumerate(issued.items(), start=FIRST_KEY)
    }
    signers = {
        rows[name].fingerprint: Pkcs12Signer(each.key, each.certificate)
        for name, each in issued.items()
    }
    return Keys(**rows, signers=signers)


@cache
def person(authority: DemoAuthority, name: str, personal_id: str, organisation: str) -> Issued:
    return issue_for_person(authority, name, personal_id, organisation, at=IN_SEPTEMBER)


@cache
def school(authority: DemoAuthority, name: str, ministry_code: str) -> Issued:
    return issue_for_school(authority, name, ministry_code, at=IN_SEPTEMBER)


@cache
def container_of(issued: Issued, authority: DemoAuthority) -> bytes:
    """Its key is derived slowly, on purpose."""
    return as_pkcs12(issued, authority, PASSPHRASE)


@pytest.fixture
def trusted_demo(settings, tmp_path, own_storages: None, demo_authority: DemoAuthority) -> None:
    """The installation trusts the demo authority, and keeps its files for this test alone."""
    trusted = tmp_path / "trust.pem"
    trusted.write_bytes(pem(*demo_authority.certificates))
    settings.SIGNING_TRUST_FILE = str(trusted)
    settings.KEY_SEALING_SECRET = "a secret of the tests alone"


def register(
    cast: Cast,
    owner: StaffMember | None,
    issued: Issued,
    authority: DemoAuthority,
    *,
    key_place: KeyPlace = KeyPlace.PKCS12,
    key_label: str = "",
    pk: int | None = None,
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
        pk=pk,
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
    sealed = seal(container_of(issued, authority), fingerprint=row.fingerprint)
    StoredKey.objects.create(certificate=row, sealed=sealed)
    return row


@pytest.fixture
def cards(signed_class: Cast, own_storages: None) -> list[ReportCard]:
    """Of Anh, H'Hen and Đức in roll order, laid out for Ms Hạnh to sign on 7 June."""
    enrollments = pupils_of(signed_class)
    if not remembered(
        ("frozen cards", tuple(enrollments)),
        lambda: lay_out(freeze(signed_class, enrollments), by=signed_class.van),
        FROZEN_TABLES,
    ):
        put_back_files()
    keep_files()
    return list(ReportCard.objects.with_pupil().in_roll_order())


@pytest.fixture
def issued_cards(signed_class: Cast, certificates: Keys) -> list[ReportCard]:
    """Frozen before this fixture was asked for, or by it."""
    frozen = list(ReportCard.objects.with_pupil().in_roll_order())
    if frozen:
        issue(signed_class, frozen, certificates)
    elif not remembered(
        ("issued cards", tuple(pupils_of(signed_class)), certificates.seal.fingerprint),
        lambda: issue(signed_class, freeze(signed_class, pupils_of(signed_class)), certificates),
        ISSUED_TABLES,
    ):
        put_back_files()
    keep_files()
    return list(ReportCard.objects.in_roll_order())


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


def lay_out(cards: list[ReportCard], *, by: StaffMember) -> None:
    """What the worker would have done by the time that somebody signs."""
    contents = [display_content(card) for card in cards]
    for rendering in actions.ask_for_renderings(contents=contents, by=by.acting_user):
        actions.render_now(rendering=rendering, by=by.acting_user)


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


def sign_xml_alone(card: ReportCard, certificate: SigningCertificate, signer: StaffMember) -> None:
    """As a version of this program did that knew no PDF."""
    DigitalSignature.objects.create(
        report_card=card,
        slot="homeroom",
        certificate=certificate,
        signer=signer,
        document="<HOC_BA/>",
    )
