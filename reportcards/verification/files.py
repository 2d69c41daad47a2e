"""An uploaded file against the authorities that this installation trusts, and its archive."""

from functools import partial
from typing import IO
from uuid import UUID

from reportcards.archive import content_of
from reportcards.grounds import grounds_of_today
from reportcards.models import ArchivedFile, FileKind, ReportCard, SlotKey
from reportcards.signing.holders import Organisation
from reportcards.signing.revocations import RevocationList
from reportcards.trusted import holder_of, read_list
from reportcards.verification.look_ups import ANSWERS, Answer
from reportcards.verify import Archived, ArchivedContent, FileReport, verify_stream


def verify_upload(file: IO[bytes]) -> FileReport:
    """Nothing of the file is kept. Raises TrustFileUnreadable."""
    return verify_stream(file, grounds_of_today(), find_archived)


def find_archived(uuid: str) -> Archived | None:
    """What proves a card that was issued here; of one in the making nobody is told."""
    card = ReportCard.objects.issued_ever().filter(uuid=UUID(uuid)).first()
    stored = _signed_files(card) if card else {}
    if card is None or FileKind.XML not in stored:
        return None
    pdf = stored.get(FileKind.PDF)
    return Archived(
        digest=stored[FileKind.XML].digest,
        pdf_digest=pdf.digest if pdf else "",
        is_in_force=ANSWERS.get(card.state) == Answer.VALID,
        crls=tuple(_lists_of(card)),
        school_names=_school_names(card),
        content=partial(_content_of, card, stored[FileKind.XML]),
    )


def _signed_files(card: ReportCard) -> dict[str, ArchivedFile]:
    """The newest of each kind."""
    files = card.archived_files.filter(kind__in=(FileKind.XML, FileKind.PDF)).order_by("pk")
    return {stored.kind: stored for stored in files}


def _content_of(card: ReportCard, stored: ArchivedFile) -> ArchivedContent:
    """Raises FileLost where the archive itself has lost the signed XML."""
    return ArchivedContent(content_of(stored), card.payload, card.digest)


def _lists_of(card: ReportCard) -> list[RevocationList]:
    """Those that its signatures were checked against when they were made."""
    digests = card.signatures.values_list("revocation_list__digest", flat=True).distinct()
    return [read_list(digest) for digest in digests if digest]


def _school_names(card: ReportCard) -> tuple[str, ...]:
    """How the department has approved that the seal's certificate calls the school."""
    sealed = card.signatures.filter(slot=SlotKey.SEAL).select_related("certificate__school").first()
    holder = holder_of(sealed.certificate) if sealed else None
    return holder.other_names if isinstance(holder, Organisation) else ()
