"""The archive: everything that proves a card, kept for ever (QĐ 1789, Điều 4.2 and 24).

Files first, then their rows: a transaction that fails leaves a file that nothing names, never a
row without its file. A name holds the digest, so that no file is ever written over. Nothing here
asks more of the storage than Django's Storage promises: it may be a bucket.
"""

from django.core.files.storage import Storage, storages
from django.db.models.functions import Length

from assessments.payload import canonical_bytes
from reportcards.attachments import Attachment
from reportcards.errors import FileLost
from reportcards.models import ArchivedFile, DigitalSignature, FileKind, ReportCard, RevocationList
from reportcards.stored_files import digest_of_bytes, is_there, put, read, read_unchanged

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


def store_issued_card(card: ReportCard, document: bytes, pdf: bytes) -> None:
    """The signed XML and PDF, the payload, and the certificates and lists it was signed by.

    Once a card, when it is issued: none of these files has a row yet.
    """
    contents = {
        FileKind.XML: document,
        FileKind.PDF: pdf,
        FileKind.PAYLOAD: canonical_bytes(card.payload),
    }
    rows = [_stored(card, kind, content) for kind, content in contents.items()]
    signatures = card.signatures.select_related("certificate", "revocation_list")
    for signature in signatures.without_documents().defer("revocation_list__content"):
        rows.append(_stored(card, FileKind.CERTIFICATE, chain_of(signature)))
        if signature.revocation_list is not None:
            rows.append(_stored_list(card, signature.revocation_list))
    once = {(row.kind, row.digest): row for row in rows}
    ArchivedFile.objects.bulk_create(once.values())


def _stored_list(card: ReportCard, revocation_list: RevocationList) -> ArchivedFile:
    """A list may have megabytes, and all cards of a class were signed by the same: it is read only
    for the first of them."""
    digest, kind = revocation_list.digest, FileKind.REVOCATION_LIST
    name = _name_of(card, kind, digest)
    size = RevocationList.objects.values_list(Length("content"), flat=True).get(digest=digest)
    if not is_there(archive_storage(), name, size):
        return _stored(card, kind, bytes(revocation_list.content))
    return ArchivedFile(report_card=card, kind=kind, name=name, digest=digest, size=size)


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
    known = card.archived_files.filter(kind=kind, digest=digest_of_bytes(content)).first()
    if known is not None:
        return known
    stored = _stored(card, kind, content, ending=ending)
    stored.save()
    return stored


def _stored(card: ReportCard, kind: FileKind, content: bytes, *, ending: str = "") -> ArchivedFile:
    """The file is there, its row is not yet."""
    digest = digest_of_bytes(content)
    name = put(archive_storage(), _name_of(card, kind, digest, ending), content)
    return ArchivedFile(report_card=card, kind=kind, name=name, digest=digest, size=len(content))


def _name_of(card: ReportCard, kind: FileKind, digest: str, ending: str = "") -> str:
    return f"{folder_of(card, kind)}/{kind}-{digest}.{ending or ENDINGS[kind]}"


def content_of(stored: ArchivedFile) -> bytes:
    """The bytes as they were stored; anything else is reported, never given to anybody."""
    content = read_unchanged(archive_storage(), stored.name, stored.digest)
    if content is None:
        raise FileLost
    return content


def read_file(name: str) -> bytes | None:
    return read(archive_storage(), name)


def newest_file(card: ReportCard, kind: FileKind) -> ArchivedFile | None:
    return card.archived_files.filter(kind=kind).order_by("-pk").first()


def folder_of(card: ReportCard, kind: FileKind) -> str:
    """Fixed when the card was frozen: the school's later names and codes do not move files."""
    payload = card.payload
    code = "".join(letter for letter in payload["school"]["ministry_code"] if letter.isalnum())
    return f"{code}/proofs" if kind in SHARED else f"{code}/{payload['school_year']}/{card.uuid}"
