"""Two people at the same moment, each in a thread with a connection of her own.

The threads need a database that several connections reach: on PostgreSQL the test database
itself, on SQLite a file with all that the test's own database in memory holds.
"""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

Act = Callable[[], object]

shared_database = pytest.mark.django_db(transaction=True)


class Rivals:
    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch

    def act_at_once(self, *acts: Act) -> list[object]:
        """What each returned, or the error that it met."""
        if connection.vendor == "sqlite":
            self.share()
        start = threading.Barrier(len(acts))
        outcomes: list[object] = [None] * len(acts)
        threads = [
            threading.Thread(target=_take_part, args=(start, act, outcomes, place))
            for place, act in enumerate(acts)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    def see(self, look: Act) -> object:
        """What stands in the shared database afterwards."""
        outcomes: list[object] = [None]
        thread = threading.Thread(target=_take_part, args=(threading.Barrier(1), look, outcomes, 0))
        thread.start()
        thread.join()
        return outcomes[0]

    def share(self) -> None:
        """Threads open their connection by these settings; the test's own stays as it is."""
        path = self.folder / "shared.sqlite3"
        connection.ensure_connection()
        with sqlite3.connect(path) as shared:
            connection.connection.backup(shared)
            shared.execute("PRAGMA journal_mode=WAL")
        shared.close()
        self.monkeypatch.setitem(
            connections.settings,
            DEFAULT_DB_ALIAS,
            {**connections.settings[DEFAULT_DB_ALIAS], "NAME": str(path)},
        )


def _take_part(start: threading.Barrier, act: Act, outcomes: list[object], place: int) -> None:
    start.wait()
    try:
        outcomes[place] = act()
    except Exception as error:  # noqa: BLE001  # the test looks at it
        outcomes[place] = error
    finally:
        connections.close_all()


@pytest.fixture
def rivals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rivals:
    return Rivals(tmp_path, monkeypatch)
