"""A teacher types in a browser, and the server is killed 200 times: what is lost?

python -m benchmarks.kill_server

One kill in four takes the whole server, and the teacher logs in again; the others take the
process that does the work, and crash her page with it. The environment may set KILLS to another
number.
"""

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.database import fresh_database
from benchmarks.figures import Figure, report
from tests.e2e.conftest import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.e2e.server import Server

if TYPE_CHECKING:
    from tests.e2e.killing import Tally

KILLS = int(os.environ.get("KILLS", "200"))
KILLS_BETWEEN_REPORTS = 10
KILLS_OF_THE_WORKER = 4  # of so many kills all but one: starting the whole anew takes long
SEED = 2027
LONGEST = "7200"
PATIENCE_MS = 60_000  # a loaded machine is slow, and nothing else
PUPILS = 6


def main() -> None:
    with fresh_database("Kill the server in mid-save"):
        prepare()
        with tempfile.TemporaryDirectory(prefix="hocba-kill-") as folder:
            server = Server(database=database_url(), log=Path(folder) / "log", longest=LONGEST)
            server.start()
            try:
                kill_often(server)
            finally:
                server.kill()


def prepare() -> None:
    from django.core.management import call_command
    from django.db import connection

    with Path(os.devnull).open("w") as nowhere:
        call_command("seed_demo", "--streams", "1", "--pupils", str(PUPILS), stdout=nowhere)
    connection.close()


def database_url() -> str:
    """Of the database that was made for this run."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    named = urlsplit(os.environ["DATABASE_URL"])
    return named._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def kill_often(server: Server) -> None:
    from tests.e2e.killing import Killing

    with grid_page(server.url) as page:
        killing = Killing(server, page, random.Random(SEED))  # noqa: S311
        for number in range(1, KILLS + 1):
            if number % KILLS_OF_THE_WORKER == 0:
                killing.round()
            else:
                killing.round_of_crashes()
            if number % KILLS_BETWEEN_REPORTS == 0 or number == KILLS:
                for figure in figures(killing.tally):
                    report(figure)


@contextmanager
def grid_page(url: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        context = browser.new_context(base_url=url, locale="vi-VN")
        context.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        yield context.new_page()
        browser.close()


def figures(tally: "Tally") -> Iterator[Figure]:
    yield Figure("kill.kills", tally.kills, "kills")
    yield Figure("kill.in_mid_save", tally.kills_in_mid_save, "kills")
    yield Figure("kill.saves_acknowledged", tally.answers, "cells")
    yield Figure("kill.saves_acknowledged_lost", len(tally.answers_lost), "cells", at_most=0)
    yield Figure("kill.keystrokes", tally.keystrokes, "keystrokes")
    yield Figure("kill.texts_offered", tally.texts_offered, "cells")
    yield Figure("kill.keystrokes_lost", tally.keystrokes_lost, "keystrokes", at_most=0)


if __name__ == "__main__":
    main()
