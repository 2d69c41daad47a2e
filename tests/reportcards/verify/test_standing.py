"""The certificate of a signature: on the day of the signing, and on that of the verification."""

import datetime
from collections.abc import Callable
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree

from reportcards.profiles.document import build_card
from reportcards.signing.demo_authority import (
    DemoAuthority,
    Issued,
    Revocation,
    issue,
    issue_for_person,
    issue_for_school,
    make_authority,
    make_crl,
)
from reportcards.signing.refusals import Refusal
from reportcards.signing.revocations import RevocationList
from reportcards.signing.trust import TrustStore
from reportcards.signing.xmldsig import sign_card
from reportcards.verify import Archived, Grounds, Standing, verify_file
from reportcards.verify.grounds import standing
from reportcards.verify.report import CardReport, SignatureReport
from tests.reportcards.authorities import (
    IN_SEPTEMBER,
    LEADER,
    SIGNED_AT,
    V1_0,
    People,
    signer_of,
)
from tests.reportcards.cards import card_payload
from tests.reportcards.signing.certificates import self_signed, subject
from tests.reportcards.verify.tampering import edited, one, place_of

DAY = datetime.timedelta(days=1)
YEAR = 365 * DAY
HANH, HANH_ID = "Nguyễn Thị Hạnh", "066175000011"
SCHOOL = "Trường Tiểu học Kim Đồng"

Sign = Callable[..., bytes]


@pytest.fixture
def sign(people: People) -> Sign:
    """A whole card, in which whoever is named signs with another certificate."""

    def signed(
        *,
        ngoc: Issued = people.ngoc,
        hanh: Issued = people.hanh,
        seal: Issued = people.seal,
        at: datetime.datetime = SIGNED_AT,
        hanh_id: str = HANH_ID,
    ) -> bytes:
        card = build_card(card_payload(), V1_0)
        identifiers = ("066185000022", hanh_id, None)
        for slot, issued, identifier in zip(
            V1_0.slots, (ngoc, hanh, seal), identifiers, strict=True
        ):
            card = sign_card(card, slot, signer_of(issued), personal_id=identifier, signed_at=at)
        return card

    return signed


def with_changes(grounds: Grounds, **changes: object) -> Grounds:
    given = {
        name: getattr(grounds, name)
        for name in ("trust", "at", "crls", "accepts_demo", "school_names", "profile")
    }
    return Grounds(**(given | changes))  # type: ignore[arg-type]


def codes_of(report: CardReport | SignatureReport, *, warnings: bool = False) -> set[str]:
    found = report.all_findings if isinstance(report, CardReport) else report.findings
    return {finding.code for finding in found if finding.is_warning == warnings}


def card_report(card: bytes, grounds: Grounds) -> CardReport:
    return verify_file(card, grounds).cards[0]


def leaders(card: bytes, grounds: Grounds) -> SignatureReport:
    return card_report(card, grounds).signatures[1]


def of_hanh(authority: DemoAuthority, *, at: datetime.datetime = IN_SEPTEMBER) -> Issued:
    return issue_for_person(authority, HANH, HANH_ID, SCHOOL, at=at)


def list_of(authority: DemoAuthority, *revocations: Revocation) -> RevocationList:
    crl = make_crl(authority.issuer, revocations, number=2, at=SIGNED_AT + 5 * DAY)
    return RevocationList(crl)


# Time


def test_a_certificate_that_has_expired_since_was_valid_when_it_signed(
    card: bytes, grounds: Grounds
):
    """A card is kept for ever, a certificate for three years."""
    later = with_changes(grounds, at=SIGNED_AT + 10 * YEAR)
    report = card_report(card, later)
    assert report.is_valid
    standings = [(each.certificate.at_signing, each.certificate.now) for each in report.signatures]
    assert standings == [(Standing.VALID, Standing.EXPIRED)] * 3


def test_refuses_a_certificate_that_had_expired_when_it_signed(
    sign: Sign, demo_authority: DemoAuthority, grounds: Grounds
):
    name = subject(COMMON_NAME=HANH, SERIAL_NUMBER=f"CCCD:{HANH_ID}")
    old = issue(demo_authority, name, at=IN_SEPTEMBER, until=SIGNED_AT - DAY)
    signature = leaders(sign(hanh=old), grounds)
    assert codes_of(signature) == {"expired"}
    assert signature.certificate.at_signing == Standing.EXPIRED


def test_refuses_a_certificate_that_was_not_valid_yet(
    sign: Sign, demo_authority: DemoAuthority, grounds: Grounds
):
    new = of_hanh(demo_authority, at=SIGNED_AT + DAY)
    signature = leaders(sign(hanh=new), grounds)
    assert codes_of(signature) == {"not_yet_valid"}
    assert signature.certificate.at_signing == Standing.NOT_YET_VALID
    assert signature.certificate.now == Standing.VALID


def test_refuses_a_time_that_has_not_come_yet(card: bytes, grounds: Grounds):
    earlier = with_changes(grounds, at=SIGNED_AT - DAY)
    assert codes_of(card_report(card, earlier)) == {"signed_in_the_future"}


