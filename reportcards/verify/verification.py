"""From a file to the report on it: no network, no database, no clock of its own."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from operator import attrgetter
from typing import IO

from lxml import etree

from reportcards.profiles.tables import Profile
from reportcards.verify.archived import FindArchived, asked_for, with_answer, with_archived
from reportcards.verify.card_reports import report_on_card
from reportcards.verify.contents import findings_of_data, uuid_of
from reportcards.verify.findings import FileRefused, Finding
from reportcards.verify.grounds import Grounds
from reportcards.verify.pdf import verify_pdf
from reportcards.verify.pdf_reading import PDF_START
from reportcards.verify.reading import parsed, read_bounded, read_cards
from reportcards.verify.report import Archive, CardReport, FileReport, SignatureReport
from reportcards.verify.signature_reports import report_on_missing, report_on_signature
from reportcards.verify.signatures import SlotCheck, check_slots, holder_of, stray_signatures
from reportcards.verify.spelling import is_spelled_as_written

# What stands before a card that is a file of its own (see profiles.document.build_card).
FILE_START = b"<?xml version='1.0' encoding='UTF-8'?>\n"


def verify_stream(
    stream: IO[bytes], grounds: Grounds, find_archived: FindArchived | None = None
) -> FileReport:
    """The report on a file that may be endless: no more is read than a list may be long."""
    try:
        content = read_bounded(stream)
    except FileRefused as refused:
        return FileReport("", (), (refused.finding,))
    return verify_file(content, grounds, find_archived)


def verify_with_xml(pdf: IO[bytes], xml: IO[bytes], grounds: Grounds) -> FileReport:
    """The report on a card's PDF and on its XML: each by itself, and the one held against the
    other."""
    try:
        contents = read_bounded(pdf), read_bounded(xml)
    except FileRefused as refused:
        return FileReport("", (), (refused.finding,))
    report = verify_pdf(contents[0], grounds, xml=contents[1])
    of_xml = verify_file(contents[1], grounds)
    return replace(
        report,
        cards=(*report.cards, *of_xml.cards),
        findings=(*report.findings, *of_xml.findings),
    )


def verify_file(
    content: bytes, grounds: Grounds, find_archived: FindArchived | None = None
) -> FileReport:
    """The report on a card's PDF, or on XML with one card or a list; the file may be anything."""
    if content.startswith(PDF_START):
        return verify_pdf(content, grounds, find_archived)
    digest = sha256(content).hexdigest()
    try:
        found = read_cards(content)
    except FileRefused as refused:
        return FileReport(digest, (), (refused.finding,))
    reports = tuple(
        verify_card(
            card,
            grounds,
            find_archived,
            digest=sha256(FILE_START + card).hexdigest() if found.is_list else digest,
        )
        for card in found.cards
    )
    return FileReport(digest, reports, tuple(_repeated_cards(reports)))


def verify_card(
    card: bytes, grounds: Grounds, find_archived: FindArchived | None = None, *, digest: str
) -> CardReport:
    """digest: that of the card as a file of its own, to find the same one in the archive."""
    try:
        root = parsed(card)
    except FileRefused as refused:
        return CardReport(findings=(refused.finding,))
    uuid = uuid_of(root, grounds.profile)
    archived, answer = asked_for(uuid, digest, find_archived, attrgetter("digest"))
    report = _report(card, root, uuid, with_archived(grounds, archived), answer)
    return with_answer(report, archived)


def _report(
    card: bytes, root: etree._Element, uuid: str, grounds: Grounds, answer: Archive
) -> CardReport:
    profile = grounds.profile
    checks = check_slots(root, profile, uuid) if uuid else []
    return report_on_card(
        root,
        uuid,
        grounds,
        signatures=tuple(_signature(check, root, grounds, answer) for check in checks),
        findings=(
            *_findings_of_card(card, root, profile, uuid),
            *stray_signatures(root, checks),
        ),
        answer=answer,
    )


def _signature(
    check: SlotCheck, root: etree._Element, grounds: Grounds, answer: Archive
) -> SignatureReport:
    if check.content is None:
        return report_on_missing(check)
    holder = holder_of(check.content, root, grounds.profile, grounds.school_names)
    return report_on_signature(
        check, check.content, holder, grounds, is_archived=answer == Archive.SAME
    )


def _findings_of_card(
    card: bytes, root: etree._Element, profile: Profile, uuid: str
) -> Iterator[Finding]:
    """Codes: no_uuid, other_version, respelled, repeated_id."""
    yield from findings_of_data(root, profile, uuid)
    if not is_spelled_as_written(card, root):
        yield Finding("respelled")


def _repeated_cards(reports: tuple[CardReport, ...]) -> Iterator[Finding]:
    times = Counter(report.uuid for report in reports if report.uuid)
    yield from (Finding("repeated_card", {"uuid": uuid}) for uuid in times if times[uuid] > 1)
