"""Whether the archive still holds what it was given: card by card, file by file.

Of every card that was ever issued: each file is there, has its size and its digest; the signed
XML and PDF are what was sealed, say what was frozen, and their signatures hold; nothing that
proves them is missing. One page of cards at a time, so that a hundred thousand take no more memory
than one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch

from assessments.payload import canonical_bytes, digest_of
from reportcards.archive import SHARED, chain_of, read_file
from reportcards.models import (
    ArchivedFile,
    DigitalSignature,
    FileKind,
    ReportCard,
    RevocationList,
    SlotKey,
)
from reportcards.models.cards import ReportCardQuerySet
from reportcards.profiles import get_profile
from reportcards.profiles.canonical import canonical
from reportcards.profiles.document import data_node
from reportcards.profiles.structure import parse_card
from reportcards.profiles.violations import CardRefused
from reportcards.stored_files import digest_of_bytes
from reportcards.verify import Archived, ArchivedContent, Grounds, verify_file

CARDS_A_PAGE = 100
EVERY_CARD_HAS = (FileKind.XML, FileKind.PDF, FileKind.PAYLOAD)

SIGNED = (FileKind.XML, FileKind.PDF)

# What a fault says of the file of its kind.
SENTENCES = {
    "missing": "the file is not in the storage",
    "other_size": "the file is not as long as it was",
    "other_digest": "the file is not what was stored",
    "never_stored": "the archive has no such file of the card",
    "not_the_sealed_one": "the file is not what was sealed",
    "not_the_frozen_one": "the file is not the content that was frozen",
    "content_changed": "the frozen content does not have its digest",
    "says_something_else": "the data of the XML is not what the frozen content gives",
    "not_verified": "verifying the file finds",
}


@dataclass(frozen=True)
class Fault:
    """`name`: of the file in the storage. `found`: a code of the verification."""

    uuid: str
    kind: str
    code: str
    name: str = ""
    found: str = ""

    @property
    def sentence(self) -> str:
        where = f" ({self.name})" if self.name else ""
        more = f": {self.found}" if self.found else ""
        return f"{self.uuid} {self.kind}{where}: {SENTENCES[self.code]}{more}"


def pages_of_cards(cards: ReportCardQuerySet, after: int) -> Iterator[list[ReportCard]]:
    """In the order in which they were made, behind the card with that key."""
    lists = RevocationList.objects.defer("content")
    proved = cards.order_by("pk").prefetch_related(
        "archived_files",
        "signatures__certificate",
        Prefetch("signatures__revocation_list", queryset=lists),
    )
    while page := list(proved.filter(pk__gt=after)[:CARDS_A_PAGE]):
        yield page
        after = page[-1].pk


class ArchiveCheck:
    """Remembers the files that many cards share, so that each of them is read once."""

    def __init__(self) -> None:
        self._shared: dict[int, str] = {}
        self.files = 0

    def faults_of(self, card: ReportCard, grounds: Grounds) -> Iterator[Fault]:
        files = list(card.archived_files.all())
        for stored in files:
            yield from self._faults_of_file(card, stored, grounds)
        for kind in never_stored(card, files):
            yield Fault(str(card.uuid), kind, "never_stored")
        if digest_of(card.payload) != card.digest:
            yield Fault(str(card.uuid), FileKind.PAYLOAD, "content_changed")

    def _faults_of_file(
        self, card: ReportCard, stored: ArchivedFile, grounds: Grounds
    ) -> Iterator[Fault]:
        self.files += 1
        if stored.kind in SHARED:
            code = self._shared_fault(stored)
        else:
            content = read_file(stored.name)
            code = file_fault(stored, content)
            if content is not None and not code:
                yield from content_faults(card, stored, content, grounds)
        if code:
            yield Fault(str(card.uuid), stored.kind, code, stored.name)

    def _shared_fault(self, stored: ArchivedFile) -> str:
        key = hash((stored.name, stored.digest, stored.size))
        if key not in self._shared:
            self._shared[key] = file_fault(stored, read_file(stored.name))
        return self._shared[key]


def file_fault(stored: ArchivedFile, content: bytes | None) -> str:
    if content is None:
        return "missing"
    if len(content) != stored.size:
        return "other_size"
    return "other_digest" if digest_of_bytes(content) != stored.digest else ""


def never_stored(card: ReportCard, files: list[ArchivedFile]) -> Iterator[FileKind]:
    """Of what a card is issued with."""
    kinds, kept = {row.kind for row in files}, {(row.kind, row.digest) for row in files}
    yield from (kind for kind in EVERY_CARD_HAS if kind not in kinds)
    for signature in card.signatures.all():
        yield from (proof[0] for proof in _proofs_of(signature) if proof not in kept)


def _proofs_of(signature: DigitalSignature) -> Iterator[tuple[FileKind, str]]:
    yield FileKind.CERTIFICATE, digest_of_bytes(chain_of(signature))
    if signature.revocation_list is not None:
        yield FileKind.REVOCATION_LIST, signature.revocation_list.digest


def content_faults(
    card: ReportCard, stored: ArchivedFile, content: bytes, grounds: Grounds
) -> Iterator[Fault]:
    def fault(code: str, found: str = "") -> Fault:
        return Fault(str(card.uuid), stored.kind, code, stored.name, found)

    if stored.kind in CHECKS:
        yield from (fault(code) for code in CHECKS[FileKind(stored.kind)](card, content))
    if stored.kind in SIGNED:
        yield from (
            fault("not_verified", each) for each in _findings(card, content, stored, grounds)
        )


def _payload_codes(card: ReportCard, content: bytes) -> Iterator[str]:
    if content != canonical_bytes(card.payload):
        yield "not_the_frozen_one"


def _xml_codes(card: ReportCard, content: bytes) -> Iterator[str]:
    if content != _sealed_xml(card):
        yield "not_the_sealed_one"
    if _data_of(content, card) != _frozen_data(card):
        yield "says_something_else"


def _pdf_codes(card: ReportCard, content: bytes) -> Iterator[str]:
    if not content.endswith(_pdf_updates(card)):
        yield "not_the_sealed_one"


# What the database knows of a file besides its digest.
CHECKS: Mapping[FileKind, Callable[[ReportCard, bytes], Iterator[str]]] = {
    FileKind.PAYLOAD: _payload_codes,
    FileKind.XML: _xml_codes,
    FileKind.PDF: _pdf_codes,
}


def _pdf_updates(card: ReportCard) -> bytes:
    """What the three signatures appended to the pages."""
    rows = sorted(card.signatures.all(), key=lambda row: row.pk)
    return b"".join(bytes(row.pdf_update) for row in rows)


def _sealed_xml(card: ReportCard) -> bytes:
    documents = [row.document for row in card.signatures.all() if row.slot == SlotKey.SEAL]
    return "".join(documents).encode()


def _frozen_data(card: ReportCard) -> bytes:
    try:
        return data_node(card.payload, get_profile(card.profile_key))
    except CardRefused:
        return b""


def _data_of(document: bytes, card: ReportCard) -> bytes:
    """The data node in its canonical form; empty where there is none."""
    try:
        data = parse_card(document).find(get_profile(card.profile_key).tree.tag)
    except CardRefused:
        return b""
    return b"" if data is None else canonical(data)


def _findings(
    card: ReportCard, content: bytes, stored: ArchivedFile, grounds: Grounds
) -> Iterator[str]:
    """What has lost its force since, such as a certificate that has run out, is no fault."""
    report = verify_file(content, grounds, lambda _uuid: _kept(card, stored))
    for found in report.findings:
        yield found.code
    for verified in report.cards:
        yield from (violation.code for violation in verified.structure)
        yield from (found.code for found in verified.all_findings if not found.is_warning)


def _kept(card: ReportCard, stored: ArchivedFile) -> Archived:
    """The other files may be faulty, and are looked at by themselves: the database knows what was
    sealed and frozen."""
    kept = ArchivedContent(_sealed_xml(card), card.payload, card.digest)
    return Archived(stored.digest, pdf_digest=stored.digest, content=lambda: kept)