def test_clocks_may_differ_by_minutes(sign: Sign, grounds: Grounds):
    signed = sign(at=SIGNED_AT)
    behind = with_changes(grounds, at=SIGNED_AT - datetime.timedelta(minutes=4))
    assert card_report(signed, behind).is_valid


def test_an_order_of_times_that_is_not_the_order_of_signing_is_told(
    people: People, grounds: Grounds
):
    card = build_card(card_payload(), V1_0)
    people_in_order = (people.ngoc, people.hanh, people.seal)
    for days, (slot, issued) in enumerate(zip(V1_0.slots, people_in_order, strict=True)):
        identifier = ("066185000022", HANH_ID, None)[days]
        signed_at = SIGNED_AT - days * DAY
        card = sign_card(card, slot, signer_of(issued), personal_id=identifier, signed_at=signed_at)
    report = card_report(card, grounds)
    assert report.is_valid
    assert "signed_out_of_order" in codes_of(report, warnings=True)


# Revocation


def test_refuses_a_certificate_that_was_revoked_before_it_signed(
    card: bytes, people: People, demo_authority: DemoAuthority, grounds: Grounds
):
    revoked = Revocation(people.hanh.certificate.serial_number, SIGNED_AT - DAY)
    signature = leaders(card, with_changes(grounds, crls=(list_of(demo_authority, revoked),)))
    assert codes_of(signature) == {"revoked"}
    assert signature.certificate.at_signing == Standing.REVOKED


def test_a_certificate_that_was_revoked_since_is_told(
    card: bytes, people: People, demo_authority: DemoAuthority, grounds: Grounds
):
    revoked = Revocation(
        people.hanh.certificate.serial_number,
        SIGNED_AT + 2 * DAY,
        x509.ReasonFlags.affiliation_changed,
    )
    signature = leaders(card, with_changes(grounds, crls=(list_of(demo_authority, revoked),)))
    assert codes_of(signature) == set()
    assert "revoked_since" in codes_of(signature, warnings=True)
    assert signature.certificate.at_signing == Standing.VALID
    assert signature.certificate.now == Standing.REVOKED
    assert signature.certificate.revoked_at == SIGNED_AT + 2 * DAY


def test_a_key_that_others_had_is_believed_only_by_the_archive(
    card: bytes, people: People, demo_authority: DemoAuthority, grounds: Grounds
):
    """Whoever has the key writes any time she likes; only the archive knows what it had before."""
    revoked = Revocation(
        people.hanh.certificate.serial_number, SIGNED_AT + 2 * DAY, x509.ReasonFlags.key_compromise
    )
    known = with_changes(grounds, crls=(list_of(demo_authority, revoked),))
    assert codes_of(leaders(card, known)) == {"compromised_since"}
    archived = Archived(sha256(card).hexdigest())
    report = verify_file(card, known, lambda _uuid: archived)
    assert report.is_valid
    assert "revoked_since" in codes_of(report.cards[0], warnings=True)


def test_refuses_a_certificate_whose_issuer_was_revoked(
    card: bytes, demo_authority: DemoAuthority, grounds: Grounds
):
    revoked = Revocation(demo_authority.issuer.certificate.serial_number, SIGNED_AT - DAY)
    crl = make_crl(demo_authority.root, (revoked,), number=2, at=SIGNED_AT)
    signature = leaders(card, with_changes(grounds, crls=(*grounds.crls, RevocationList(crl))))
    assert "issuer_revoked" in codes_of(signature)
    assert signature.certificate.at_signing == Standing.UNTRUSTED


def test_a_list_of_another_authority_revokes_nobody(card: bytes, people: People, grounds: Grounds):
    stranger = make_authority(at=IN_SEPTEMBER)
    forged = list_of(stranger, Revocation(people.hanh.certificate.serial_number, SIGNED_AT - DAY))
    report = card_report(card, with_changes(grounds, crls=(forged,)))
    assert report.is_valid
    assert "crl_missing" in codes_of(report, warnings=True)


def test_without_a_list_revocation_is_unknown_and_told(card: bytes, grounds: Grounds):
    report = card_report(card, with_changes(grounds, crls=()))
    assert report.is_valid
    assert "crl_missing" in codes_of(report, warnings=True)


def test_an_old_list_is_told(card: bytes, demo_authority: DemoAuthority, grounds: Grounds):
    old = RevocationList(make_crl(demo_authority.issuer, number=1, at=IN_SEPTEMBER))
    report = card_report(card, with_changes(grounds, crls=(old,)))
    assert report.is_valid
    assert "crl_stale" in codes_of(report, warnings=True)


# Whose it is


def test_refuses_a_certificate_of_another_person(sign: Sign, people: People, grounds: Grounds):
    """Mr Phúc signs for Ms Hạnh, and writes his own ID into the slot."""
    signature = leaders(sign(hanh=people.phuc, hanh_id="066079000033"), grounds)
    assert codes_of(signature) == {"wrong_person"}


def test_refuses_a_certificate_of_another_person_under_her_id(
    sign: Sign, people: People, grounds: Grounds
):
    signature = leaders(sign(hanh=people.phuc), grounds)
    assert codes_of(signature) == {"wrong_person", "personal_id_differs"}


