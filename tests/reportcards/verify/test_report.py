"""What the report says of a card, and the archive's answer to it."""

import datetime
from dataclasses import FrozenInstanceError, replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509

from reportcards.signing.demo_authority import issue_for_school
from reportcards.signing.revocations import RevocationList
from reportcards.verify import Archive, Archived, CardReport, Grounds, verify_file
from reportcards.verify.grounds import Standing
from tests.reportcards.authorities import IN_SEPTEMBER, SIGNED_AT, V1_0, People, signed_card
from tests.reportcards.cards import UUID, card_payload
from tests.reportcards.verify.tampering import DATA_ID, batch, edited, one, respelled
from tests.reportcards.verify.test_standing import with_changes
from tests.reportcards.xmlsec import verifies

OTHER_UUID = "6fa459ea-ee8a-4ca4-894e-db77e160355e"


def digest_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def only_card(content: bytes, grounds: Grounds, archived: Archived | None) -> CardReport:
    [report] = verify_file(content, grounds, lambda _uuid: archived).cards
    return report


def test_names_the_card(card: bytes, grounds: Grounds):
    report = verify_file(card, grounds)
    assert report.is_valid
    assert report.digest == digest_of(card)
    [found] = report.cards
    assert (found.uuid, found.full_name) == (UUID, "Lê Minh Anh")
    assert (found.school, found.school_year) == ("Trường Tiểu học Kim Đồng", "2026-2027")
    assert found.archive == Archive.NOT_ASKED


def test_says_of_each_signature_what_the_regulation_names(card: bytes, grounds: Grounds):
    """QĐ 1789/2024, Điều 12.2.a: name and authority, time, status, integrity, certificate."""
    signatures = verify_file(card, grounds).cards[0].signatures
    assert [each.slot for each in signatures] == ["homeroom", "leader", "seal"]
    assert [each.certificate.holder for each in signatures] == [
        "Trần Thị Ngọc",
        "Nguyễn Thị Hạnh",
        "Trường Tiểu học Kim Đồng",
    ]
    leader = signatures[1]
    assert leader.signed_at == SIGNED_AT + datetime.timedelta(hours=1)
    assert leader.is_intact
    certificate = leader.certificate
    assert certificate.organisation == "Trường Tiểu học Kim Đồng"
    assert certificate.issuer == "CHỨNG THƯ THỬ NGHIỆM - Cấp phát"
    assert certificate.valid_from < SIGNED_AT < certificate.valid_until
    assert (certificate.at_signing, certificate.now) == (Standing.VALID, Standing.VALID)
    assert certificate.revoked_at is None


def test_a_report_is_frozen(card: bytes, grounds: Grounds):
    report = verify_file(card, grounds).cards[0]
    with pytest.raises(FrozenInstanceError):
        report.uuid = OTHER_UUID  # type: ignore[misc]


def test_one_wrong_signature_takes_the_value_from_the_whole_card(card: bytes, grounds: Grounds):
    broken = respelled(card, f'Target="#{DATA_ID}-seal"', f'Target="#{DATA_ID}"')
    report = verify_file(broken, grounds).cards[0]
    assert [each.is_intact for each in report.signatures] == [True, True, False]
    assert not report.is_valid


def test_the_structure_counts_where_every_signature_is_right(people: People, grounds: Grounds):
    """Signed as it is: a card whose register of tags nobody checked before."""
    payload = card_payload()
    odd = signed_card(people, payload | {"school_year": "2026-27"})
    report = verify_file(odd, grounds).cards[0]
    assert all(each.is_intact for each in report.signatures)
    assert [violation.code for violation in report.structure] == ["invalid_value"]
    assert not report.is_valid


def test_a_list_is_valid_when_all_its_cards_are(card: bytes, people: People, grounds: Grounds):
    other = signed_card(people, card_payload(uuid=OTHER_UUID))
    assert verify_file(batch(card, other), grounds).is_valid
    broken = respelled(other, "Lê Minh Anh<", "Lê Minh An<")
    report = verify_file(batch(card, broken), grounds)
    assert [each.is_valid for each in report.cards] == [True, False]
    assert not report.is_valid


def test_a_card_that_cannot_be_read_does_not_hide_its_neighbours(card: bytes, grounds: Grounds):
    report = verify_file(batch(card, b"<HOC_BA><A></HOC_BA>"), grounds)
    assert [each.is_valid for each in report.cards] == [True, False]
    assert report.cards[1].findings[0].code == "not_well_formed"


