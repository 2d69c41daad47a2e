"""Browser journeys: a worker's share one server, whose database is set back before each.

def test_a_teacher_logs_in(page):            a page of 1366 x 768
def test_a_parent_reads(open_window):        phone = open_window(width=360, height=800)

Every window is a person of its own, with its own cookies.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.e2e.server import ROOT, Database, manage, running_server, wait_until_idle
from tests.e2e.sessions import open_sessions
from tests.migrated import copy_migrated, one_at_a_time

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE_WIDTH = 480

expect.set_options(timeout=15_000)  # a loaded machine is slow, and nothing else

OpenWindow = Callable[..., Page]


class Scheduling(LoadScopeScheduling):
    """The files named go to one process as a whole, and first: their PostgreSQL is seeded once.

    The mark xdist_group asks for the same, and pytest-xdist 3.8 does not see it in pytest 9.2.
    """

    together = ("test_nothing_is_lost.py",)

    def _split_scope(self, nodeid: str) -> str:
        file, _, _test = nodeid.partition("::")
        return file if file.endswith(self.together) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    return Scheduling(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.e2e)


def prepare(database: Database) -> None:
    """What every journey finds in its database."""
    if isinstance(database, Path):
        copy_migrated(database)
    else:
        manage("migrate", "--verbosity", "0", database=database)
    size = os.environ.get("DEMO_SIZE", "--streams 1 --pupils 6")
    manage("seed_demo", *size.split(), database=database)
    open_sessions(database)


@pytest.fixture(scope="session", autouse=True)
def prepared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeded once for all processes of the run. Seeding makes a demo authority; each process goes
    on with one of its own, which its servers trust.
    """
    seeded = tmp_path_factory.getbasetemp() / "seeded"
    if "PYTEST_XDIST_WORKER" in os.environ:
        seeded = seeded.parent.parent / "seeded"
    with one_at_a_time(seeded.with_name("seeding.lock")):
        if not seeded.exists():
            seed(seeded)
    folder = tmp_path_factory.mktemp("prepared") / "copy"
    shutil.copytree(seeded, folder)
    trust_in(folder)
    return folder


def seed(folder: Path) -> None:
    """In a folder of another name until it is complete."""
    unfinished = folder.with_name("unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    (unfinished / "database").mkdir(parents=True)
    trust_in(unfinished)
    prepare(unfinished / "database" / "hocba.sqlite3")
    unfinished.rename(folder)


def trust_in(folder: Path) -> None:
    os.environ["SIGNING_TRUST_FILE"] = str(folder / "demo-ca" / "trust.pem")


@pytest.fixture(scope="session")
def prepared_database(prepared_folder: Path) -> Path:
    return prepared_folder / "database" / "hocba.sqlite3"


@pytest.fixture(scope="session")
def static_files() -> None:
    # pytest has put the tests' settings into the environment; they know no hashed names.
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "hocba.settings"}
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with one_at_a_time(folder / ".static.lock"):
        subprocess.run(["make", "--silent", "static-files"], cwd=ROOT, env=variables, check=True)


@pytest.fixture
def own_database(prepared_database: Path, tmp_path: Path) -> Path:
    """For a journey that kills its server."""
    # The whole folder: what SQLite has not yet written back lies in files beside the database.
    return Path(shutil.copytree(prepared_database.parent, tmp_path / "database")) / "hocba.sqlite3"


@dataclass(frozen=True)
class Site:
    url: str
    database: Path


@pytest.fixture(scope="session")
def running_site(
    prepared_database: Path, static_files: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    database = folder / "hocba.sqlite3"
    set_back(database, prepared_database)
    with running_server(database=database, log=folder / "server.log") as url:
        yield Site(url, database)


@pytest.fixture
def database(running_site: Site, prepared_database: Path) -> Path:
    """Set back twice: a page that was closed has sent what it had left."""
    set_back(running_site.database, prepared_database)  # it ends every session
    wait_until_idle(running_site.url)
    set_back(running_site.database, prepared_database)
    return running_site.database


@pytest.fixture
def site(running_site: Site, database: Path) -> str:
    return running_site.url


def set_back(database: Path, prepared: Path) -> None:
    """Under the running server, which sees the change as it sees that of another process."""
    with (
        closing(sqlite3.connect(prepared)) as source,
        closing(sqlite3.connect(database, timeout=20)) as target,
    ):
        source.backup(target)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    # Not longer than a module: its event loop must have ended before a test of another
    # folder touches Django's database in this process.
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser found wrong: scripts that failed, what the security policy stopped."""
    complaints: list[str] = []
    yield complaints
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def open_window(browser: Browser, site: str, complaints: list[str]) -> Iterator[OpenWindow]:
    contexts: list[BrowserContext] = []

    def open_window(*, width: int = 1366, height: int = 768) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            has_touch=width <= PHONE_WIDTH,
            is_mobile=width <= PHONE_WIDTH,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return listen(context.new_page(), complaints=complaints)

    yield open_window
    for context in contexts:
        context.close()


def listen(page: Page, *, complaints: list[str]) -> Page:
    def on_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("console", on_console)
    return page


@pytest.fixture
def page(open_window: OpenWindow) -> Page:
    return open_window()


@pytest.fixture
def phone(open_window: OpenWindow) -> Page:
    return open_window(width=360, height=800)
