"""Files in the storage that no row names: left by a transaction that failed, or strangers."""

from collections.abc import Iterator
from itertools import islice

from reportcards.archive import archive_storage
from reportcards.models import ArchivedFile

NAMES_AT_ONCE = 500


def unnamed_files(folder: str = "") -> Iterator[str]:
    waiting = names_in(folder)
    while names := list(islice(waiting, NAMES_AT_ONCE)):
        named = ArchivedFile.objects.filter(name__in=names).values_list("name", flat=True)
        yield from sorted(set(names) - set(named))


def names_in(folder: str) -> Iterator[str]:
    """Every file in the folder and below it; a bucket has folders by the strokes in its names."""
    try:
        folders, files = archive_storage().listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in files)
    for name in folders:
        yield from names_in(f"{prefix}{name}")