def test_refuses_an_impostor_whom_no_authority_knows(sign: Sign, grounds: Grounds):
    """All that the certificate says is right; but who says it?"""
    impostor = of_hanh(make_authority(at=IN_SEPTEMBER))
    signature = leaders(sign(hanh=impostor), grounds)
    assert codes_of(signature) == {"unknown_issuer"}
    assert signature.is_intact
    assert signature.certificate.at_signing == Standing.UNTRUSTED


def test_refuses_a_certificate_that_she_made_herself(sign: Sign, grounds: Grounds):
    key = ec.generate_private_key(ec.SECP256R1())
    name = subject(COMMON_NAME=HANH, SERIAL_NUMBER=f"CCCD:{HANH_ID}")
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    own = Issued(self_signed(key, name=name, extensions=(usage,)), key)
    assert codes_of(leaders(sign(hanh=own), grounds)) == {"unknown_issuer"}


def test_refuses_a_certificate_put_in_place_of_hers(
    card: bytes, sign: Sign, demo_authority: DemoAuthority, grounds: Grounds
):
    """Another of her own, with all that a slot says of it; the value is of the other key."""
    other = etree.fromstring(sign(hanh=of_hanh(demo_authority)))

    def swap(root: etree._Element) -> None:
        held = one(place_of(root, LEADER), ".//{*}KeyInfo")
        held.getparent().replace(held, one(place_of(other, LEADER), ".//{*}KeyInfo"))

    signature = leaders(edited(card, swap), grounds)
    assert codes_of(signature) == {"signature_invalid"}
    assert not signature.is_intact


def test_refuses_a_certificate_without_a_personal_id(
    sign: Sign, demo_authority: DemoAuthority, grounds: Grounds
):
    nameless = issue(demo_authority, subject(COMMON_NAME=HANH), at=IN_SEPTEMBER)
    found = codes_of(leaders(sign(hanh=nameless), grounds))
    assert found == {"no_personal_id", "personal_id_differs"}


def test_refuses_the_seal_of_another_school(
    sign: Sign, demo_authority: DemoAuthority, grounds: Grounds
):
    other = issue_for_school(demo_authority, "Trường Tiểu học Lê Lợi", "66000002", at=IN_SEPTEMBER)
    report = card_report(sign(seal=other), grounds)
    assert codes_of(report.signatures[2]) == {"wrong_organisation"}


def test_refuses_a_persons_certificate_as_the_seal(sign: Sign, people: People, grounds: Grounds):
    report = card_report(sign(seal=people.hanh), grounds)
    assert codes_of(report.signatures[2]) == {"wrong_organisation"}


def test_takes_a_seal_under_a_name_that_the_department_approved(
    sign: Sign, demo_authority: DemoAuthority, grounds: Grounds
):
    name = "TRƯỜNG TH KIM ĐỒNG"
    written_otherwise = issue_for_school(demo_authority, name, "0305", at=IN_SEPTEMBER)
    card = sign(seal=written_otherwise)
    assert not card_report(card, grounds).is_valid
    assert card_report(card, with_changes(grounds, school_names=(name,))).is_valid


def test_refuses_the_certificate_of_an_authority(
    sign: Sign, demo_authority: DemoAuthority, grounds: Grounds
):
    report = card_report(sign(seal=demo_authority.issuer), grounds)
    assert {"is_ca", "wrong_organisation"} <= codes_of(report.signatures[2])


def test_without_authorities_nobody_is_believed(card: bytes, grounds: Grounds):
    report = card_report(card, with_changes(grounds, trust=TrustStore(())))
    assert codes_of(report) == {"unknown_issuer"}


def test_an_intermediate_alone_is_no_root(
    card: bytes, demo_authority: DemoAuthority, grounds: Grounds
):
    alone = TrustStore((), (demo_authority.issuer.certificate,))
    assert not card_report(card, with_changes(grounds, trust=alone)).is_valid


# Demonstrations


def test_a_demo_certificate_is_told(card: bytes, grounds: Grounds):
    report = card_report(card, grounds)
    assert report.is_valid
    assert report.is_demo
    assert "demo_certificate" in codes_of(report, warnings=True)


def test_production_refuses_a_demo_certificate(card: bytes, grounds: Grounds):
    report = card_report(card, with_changes(grounds, accepts_demo=False))
    assert codes_of(report) == {"demo_in_production"}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((), Standing.VALID),
        (("wrong_person", "crl_missing", "demo_in_production"), Standing.VALID),
        (("expired", "unknown_issuer"), Standing.UNTRUSTED),
        (("expired", "revoked"), Standing.REVOKED),
        (("not_yet_valid",), Standing.NOT_YET_VALID),
    ],
)
def test_the_gravest_standing_is_told(codes: tuple[str, ...], expected: Standing):
    assert standing(Refusal(code) for code in codes) == expected


def test_a_certificate_is_asked_for_its_standing_now_once(card: bytes, grounds: Grounds):
    fresh = with_changes(grounds)
    verify_file(card, fresh)
    verify_file(card, fresh)
    assert len(fresh._known) == 3
