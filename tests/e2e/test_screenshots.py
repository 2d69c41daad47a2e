"""The pictures of the README. `make screenshots` keeps them; elsewhere they are only taken."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.people import follow
from tests.e2e.sessions import come_in


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_five_pages_are_pictured(open_window: OpenWindow, album: Path) -> None:
    teacher = open_window(width=1280, height=800)
    come_in(teacher, "gv5a")
    take(teacher, album / "teachers-desk.png")
    follow(teacher, "lớp 5A")
    follow(teacher, "Tiếng Việt")
    take(teacher, album / "results-grid.png")

    principal = open_window(width=1280, height=800)
    come_in(principal, "hieutruong")
    take(principal, album / "principals-desk.png")
    principal.get_by_role("link", name=re.compile("^Lớp .+ · Giữa học kỳ II")).first.click()
    expect(principal.get_by_role("button", name=re.compile("^Ký duyệt lớp"))).to_be_visible()
    take(principal, album / "sign-off.png")

    mother = open_window(width=360, height=800)
    come_in(mother, "phuhuynh")
    mother.locator("main a[href^='/children/']").last.click()
    expect(mother.get_by_text("Hoàn thành").first).to_be_visible()
    take(mother, album / "parents-card.png")


def take(page: Page, path: Path) -> None:
    page.evaluate("document.fonts.ready")
    page.screenshot(path=path)
    assert path.stat().st_size > 10_000
