"""Files whose names hold their digests, in the archive and beside it.

No file is ever written over; what was left half written is gone around, not trusted. Nothing here
asks more of a storage than Django's Storage promises: it may be a bucket.
"""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import Storage


def put(storage: Storage, name: str, content: bytes) -> str:
    """Where the file really stands."""
    if is_there(storage, name, len(content)):
        return name
    return storage.save(name, ContentFile(content))


def is_there(storage: Storage, name: str, size: int) -> bool:
    return storage.exists(name) and storage.size(name) == size


def read(storage: Storage, name: str) -> bytes | None:
    """None where there is no such file. A storage that cannot be reached raises its own error."""
    try:
        with storage.open(name) as file:
            return file.read()
    except OSError:
        return None


def read_unchanged(storage: Storage, name: str, digest: str) -> bytes | None:
    """The bytes as they were stored; None where they are gone or are others by now."""
    content = read(storage, name)
    return content if content is not None and digest_of_bytes(content) == digest else None


def digest_of_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
