"""What the report says of a card's PDF, held against its XML, its payload and the archive."""

import datetime
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.x509 import ReasonFlags

from assessments.payload import digest_of
from reportcards.signing.demo_authority import DemoAuthority, Revocation, make_crl
from reportcards.signing.revocations import RevocationList
from reportcards.verify import (
    Archive,
    Archived,
    ArchivedContent,
    CardReport,
    Grounds,
    verify_file,
    verify_pdf,
)
from tests.reportcards.authorities import SIGNED_AT, People, signed_card
from tests.reportcards.cards import UUID, card_payload
from tests.reportcards.pdfsig import VALID, pdfsig_of
from tests.reportcards.signing.pdfs import pyhanko_statuses
from tests.reportcards.verify.codes import codes_in
from tests.reportcards.verify.pdfs import (
    SLOTS,
    Signing,
    appended,
    laid_out,
    one_more_page,
    refusals,
)
from tests.reportcards.verify.test_standing import with_changes

pytestmark = pytest.mark.any_database

HOUR = datetime.timedelta(hours=1)


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


@pytest.fixture(scope="session")
def archived(card: bytes, pdf: bytes) -> Archived:
    payload = card_payload()
    content = ArchivedContent(card, payload, digest_of(payload))
    return Archived(digest(card), pdf_digest=digest(pdf), content=lambda: content)


def with_content(archived: Archived, **changes: object) -> Archived:
    assert archived.content
    content = replace(archived.content(), **changes)  # type: ignore[arg-type]
    return replace(archived, content=lambda: content)


def only_card(content: bytes, grounds: Grounds, archived: Archived | None) -> CardReport:
    [report] = verify_pdf(content, grounds, lambda _uuid: archived).cards
    return report


def codes(report: CardReport) -> list[str]:
    return [finding.code for finding in report.all_findings if not finding.is_warning]


def test_names_the_card_and_its_signers(pdf: bytes, grounds: Grounds):
    report = verify_file(pdf, grounds)
    assert (report.is_valid, report.is_demo) == (True, True)
    assert report.digest == digest(pdf)
    [card] = report.cards
    assert (card.uuid, card.full_name) == (UUID, "Lê Minh Anh")
    assert (card.school, card.school_year) == ("Trường Tiểu học Kim Đồng", "2026-2027")
    assert (card.is_pdf, card.has_agreeing_pages) == (True, True)
    assert [each.slot for each in card.signatures] == list(SLOTS)
    assert [each.signed_at for each in card.signatures] == [
        SIGNED_AT + hours * HOUR for hours in range(3)
    ]
    assert all(each.is_intact for each in card.signatures)
    assert [each.certificate.holder for each in card.signatures if each.certificate] == [
        "Trần Thị Ngọc",
        "Nguyễn Thị Hạnh",
        "Trường Tiểu học Kim Đồng",
    ]


def test_a_card_without_a_homeroom_teachers_signature(signing: Signing, grounds: Grounds):
    """Nobody is missed whom the data does not name."""
    pdf = laid_out(card_payload(homeroom_signer=None))
    for slot in ("leader", "seal"):
        pdf = signing.one(pdf, slot)
    [card] = verify_pdf(pdf, grounds).cards
    assert "signature_missing" not in codes(card)
    assert [each.slot for each in card.signatures] == ["leader", "seal"]


def test_the_independent_verifiers_agree(
    pdf: bytes, grounds: Grounds, demo_authority: DemoAuthority, tmp_path: Path
):
    """poppler knows nothing of updates and pages, pyHanko nothing of slots, people and data."""
    changed = appended(pdf, one_more_page)
    assert pdfsig_of(tmp_path, pdf) == dict.fromkeys(SLOTS, VALID)
    assert verify_pdf(pdf, grounds).is_valid
    assert not verify_pdf(changed, grounds).is_valid
    assert judged_by_pyhanko(pdf, demo_authority) == [True] * 3
    assert judged_by_pyhanko(changed, demo_authority) == [False] * 3


def judged_by_pyhanko(content: bytes, authority: DemoAuthority) -> list[bool]:
    return [each.bottom_line for each in pyhanko_statuses(content, authority).values()]


# Its XML


def test_the_xml_of_the_same_act(pdf: bytes, card: bytes, grounds: Grounds):
    assert refusals(pdf, grounds, xml=card) == set()


def test_the_xml_of_another_card(pdf: bytes, people: People, grounds: Grounds):
    """Of the same pupil and signed by the same people, as another year's."""
    other = signed_card(people, card_payload(student={"birth_place": "Buôn Hồ"}))
    assert refusals(pdf, grounds, xml=other) == {"data_differs_from_xml"}


def test_an_xml_that_somebody_else_signed(pdf: bytes, people: People, grounds: Grounds):
    others = replace(people, ngoc=people.hanh)
    report = verify_pdf(pdf, grounds, xml=signed_card(others, card_payload()))
    homeroom, leader, seal = report.cards[0].signatures
    assert "signature_not_of_xml" in {finding.code for finding in homeroom.findings}
    assert all(finding.is_warning for each in (leader, seal) for finding in each.findings)


