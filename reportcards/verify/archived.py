"""What the archive knows of a card, and what it answers about a file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reportcards.signing.revocations import RevocationList
from reportcards.verify.findings import Finding
from reportcards.verify.grounds import Grounds
from reportcards.verify.report import Archive, CardReport


@dataclass(frozen=True)
class ArchivedContent:
    """What a PDF of the card is held against: its signed XML, and the payload it was made of.

    payload_digest: what is printed on every page. Without a payload the pages are held against
    the XML alone.
    """

    xml: bytes
    payload: Mapping[str, Any] | None = None
    payload_digest: str = ""


@dataclass(frozen=True)
class Archived:
    """What the archive knows of a card.

    digest: SHA-256 of its signed XML, in hex; pdf_digest: of its signed PDF, "" where there is
    none; crls: the lists of the time when it was signed; school_names: as the department approved
    them for the seal's certificate; content: asked for when a PDF is right by itself.
    """

    digest: str
    is_in_force: bool = True
    crls: tuple[RevocationList, ...] = ()
    school_names: tuple[str, ...] = ()
    pdf_digest: str = ""
    content: Callable[[], ArchivedContent] | None = None


FindArchived = Callable[[str], Archived | None]
"""By UUID; None where the archive has no such card."""

DigestOf = Callable[[Archived], str]
"""Of the archived file that the one in hand should be."""


def with_archived(grounds: Grounds, archived: Archived | None) -> Grounds:
    return grounds.with_more(archived.crls, archived.school_names) if archived else grounds


def asked_for(
    uuid: str, digest: str, find_archived: FindArchived | None, archived_digest: DigestOf
) -> tuple[Archived | None, Archive]:
    """What the archive has under this number, and whether it is the file with this digest."""
    if find_archived is None:
        return None, Archive.NOT_ASKED
    archived = find_archived(uuid) if uuid else None
    if archived is None:
        return None, Archive.UNKNOWN
    is_same = archived_digest(archived) == digest
    return archived, Archive.SAME if is_same else Archive.DIFFERENT


def with_answer(report: CardReport, archived: Archived | None) -> CardReport:
    """A forgery learns nothing of the archive."""
    if report.archive != Archive.SAME and not report.is_valid:
        return replace(report, archive=Archive.NOT_ASKED)
    findings = tuple(_findings(report.archive, archived))
    return replace(report, findings=(*report.findings, *findings))


def _findings(answer: Archive, archived: Archived | None) -> Iterator[Finding]:
    if answer == Archive.DIFFERENT:
        yield Finding("differs_from_archive")
    if answer == Archive.UNKNOWN:
        yield Finding("not_in_archive", is_warning=True)
    if archived and not archived.is_in_force:
        yield Finding("not_in_force")
