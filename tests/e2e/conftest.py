"""Browser journeys: each has its own database file, server and browser.

def test_a_teacher_logs_in(page):            a page of 1366 x 768
def test_a_parent_reads(open_window):        phone = open_window(width=360, height=800)

Every window is a person of its own, with its own cookies.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.e2e.server import ROOT, Database, manage, running_server

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.e2e)


def prepare(database: Database) -> None:
    """What every journey finds in its database."""
    manage("migrate", "--verbosity", "0", database=database)
    size = os.environ.get("DEMO_SIZE", "--streams 1 --pupils 6")
    manage("seed_demo", *size.split(), database=database)


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("prepared") / "hocba.sqlite3"
    prepare(database)
    return database


@pytest.fixture(scope="session")
def static_files() -> None:
    # pytest has put the tests' settings into the environment; they know no hashed names.
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "hocba.settings"}
    subprocess.run(["make", "--silent", "static-files"], cwd=ROOT, env=variables, check=True)


@pytest.fixture
def database(prepared_database: Path, tmp_path: Path) -> Path:
    # The whole folder: what SQLite has not yet written back lies in files beside the database.
    return Path(shutil.copytree(prepared_database.parent, tmp_path / "database")) / "hocba.sqlite3"


@pytest.fixture
def site(database: Path, static_files: None, tmp_path: Path) -> Iterator[str]:
    with running_server(database=database, log=tmp_path / "server.log") as url:
        yield url


@pytest.fixture
def browser() -> Iterator[Browser]:
    # Not shared between journeys: Playwright's event loop must have ended before a test
    # in the same process touches Django's database again.
    with sync_playwright() as playwright:
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