def test_the_independent_verifier_agrees(
    card: bytes, grounds: Grounds, demo_authority, tmp_path: Path
):
    """xmlsec1 shares no code with us; it knows nothing of slots, people and spellings."""
    changed = edited(card, lambda root: one(root[0], "TONG_KET/DUOC_LEN_LOP").clear())
    for name, content, expected in (("card", card, True), ("changed", changed, False)):
        file = tmp_path / f"{name}.xml"
        file.write_bytes(content)
        assert verify_file(content, grounds).is_valid is expected
        for slot in V1_0.slots:
            assert verifies(file, slot, demo_authority, uuid=UUID) is expected


# The archive


def test_the_archive_has_the_same_file(card: bytes, grounds: Grounds):
    report = only_card(card, grounds, Archived(digest_of(card)))
    assert report.archive == Archive.SAME
    assert report.is_valid


def test_the_archive_finds_a_byte_outside_of_data_and_slots(card: bytes, grounds: Grounds):
    report = only_card(card + b"\n", grounds, Archived(digest_of(card)))
    assert report.archive == Archive.DIFFERENT
    assert [finding.code for finding in report.findings] == ["differs_from_archive"]
    assert not report.is_valid


def test_the_archive_does_not_know_the_card(card: bytes, grounds: Grounds):
    """Another school's, which is no fault of the card."""
    report = only_card(card, grounds, None)
    assert report.archive == Archive.UNKNOWN
    assert report.is_valid
    assert [finding.code for finding in report.findings] == ["not_in_archive"]


def test_a_card_of_the_archive_that_is_out_of_force_has_no_value(card: bytes, grounds: Grounds):
    report = only_card(card, grounds, Archived(digest_of(card), is_in_force=False))
    assert report.archive == Archive.SAME
    assert [finding.code for finding in report.findings] == ["not_in_force"]
    assert not report.is_valid


def test_a_forgery_learns_nothing_of_the_archive(card: bytes, grounds: Grounds):
    """Neither that there is such a card, nor that it was withdrawn."""
    forged = respelled(card, "Lê Minh Anh<", "Lê Minh Ân<")
    withdrawn = Archived(digest_of(card), is_in_force=False)
    assert only_card(forged, grounds, withdrawn) == only_card(forged, grounds, None)
    assert only_card(forged, grounds, None).archive == Archive.NOT_ASKED


def test_the_archive_knows_how_the_school_was_approved(
    people: People, grounds: Grounds, demo_authority
):
    name = "TRƯỜNG TH KIM ĐỒNG"
    seal = issue_for_school(demo_authority, name, "0305", at=IN_SEPTEMBER)
    card = signed_card(replace(people, seal=seal), card_payload())
    assert not only_card(card, grounds, Archived(digest_of(card))).is_valid
    assert only_card(card, grounds, Archived(digest_of(card), school_names=(name,))).is_valid


def test_the_archive_keeps_the_lists_of_the_time(
    card: bytes, grounds: Grounds, empty_crl: x509.CertificateRevocationList
):
    """An authority drops from its lists whoever has expired."""
    archived = Archived(digest_of(card), crls=(RevocationList(empty_crl),))
    without = with_changes(grounds, crls=())
    codes = {finding.code for finding in only_card(card, without, archived).all_findings}
    assert "crl_missing" not in codes
    codes = {finding.code for finding in only_card(card, without, None).all_findings}
    assert "crl_missing" in codes


def test_a_card_in_a_list_is_compared_as_the_file_that_it_is(
    card: bytes, people: People, grounds: Grounds
):
    other = signed_card(people, card_payload(uuid=OTHER_UUID))
    archive = {UUID: Archived(digest_of(card)), OTHER_UUID: Archived(digest_of(card))}
    report = verify_file(batch(card, other), grounds, archive.get)
    assert [each.archive for each in report.cards] == [Archive.SAME, Archive.DIFFERENT]


def test_the_archive_is_asked_by_the_uuid_of_the_signed_node(card: bytes, grounds: Grounds):
    asked: list[str] = []

    def find(uuid: str) -> None:
        asked.append(uuid)

    verify_file(card, grounds, find)
    verify_file(respelled(card, f'Id="{DATA_ID}"', 'Id="HB-1"'), grounds, find)
    verify_file(b"<HOC_BA></HOC_BA>", grounds, find)
    assert asked == [UUID]
