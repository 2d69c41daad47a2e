"""The clerk prints a class: a worker lays it out while she looks on, and she takes the file."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Pdf
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.people import log_in
from tests.e2e.server import ROOT, environment, running_server

CLASS_NAME = re.compile(r"^\d[A-Z]$")


@pytest.fixture
def printing_site(
    own_database: Path, static_files: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """With files of its own, which the worker shares."""
    monkeypatch.setenv("RENDERINGS_DIR", str(tmp_path / "renderings"))
    with running_server(database=own_database, log=tmp_path / "server.log") as url:
        yield url


@pytest.fixture
def site(printing_site: str) -> str:
    return printing_site


@contextmanager
def running_worker(database: Path) -> Iterator[None]:
    command = [sys.executable, "manage.py", "db_worker", "--interval", "0.2", "--verbosity=0"]
    worker = subprocess.Popen(["timeout", "120", *command], cwd=ROOT, env=environment(database))
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()


def test_the_clerk_prints_two_pupils_of_a_class(
    open_window: OpenWindow, own_database: Path
) -> None:
    # Given a clerk who chooses a class from her desk, and two of its pupils
    clerk = open_window()
    log_in(clerk, "vanthu")
    clerk.get_by_role("link", name=CLASS_NAME).first.click()
    expect(clerk.get_by_role("button", name="In các em đã chọn")).to_be_visible()
    check_axe(clerk)
    leave_two(clerk)

    # When she prints, she sees that the documents are made, and may look away
    clerk.get_by_role("button", name="In các em đã chọn").click()
    expect(clerk.get_by_text("Đã tạo tài liệu của 0 trên 2 em.")).to_be_visible()
    check_axe(clerk)
    with running_worker(own_database):
        # Then the page shows by itself that the file is there
        expect(clerk.get_by_text("Đã xong, có đủ 2 em.")).to_be_visible(timeout=60_000)
    check_axe(clerk)

    # And what she takes is the file to print, each pupil on a sheet of her own
    with clerk.expect_download() as taken:
        clerk.get_by_role("link", name="Tải tệp để in (PDF)").click()
    assert re.fullmatch(r"Học bạ lớp \d[A-Z], \d{4}-\d{4}\.pdf", taken.value.suggested_filename)
    with Pdf.open(BytesIO(Path(taken.value.path()).read_bytes())) as pdf, pdf.open_outline() as out:
        assert len(out.root) == 2

    # And the run stands among hers
    clerk.goto("/print-runs/")
    expect(clerk.get_by_text("Có tệp")).to_be_visible()


def leave_two(page: Page) -> None:
    boxes = page.get_by_role("checkbox")
    assert boxes.count() > 2
    for number in range(2, boxes.count()):
        boxes.nth(number).uncheck()