def test_an_xml_that_was_signed_at_another_time(base: bytes, signing: Signing, card, grounds):
    pdf = base
    for slot in SLOTS:
        pdf = signing.one(pdf, slot, at=SIGNED_AT + datetime.timedelta(minutes=1))
    assert refusals(pdf, grounds) == set()
    assert refusals(pdf, grounds, xml=card) == {"signature_not_of_xml"}


@pytest.mark.parametrize("xml", [b"", b"<HOC_BA></HOC_BA>", b"%PDF-1.7"])
def test_what_is_no_xml_signs_no_data(pdf: bytes, grounds: Grounds, xml: bytes):
    assert refusals(pdf, grounds, xml=xml) >= {"data_differs_from_xml"}


# The archive


def test_the_archive_has_the_same_file(pdf: bytes, grounds: Grounds, archived: Archived):
    report = only_card(pdf, grounds, archived)
    assert (report.is_valid, report.archive) == (True, Archive.SAME)


def test_the_pages_are_held_against_the_whole_payload(
    pdf: bytes, grounds: Grounds, archived: Archived
):
    """Also where XML says nothing: the place of issue, and the digest on every page."""
    elsewhere = with_content(archived, payload=card_payload(place_of_issue="Ở nơi khác"))
    assert codes(only_card(pdf, grounds, elsewhere)) == ["pages_differ"]
    other_digest = with_content(archived, payload_digest="0" * 64)
    [finding] = [
        each for each in only_card(pdf, grounds, other_digest).findings if not each.is_warning
    ]
    assert finding.code == "pages_differ"
    assert "0" * 16 in str(finding.params["expected"])


def test_the_archived_xml_signs_other_data(pdf, people, grounds, archived):
    other = signed_card(people, card_payload(student={"birth_place": "Buôn Hồ"}))
    report = only_card(pdf, grounds, with_content(archived, xml=other))
    assert codes(report) == ["data_differs_from_xml"]


def test_another_file_than_the_archived_one(pdf: bytes, grounds: Grounds, archived: Archived):
    """A right one all the same, as one that was signed twice would be."""
    report = only_card(pdf, grounds, replace(archived, pdf_digest="0" * 64))
    assert (report.archive, codes(report)) == (Archive.DIFFERENT, ["differs_from_archive"])


def test_a_card_that_the_archive_does_not_know(pdf: bytes, grounds: Grounds):
    report = only_card(pdf, grounds, None)
    assert (report.is_valid, report.archive) == (True, Archive.UNKNOWN)


def test_a_card_out_of_force(pdf: bytes, grounds: Grounds, archived: Archived):
    report = only_card(pdf, grounds, replace(archived, is_in_force=False))
    assert codes(report) == ["not_in_force"]


def test_a_forgery_learns_nothing_of_the_archive(pdf: bytes, grounds: Grounds, archived: Archived):
    forged = appended(pdf, one_more_page)
    withdrawn = replace(archived, is_in_force=False)
    assert only_card(forged, grounds, withdrawn) == only_card(forged, grounds, None)
    assert only_card(forged, grounds, None).archive == Archive.NOT_ASKED


def test_a_forgery_is_not_laid_out(pdf: bytes, grounds: Grounds, monkeypatch: pytest.MonkeyPatch):
    """What strangers have made up is given to no engine that draws."""
    drawn: list[bytes] = []
    monkeypatch.setattr("reportcards.verify.pdf.page_texts", lambda content: drawn.append(content))
    verify_pdf(appended(pdf, one_more_page), grounds)
    verify_pdf(pdf, with_changes(grounds, trust=replace(grounds.trust, roots=())))
    assert drawn == []


# The certificates


def test_a_certificate_that_was_revoked_before(
    pdf: bytes, grounds: Grounds, people: People, demo_authority: DemoAuthority
):
    revocation = Revocation(people.hanh.certificate.serial_number, SIGNED_AT)
    crl = make_crl(demo_authority.issuer, (revocation,), number=2, at=SIGNED_AT + 2 * HOUR)
    known = with_changes(grounds, crls=(RevocationList(crl),))
    assert refusals(pdf, known) == {"revoked"}


def test_a_key_that_others_had_signs_nothing_unless_it_is_archived(
    pdf: bytes, grounds: Grounds, archived: Archived, people: People, demo_authority: DemoAuthority
):
    since = SIGNED_AT + 48 * HOUR
    stolen = Revocation(people.seal.certificate.serial_number, since, ReasonFlags.key_compromise)
    crl = make_crl(demo_authority.issuer, (stolen,), number=2, at=since + HOUR)
    known = with_changes(grounds, crls=(RevocationList(crl),))
    assert set(codes_in(verify_pdf(pdf, known))) == {"compromised_since"}
    assert only_card(pdf, known, archived).is_valid


def test_production_believes_no_demo_certificate(pdf: bytes, grounds: Grounds):
    assert refusals(pdf, with_changes(grounds, accepts_demo=False)) == {"demo_in_production"}
