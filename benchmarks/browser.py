"""The program as its users meet it: a demo school, its server, and Chromium in front of it."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.server import ROOT, environment, running_server

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
TEACHER = "gv5a"
PASSWORD = "hocba-demo-2026"  # noqa: S105
OPEN_GRID = "mid_term_2/subjects/toan/"


@contextmanager
def demo_site(*, pupils: int) -> Iterator[str]:
    """A school with one class a grade, each of so many pupils; its address."""
    with tempfile.TemporaryDirectory(prefix="hocba-benchmark-") as folder:
        database = Path(folder) / "demo.sqlite3"
        run(database, "collectstatic", "--no-input")
        run(database, "migrate")
        run(database, "seed_demo", "--streams", "1", "--pupils", str(pupils))
        with running_server(database=database, log=Path(folder) / "server.log") as url:
            yield url


def run(database: Path, *arguments: str) -> None:
    """A command of the program, without what it prints: figures stand alone."""
    command = [sys.executable, "manage.py", *arguments]
    surroundings = environment(database)
    subprocess.run(command, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def log_in(browser: Browser, url: str) -> Page:
    page = browser.new_context(base_url=url, locale="vi-VN").new_page()
    page.set_default_timeout(60_000)
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill(TEACHER)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_load_state()
    return page


def address_of_grid(page: Page) -> str:
    """The grid of a subject with scores, of the teacher's own class."""
    link = page.get_by_role("link", name=re.compile("lớp 5A")).first
    href = link.get_attribute("href") or ""
    return re.sub(r"(/classes/[0-9]+)/.*", rf"\1/{OPEN_GRID}", href)
