"""The archive: everything that proves a card, kept for ever (QĐ 1789, Điều 4.2 and 24).

Files first, then their rows: a transaction that fails leaves a file that nothing names, never a
row without its file. A name holds the digest, so that no file is ever written over. Nothing here
asks more of the storage than Django's Storage promises: it may be a bucket.
"""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from assessments.payload import canonical_bytes
from reportcards.attachments import Attachment
from reportcards.errors import FileLost
from reportcards.models import ArchivedFile, DigitalSignature, FileKind, ReportCard

ENDINGS = {
    FileKind.XML: "xml",
    FileKind.PDF: "pdf",
    FileKind.PAYLOAD: "json",
    FileKind.CERTIFICATE: "pem",
    FileKind.REVOCATION_LIST: "crl",
}
# The same for all cards that were signed by them: a revocation list may have millions of lines.
SHARED = frozenset({FileKind.CERTIFICATE, FileKind.REVOCATION_LIST})


def archive_storage() -> Storage:
    return storages["archive"]


def store_issued_card(card: ReportCard, document: bytes) -> None:
    """The signed XML, the payload, and the certificates and lists it was signed by."""
    store_file(card, FileKind.XML, document)
    store_file(card, FileKind.PAYLOAD, canonical_bytes(card.payload))
    for signature in card.signatures.select_related("certificate", "revocation_list"):
        store_file(card, FileKind.CERTIFICATE, chain_of(signature))
        if signature.revocation_list is not None:
            content = bytes(signature.revocation_list.content)
            store_file(card, FileKind.REVOCATION_LIST, content)


def chain_of(signature: DigitalSignature) -> bytes:
    """The signer's certificate and those that lead from it to a root, PEM."""
    certificate = signature.certificate
    return f"{certificate.pem}{certificate.chain_pem}".encode()


def store_decision(card: ReportCard, attachment: Attachment) -> ArchivedFile:
    return store_file(card, FileKind.DECISION, attachment.content, ending=attachment.ending)


def store_file(
    card: ReportCard, kind: FileKind, content: bytes, *, ending: str = ""
) -> ArchivedFile:
    """The same bytes once a card: three signers may share an authority and its list."""
    digest = digest_of_bytes(content)
    stored = card.archived_files.filter(kind=kind, digest=digest).first()
    if stored is not None:
        return stored
    name = _put(f"{folder_of(card, kind)}/{kind}-{digest}.{ending or ENDINGS[kind]}", content)
    return ArchivedFile.objects.create(
        report_card=card, kind=kind, name=name, digest=digest, size=len(content)
    )


def content_of(stored: ArchivedFile) -> bytes:
    """The bytes as they were stored; anything else is reported, never given to anybody."""
    content = read_file(stored.name)
    if content is None or digest_of_bytes(content) != stored.digest:
        raise FileLost
    return content


def read_file(name: str) -> bytes | None:
    """None where there is no such file. A storage that cannot be reached raises its own error."""
    try:
        with archive_storage().open(name) as file:
            return file.read()
    except OSError:
        return None


def newest_file(card: ReportCard, kind: FileKind) -> ArchivedFile | None:
    return card.archived_files.filter(kind=kind).order_by("-pk").first()


def digest_of_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def folder_of(card: ReportCard, kind: FileKind) -> str:
    """Fixed when the card was frozen: the school's later names and codes do not move files."""
    payload = card.payload
    code = "".join(letter for letter in payload["school"]["ministry_code"] if letter.isalnum())
    return f"{code}/proofs" if kind in SHARED else f"{code}/{payload['school_year']}/{card.uuid}"


def _put(name: str, content: bytes) -> str:
    """Where the file really stands: what was left half written is gone around, not trusted."""
    storage = archive_storage()
    if storage.exists(name) and storage.size(name) == len(content):
        return name
    return storage.save(name, ContentFile(content))
