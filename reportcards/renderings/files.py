"""The files of documents that were laid out, beside the archive and as carefully kept.

Files first, then their rows, as in the archive: a name holds the digest, and what was left half
written is gone around, not trusted.
"""

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from reportcards.archive import digest_of_bytes
from reportcards.errors import RenderingLost
from reportcards.models import Rendering


def rendered_storage() -> Storage:
    return storages["renderings"]


def store(rendering: Rendering, pdf: bytes) -> str:
    """Where the file stands now; the row is not changed."""
    folder = f"{rendering.kind}/{rendering.content_digest[:2]}"
    name = f"{folder}/{rendering.content_digest}-{digest_of_bytes(pdf)}.pdf"
    return put(name, pdf)


def put(name: str, content: bytes) -> str:
    storage = rendered_storage()
    if storage.exists(name) and storage.size(name) == len(content):
        return name
    return storage.save(name, ContentFile(content))


def pdf_in(rendering: Rendering) -> bytes:
    """The bytes as they were stored; anything else is reported, never given to anybody."""
    try:
        with rendered_storage().open(rendering.name) as file:
            content = file.read()
    except OSError:
        raise RenderingLost from None
    if digest_of_bytes(content) != rendering.digest:
        raise RenderingLost
    return content
