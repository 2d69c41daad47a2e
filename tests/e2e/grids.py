"""A teacher at her grid, as the journeys about saving see it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from hocba.demo.staff import DEMO_PASSWORD
from tests.e2e.sessions import come_in

TEACHER = "gv5a"
SAVED = re.compile(r"Đã lưu \d\d:\d\d")
CELLS = "**/cells/"
KINDS = {"level": "level", "score": "score", "comment": "text"}

SHELF = """
() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("hocba-drafts", 1);
  opening.onupgradeneeded = () =>
    opening.result.createObjectStore("drafts", { keyPath: "name" });
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const reading = opening.result.transaction("drafts").objectStore("drafts").getAll();
    reading.onsuccess = () => {
      opening.result.close();
      resolve(reading.result);
    };
  };
})
"""


@dataclass(frozen=True)
class GridWindow:
    page: Page

    def log_in(self, username: str = TEACHER) -> None:
        self.page.goto("/login/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        expect(self.page.get_by_role("heading", name="Chào thầy/cô")).to_be_visible()

    def come_in(self) -> None:
        come_in(self.page, TEACHER)

    def open_grid(self) -> str:
        """Its address, for later."""
        self.follow_to_grid()
        self.expect_key()
        return self.page.url

    def follow_to_grid(self) -> None:
        self.page.goto("/")
        self.page.get_by_role("link", name="Trang của lớp 5A").click()
        self.page.get_by_role("link", name="Toán").first.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Toán")

    def expect_key(self) -> None:
        """Fetched once the page is there; what is typed earlier is kept as soon as it has come."""
        expect(self.page.locator("[data-drafts=kept]")).to_have_count(1, timeout=15_000)

    def row(self, number: int) -> Locator:
        return self.page.locator("tbody .grid__row").nth(number)

    def cell(self, number: int, column: str) -> Locator:
        return self.row(number).locator(f"[data-kind={KINDS[column]}]")

    def type(self, number: int, column: str, text: str) -> None:
        """Key by key, over what stands there."""
        self.cell(number, column).click()
        self.cell(number, column).select_text()
        self.page.keyboard.type(text)

    def save(self) -> None:
        self.page.keyboard.press("Control+s")

    @property
    def state(self) -> Locator:
        return self.page.locator("[data-saving-state]")

    @property
    def offer(self) -> Locator:
        return self.page.locator("[data-drafts-notice]")

    def restore(self) -> None:
        self.page.get_by_role("button", name="Đưa lại vào bảng").click()

    def wait_until_kept(self) -> None:
        """Drafts are written 50 ms after a key; a slow disk takes its time."""
        expect(self.page.locator("[data-writing-drafts]")).to_have_count(0, timeout=15_000)

    def shelf(self) -> list[Mapping[str, Any]]:
        records: list[Mapping[str, Any]] = self.page.evaluate(SHELF)
        return records

    def expect_in_plain_storage(self, count: int) -> None:
        self._expect(lambda: self.page.evaluate("Object.keys(localStorage)"), count)

    def expect_shelf(self, count: int) -> None:
        self._expect(self.shelf, count)

    def _expect(self, look: Callable[[], Sequence[Any]], count: int) -> None:
        for _attempt in range(50):
            if len(look()) == count:
                return
            self.page.wait_for_timeout(100)
        assert len(look()) == count
