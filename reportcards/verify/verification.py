"""From a file to the report on it: no network, no database, no clock of its own."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from typing import IO

from lxml import etree

from reportcards.profiles.structure import check_structure
from reportcards.profiles.tables import ID_ATTRIBUTE, Profile, element_id
from reportcards.signing.revocations import RevocationList
from reportcards.verify.contents import repeated_ids, said
from reportcards.verify.findings import FileRefused, Finding
from reportcards.verify.grounds import Grounds
from reportcards.verify.reading import parsed, read_bounded, read_cards
from reportcards.verify.report import Archive, CardReport, FileReport, SignatureReport
from reportcards.verify.signature_reports import report_on_missing, report_on_signature
from reportcards.verify.signatures import SlotCheck, check_slots, holder_of, stray_signatures
from reportcards.verify.spelling import is_spelled_as_written

UUID_V4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
# What stands before a card that is a file of its own (see profiles.document.build_card).
FILE_START = b"<?xml version='1.0' encoding='UTF-8'?>\n"
# The clocks of who signs and of who verifies may differ.
ALLOWANCE = timedelta(minutes=5)


@dataclass(frozen=True)
class Archived:
    """What the archive knows of a card.

    digest: SHA-256 of its signed XML, in hex; crls: the lists of the time when it was signed;
    school_names: as the department approved them for the seal's certificate.
    """

    digest: str
    is_in_force: bool = True
    crls: tuple[RevocationList, ...] = ()
    school_names: tuple[str, ...] = ()


FindArchived = Callable[[str], Archived | None]
"""By UUID; None where the archive has no such card."""


def verify_stream(
    stream: IO[bytes], grounds: Grounds, find_archived: FindArchived | None = None
) -> FileReport:
    """The report on a file that may be endless: no more is read than a list may be long."""
    try:
        content = read_bounded(stream)
    except FileRefused as refused:
        return FileReport("", (), (refused.finding,))
    return verify_file(content, grounds, find_archived)


def verify_file(
    content: bytes, grounds: Grounds, find_archived: FindArchived | None = None
) -> FileReport:
    """The report on a file with one card or a list of cards; the file may be anything."""
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
    uuid = _uuid(root, grounds.profile)
    archived = find_archived(uuid) if find_archived and uuid else None
    if archived:
        grounds = grounds.with_more(archived.crls, archived.school_names)
    answer = _answer(archived, digest) if find_archived else Archive.NOT_ASKED
    report = _report(card, root, uuid, grounds, answer)
    if answer != Archive.SAME and not report.is_valid:
        return replace(report, archive=Archive.NOT_ASKED)  # a forgery learns nothing of it
    return replace(report, findings=(*report.findings, *_findings_of_archive(answer, archived)))


def _report(
    card: bytes, root: etree._Element, uuid: str, grounds: Grounds, answer: Archive
) -> CardReport:
    profile = grounds.profile
    checks = check_slots(root, profile, uuid) if uuid else []
    signatures = tuple(_signature(check, root, grounds, answer) for check in checks)
    return CardReport(
        uuid=uuid,
        full_name=said(root, profile, "student.full_name"),
        school=said(root, profile, "school.name"),
        school_year=said(root, profile, "school_year"),
        structure=tuple(check_structure(root, profile)) if profile.schema_file else (),
        signatures=signatures,
        archive=answer,
        findings=(
            *_findings_of_card(card, root, profile, uuid),
            *stray_signatures(root, checks),
            *_findings_of_times(signatures, grounds),
        ),
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


def _uuid(root: etree._Element, profile: Profile) -> str:
    """As the data node's Id carries it; "" where that is none of version 4."""
    data = root.find(profile.tree.tag)
    identifier = "" if data is None else data.get(ID_ATTRIBUTE, "")
    uuid = identifier.removeprefix(element_id(""))
    return uuid if UUID_V4.fullmatch(uuid) and identifier == element_id(uuid) else ""


def _findings_of_card(
    card: bytes, root: etree._Element, profile: Profile, uuid: str
) -> Iterator[Finding]:
    """Codes: no_uuid, other_version, respelled, repeated_id."""
    if not uuid:
        yield Finding("no_uuid")
    if said(root, profile, "profile") != profile.spelling.version:
        yield Finding("other_version", {"expected": profile.spelling.version})
    if not is_spelled_as_written(card, root):
        yield Finding("respelled")
    if repeated_ids(root):
        yield Finding("repeated_id")


def _findings_of_times(
    signatures: tuple[SignatureReport, ...], grounds: Grounds
) -> Iterator[Finding]:
    times = [signature.signed_at for signature in signatures if signature.signed_at]
    if any(time > grounds.at + ALLOWANCE for time in times):
        yield Finding("signed_in_the_future")
    if any(later < earlier for earlier, later in pairwise(times)):
        yield Finding("signed_out_of_order", is_warning=True)


def _answer(archived: Archived | None, digest: str) -> Archive:
    if archived is None:
        return Archive.UNKNOWN
    return Archive.SAME if archived.digest == digest else Archive.DIFFERENT


def _findings_of_archive(answer: Archive, archived: Archived | None) -> Iterator[Finding]:
    if answer == Archive.DIFFERENT:
        yield Finding("differs_from_archive")
    if answer == Archive.UNKNOWN:
        yield Finding("not_in_archive", is_warning=True)
    if archived and not archived.is_in_force:
        yield Finding("not_in_force")


def _repeated_cards(reports: tuple[CardReport, ...]) -> Iterator[Finding]:
    times = Counter(report.uuid for report in reports if report.uuid)
    yield from (Finding("repeated_card", {"uuid": uuid}) for uuid in times if times[uuid] > 1)
