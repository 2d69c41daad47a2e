"""The archive: everything that proves a card, kept for ever (QĐ 1789, Điều 4.2 and 24).

Files first, then their rows: a transaction that fails leaves a file that nothing names, never a
row without its file. A name holds the digest, so that no file is ever written over.
"""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from assessments.payload import canonical_bytes
from reportcards.errors import FileLost
from reportcards.models import ArchivedFile, FileKind, ReportCard

ENDINGS = {
    FileKind.XML: "xml",
    FileKind.PDF: "pdf",
    FileKind.PAYLOAD: "json",
    FileKind.CERTIFICATE: "pem",
    FileKind.REVOCATION_LIST: "crl",
}


def archive_storage() -> Storage:
    return storages["archive"]


def store_issued_card(card: ReportCard, document: bytes) -> None:
    """The signed XML, the payload, and the certificates and lists it was signed by."""
    store_file(card, FileKind.XML, document)
    store_file(card, FileKind.PAYLOAD, canonical_bytes(card.payload))
    for signature in card.signatures.select_related("certificate", "revocation_list"):
        certificate = signature.certificate
        chain = f"{certificate.pem}{certificate.chain_pem}".encode()
        store_file(card, FileKind.CERTIFICATE, chain)
        if signature.revocation_list is not None:
            content = bytes(signature.revocation_list.content)
            store_file(card, FileKind.REVOCATION_LIST, content)


def store_decision(card: ReportCard, name: str, content: bytes) -> ArchivedFile:
    ending = name.rpartition(".")[2].lower() or "bin"
    return store_file(card, FileKind.DECISION, content, ending=ending)


def store_file(
    card: ReportCard, kind: FileKind, content: bytes, *, ending: str = ""
) -> ArchivedFile:
    """The same bytes once a card: three signers may share an authority and its list."""
    digest = hashlib.sha256(content).hexdigest()
    stored = card.archived_files.filter(kind=kind, digest=digest).first()
    if stored is not None:
        return stored
    name = _place(card, f"{kind}-{digest[:16]}.{ending or ENDINGS[kind]}")
    if not archive_storage().exists(name):
        archive_storage().save(name, ContentFile(content))
    return ArchivedFile.objects.create(
        report_card=card, kind=kind, name=name, digest=digest, size=len(content)
    )


def content_of(stored: ArchivedFile) -> bytes:
    """The bytes as they were stored; anything else is reported, never given to anybody."""
    try:
        with archive_storage().open(stored.name) as file:
            content = file.read()
    except OSError as error:
        raise FileLost from error
    if hashlib.sha256(content).hexdigest() != stored.digest:
        raise FileLost
    return content


def newest_file(card: ReportCard, kind: FileKind) -> ArchivedFile | None:
    return card.archived_files.filter(kind=kind).order_by("-pk").first()


def _place(card: ReportCard, file_name: str) -> str:
    """Fixed when the card was frozen: the school's later names and codes do not move files."""
    payload = card.payload
    code = "".join(letter for letter in payload["school"]["ministry_code"] if letter.isalnum())
    return f"{code}/{payload['school_year']}/{card.uuid}/{file_name}"
