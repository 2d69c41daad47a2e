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
Contents = list[tuple[FileKind, bytes]]


def archive_storage() -> Storage:
    return storages["archive"]


def store_issued_card(card: ReportCard, document: bytes) -> None:
    """The signed XML, the payload, and the certificates and lists it was signed by."""
    store_file(card, FileKind.XML, document)
    store_file(card, FileKind.PAYLOAD, canonical_bytes(card.payload))
    for signature in card.signatures.select_related("certificate", "revocation_list"):
        for kind, content in proofs_of(signature):
            store_file(card, kind, content)


def proofs_of(signature: DigitalSignature) -> Contents:
    """What a signature is checked with, as it was when it was made."""
    certificate, listed = signature.certificate, signature.revocation_list
    chain = f"{certificate.pem}{certificate.chain_pem}".encode()
    proofs: Contents = [(FileKind.CERTIFICATE, chain)]
    if listed is not None:
        proofs.append((FileKind.REVOCATION_LIST, bytes(listed.content)))
    return proofs


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
    name = _put(f"{folder_of(card)}/{kind}-{digest[:16]}.{ending or ENDINGS[kind]}", content)
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


def folder_of(card: ReportCard) -> str:
    """Fixed when the card was frozen: the school's later names and codes do not move files."""
    payload = card.payload
    code = "".join(letter for letter in payload["school"]["ministry_code"] if letter.isalnum())
    return f"{code}/{payload['school_year']}/{card.uuid}"


def _put(name: str, content: bytes) -> str:
    """Where the file really stands: what was left half written is gone around, not trusted."""
    if read_file(name) == content:
        return name
    return archive_storage().save(name, ContentFile(content))
