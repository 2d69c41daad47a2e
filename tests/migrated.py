"""A migrated, empty database file, made once: migrating takes ten seconds each time anew.

Its name tells of which migrations and libraries it was made; another branch has its own.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from tests.e2e.server import ROOT, manage

FOLDER = ROOT / "var" / "tests"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """The suite's own database in memory begins with it; `migrate` adds whatever it lacks."""
    connection_created.connect(_fill)


def _fill(connection: BaseDatabaseWrapper, **_signal: object) -> None:
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        return
    [version] = connection.connection.execute("PRAGMA schema_version").fetchone()
    if version:
        return
    with closing(sqlite3.connect(migrated_file())) as migrated:
        migrated.backup(connection.connection)


def copy_migrated(to: Path) -> None:
    shutil.copy(migrated_file(), to)


def migrated_file() -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(FOLDER / ".lock"):
        path = FOLDER / f"migrated-{_digest()}.sqlite3"
        if not path.exists():
            for stale in FOLDER.glob("migrated-*.sqlite3"):
                stale.unlink()
            _migrate(path)
    return path


def _migrate(path: Path) -> None:
    with TemporaryDirectory(dir=FOLDER) as folder:
        making = Path(folder) / "migrated.sqlite3"
        manage("migrate", "--verbosity", "0", database=making)
        with closing(sqlite3.connect(making)) as database:
            database.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        making.rename(path)


def _digest() -> str:
    """Of what decides what `migrate` leaves: migrations, and models, whose locks it installs."""
    sources = [ROOT / "requirements.lock", *ROOT.glob("*/migrations/*.py")]
    for pattern in ("*/apps.py", "*/models.py", "*/models/*.py", "audit/*.py"):
        sources += ROOT.glob(pattern)
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Among the processes of the suite."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
