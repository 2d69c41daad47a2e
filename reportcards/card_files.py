"""The files of a card as they are handed out: under a name that a person finds again."""

from dataclasses import dataclass

from django.utils import timezone

from reportcards.documents.card_on_paper import Stamp, stamped
from reportcards.models import ArchivedFile, CertifiedCopy, CopyKind, FileKind, ReportCard

GIVEN_KINDS = (FileKind.XML, FileKind.PDF)

CONTENT_TYPES = {
    "xml": "application/xml",
    "json": "application/json",
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
}
STAMP_WORDS = {CopyKind.CERTIFIED_COPY: "BẢN SAO", CopyKind.EXTRACT: "TRÍCH LỤC"}


@dataclass(frozen=True)
class CardFile:
    """`name` without its ending."""

    name: str
    ending: str
    content: bytes

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.ending]


def plain_file(card: ReportCard, stored: ArchivedFile, content: bytes) -> CardFile:
    return CardFile(_name_of(card), stored.ending, content)


def unissued_file(card: ReportCard, content: bytes) -> CardFile:
    return CardFile(f"{_name_of(card)}, chưa phát hành", "pdf", content)


def decision_file(card: ReportCard, stored: ArchivedFile, content: bytes) -> CardFile:
    name = f"Quyết định kèm theo, {card.payload['student']['full_name']}"
    return CardFile(name, stored.ending, content)


def copy_file(copy: CertifiedCopy, stored: ArchivedFile, content: bytes) -> CardFile:
    """On paper a copy says which one it is; the signed XML is what it is, or it is nothing.

    What is stamped has other bytes than what was signed: it is a picture of the card, without its
    proofs. Whoever loses a file is given the signed one again.
    """
    card, word = copy.report_card, STAMP_WORDS.get(CopyKind(copy.kind))
    if stored.kind != FileKind.PDF or word is None:
        return plain_file(card, stored, content)
    name = f"{_name_of(card)}, {word.lower()} {copy.number}"
    return CardFile(name, stored.ending, stamped(content, _stamp(copy, word)))


def _name_of(card: ReportCard) -> str:
    return f"Học bạ {card.payload['student']['full_name']} {card.payload['school_year']}"


def _stamp(copy: CertifiedCopy, word: str) -> Stamp:
    payload = copy.report_card.payload
    return Stamp(
        word=word,
        number=str(copy.number),
        lookup_code=payload["uuid"],
        school_name=copy.school.name,
        place=copy.school.place_of_issue,
        given_on=timezone.localdate(copy.given_at),
    )
