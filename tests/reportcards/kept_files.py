"""The files of remembered cards, whose names hold the digests of what is in them.

A test has its storages for itself; what an arrangement stored once is put into them again.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from reportcards.models import ArchivedFile, Rendering

contents: dict[str, bytes] = {}


@pytest.fixture
def own_storages(settings, tmp_path: Path) -> None:
    """The archive and what was laid out, on the disk and for this test alone."""
    settings.STORAGES = settings.STORAGES | {
        name: {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / name)},
        }
        for name in ("archive", "renderings")
    }


def keep_files() -> None:
    for storage, name in _named_files():
        if name not in contents:
            with storage.open(name) as file:
                contents[name] = file.read()


def put_back_files() -> None:
    for storage, name in _named_files():
        if not storage.exists(name):
            storage.save(name, ContentFile(contents[name]))


def _named_files() -> Iterator[tuple[Storage, str]]:
    for name in ArchivedFile.objects.values_list("name", flat=True).distinct():
        yield storages["archive"], name
    for name in Rendering.objects.exclude(name="").values_list("name", flat=True):
        yield storages["renderings"], name
