"""The files of documents that were laid out, beside the archive and as carefully kept.

Files first, then their rows, as in the archive.
"""

from django.core.files.storage import Storage, storages

from reportcards.errors import RenderingLost
from reportcards.models import Rendering
from reportcards.stored_files import digest_of_bytes, put, read_unchanged


def rendered_storage() -> Storage:
    return storages["renderings"]


def store(rendering: Rendering, pdf: bytes) -> str:
    """Where the file stands now; the row is not changed."""
    folder = f"{rendering.kind}/{rendering.content_digest[:2]}"
    name = f"{folder}/{rendering.content_digest}-{digest_of_bytes(pdf)}.pdf"
    return put(rendered_storage(), name, pdf)


def pdf_in(rendering: Rendering) -> bytes:
    """The bytes as they were stored; anything else is reported, never given to anybody."""
    content = read_unchanged(rendered_storage(), rendering.name, rendering.digest)
    if content is None:
        raise RenderingLost
    return content
