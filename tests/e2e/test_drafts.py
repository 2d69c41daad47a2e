"""What is typed and not saved lies in the browser, for the one who typed it and nobody else."""

import json
import os
import re
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import CHROMIUM, CHROMIUM_ARGUMENTS, OpenWindow
from tests.e2e.grids import SAVED, GridWindow
from tests.e2e.server import Database
from tests.e2e.sessions import end_all_sessions

TEXT = "Em còn nhầm phép chia có dư."
FIFTEEN_DAYS_MS = 15 * 24 * 60 * 60 * 1000

OPEN_WITH_OTHER_KEY = """
async ([record, encoded]) => {
  const bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const encoder = new TextEncoder();
  const secret = await crypto.subtle.importKey("raw", bytes(encoded), "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(),
                 info: encoder.encode("hocba drafts 1 texts") };
  const key = await crypto.subtle.deriveKey(
    hkdf, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const place = JSON.stringify([1, record.name, record.owner, record.written]);
  const box = { name: "AES-GCM", iv: bytes(record.iv), additionalData: encoder.encode(place) };
  try {
    const plain = await crypto.subtle.decrypt(box, key, bytes(record.sealed));
    return new TextDecoder().decode(plain);
  } catch (error) {
    return error.name;
  }
}
"""

CHANGE_SHELF = """
(change) => new Promise((resolve) => {
  const opening = indexedDB.open("hocba-drafts", 1);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction("drafts", "readwrite");
    const store = transaction.objectStore("drafts");
    store.getAll().onsuccess = ({ target }) => {
      for (const record of target.result) store.put({ ...record, ...change });
    };
    transaction.oncomplete = () => {
      opening.result.close();
      resolve();
    };
  };
})
"""


@pytest.fixture
def window(open_window: OpenWindow) -> GridWindow:
    window = GridWindow(open_window())
    window.come_in()
    return window


@pytest.fixture
def left_unsaved(window: GridWindow) -> GridWindow:
    """A text that could not be saved, and its page gone."""
    url = window.open_grid()
    window.page.context.set_offline(True)
    window.type(0, "comment", TEXT)
    window.save()
    expect(window.state).to_contain_text("đang chờ mạng")
    window.expect_shelf(1)
    window.wait_until_kept()
    return come_back(window.page, url)


def come_back(page: Page, url: str) -> GridWindow:
    """The page crashes, as it does in a computer without memory: it can send nothing any more."""
    with suppress(Error):
        page.goto("chrome://crash", timeout=3000)
    context = page.context
    page.close()
    context.set_offline(False)
    window = GridWindow(context.new_page())
    window.page.goto(url)
    expect(window.offer).to_be_visible()
    return window


def test_what_was_typed_without_a_network_is_offered_and_put_back(left_unsaved: GridWindow) -> None:
    # Then the notice says whose cell, which field, and what was typed
    expect(left_unsaved.offer).to_contain_text("Còn 1 ô thầy/cô đã gõ lúc")
    expect(left_unsaved.offer).to_contain_text("Nhận xét")
    expect(left_unsaved.offer).to_contain_text(TEXT)
    name = left_unsaved.row(0).locator("[data-pupil-name]").inner_text()
    expect(left_unsaved.offer).to_contain_text(name)
    check_axe(left_unsaved.page)

    # When it is put back
    left_unsaved.restore()

    # Then it is saved as if it had just been typed, and nothing stays in the browser
    expect(left_unsaved.cell(0, "comment")).to_have_value(TEXT)
    expect(left_unsaved.state).to_have_text(SAVED)
    expect(left_unsaved.offer).to_be_hidden()
    left_unsaved.expect_shelf(0)
    left_unsaved.page.reload()
    expect(left_unsaved.cell(0, "comment")).to_have_value(TEXT)


def test_what_is_dropped_is_gone(left_unsaved: GridWindow) -> None:
    expect(left_unsaved.offer).to_be_visible()
    left_unsaved.page.get_by_role("button", name="Bỏ", exact=True).click()

    expect(left_unsaved.offer).to_be_hidden()
    left_unsaved.expect_shelf(0)
    expect(left_unsaved.cell(0, "comment")).not_to_have_value(TEXT)


def test_a_reload_in_mid_word_loses_nothing(window: GridWindow) -> None:
    window.open_grid()
    window.page.route("**/cells/", lambda route: route.abort())
    window.type(0, "comment", TEXT)
    window.wait_until_kept()
    window.page.unroute("**/cells/")
    window.page.reload()

    # Either the page saved it while it went, or it is offered
    if window.cell(0, "comment").input_value() != TEXT:
        expect(window.offer).to_contain_text(TEXT)


def test_the_desk_leads_to_what_waits(left_unsaved: GridWindow) -> None:
    url = left_unsaved.page.url
    expect(left_unsaved.offer).to_be_visible()
    left_unsaved.page.goto("/")

    expect(left_unsaved.offer).to_contain_text("Trên máy này còn chữ thầy/cô đã gõ mà chưa lưu")
    check_axe(left_unsaved.page)
    left_unsaved.offer.get_by_role("link", name="Toán").click()
    assert left_unsaved.page.url == url
    expect(left_unsaved.offer).to_contain_text(TEXT)


def test_a_value_that_has_moved_on_is_asked_about(
    left_unsaved: GridWindow, open_window: OpenWindow
) -> None:
    # Given that the same cell was saved elsewhere meanwhile
    other = GridWindow(open_window())
    other.log_in()
    other.page.goto(left_unsaved.page.url)
    other.type(0, "comment", "Bản ở máy khác.")
    other.save()
    expect(other.state).to_have_text(SAVED)

    # When the draft is put back
    left_unsaved.page.reload()
    left_unsaved.restore()

    # Then nothing is overwritten before one is chosen
    expect(left_unsaved.page.get_by_label("Thầy/cô vừa gõ")).to_be_visible()
    expect(left_unsaved.page.get_by_label("Đang lưu")).to_be_visible()
    check_axe(left_unsaved.page)
    left_unsaved.page.get_by_label("Thầy/cô vừa gõ").check()
    expect(left_unsaved.state).to_have_text(SAVED)
    left_unsaved.expect_shelf(0)


def test_a_session_that_ends_keeps_the_text_until_the_next_log_in(
    window: GridWindow, database: Database
) -> None:
    # Given a session that the server has ended
    url = window.open_grid()
    end_all_sessions(database)
    window.type(0, "comment", TEXT)
    window.save()

    # Then the page says so, with the way to log in
    expect(window.state).to_contain_text("Phiên làm việc đã hết")
    expect(window.page.get_by_role("link", name="đăng nhập lại để lưu")).to_be_visible()
    check_axe(window.page)

    # When she logs in in another tab and comes back, it is saved by itself
    with window.page.context.expect_page() as opened:
        window.page.get_by_role("link", name="đăng nhập lại để lưu").click()
    GridWindow(opened.value).log_in()
    opened.value.close()
    window.page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(window.state).to_have_text(SAVED)
    window.page.goto(url)
    expect(window.cell(0, "comment")).to_have_value(TEXT)


def test_logging_out_keeps_the_text_for_its_owner(window: GridWindow) -> None:
    url = window.open_grid()
    window.type(0, "score", "9,5")
    window.save()
    expect(window.page.get_by_text("1 ô cần sửa")).to_be_visible()
    window.page.get_by_text("Huỳnh Minh Yến").click()
    window.page.get_by_role("button", name="Đăng xuất").click()
    expect(window.page.get_by_role("heading", name="Đăng nhập")).to_be_visible()

    window.log_in()
    window.page.goto(url)
    expect(window.offer).to_contain_text("Điểm KTĐK: 9,5")


def test_nobody_else_on_the_computer_can_read_it(left_unsaved: GridWindow) -> None:
    # Given another teacher, who logs in in the same browser
    window = left_unsaved
    url, row = window.page.url, window.row(0)
    name = row.locator("[data-pupil-name]").inner_text()
    window.page.context.clear_cookies()
    window.log_in("gv4a")

    # Then neither text nor name, class or address stands anywhere in the browser
    everything = json.dumps(
        [window.shelf(), window.page.evaluate("({...localStorage, ...sessionStorage})")],
        ensure_ascii=False,
    )
    [record] = window.shelf()
    for secret in (TEXT, name, "Nhận xét", "comment", "toan", re.sub("^https?://[^/]+", "", url)):
        assert secret not in everything

    # And her own key does not open it
    answer = window.page.request.get("/draft-key/").json()
    for key in answer["keys"]:
        assert window.page.evaluate(OPEN_WITH_OTHER_KEY, [record, key]) == "OperationError"

    # And she is offered nothing
    expect(window.offer).to_be_hidden()


def test_the_owners_key_opens_it(left_unsaved: GridWindow) -> None:
    """Or the test above would prove nothing."""
    [record] = left_unsaved.shelf()
    [key] = left_unsaved.page.request.get("/draft-key/").json()["keys"]

    assert TEXT in left_unsaved.page.evaluate(OPEN_WITH_OTHER_KEY, [record, key])


@pytest.mark.parametrize("change", [{"name": "elsewhere"}, {"written": 1_900_000_000_000}])
def test_a_record_that_was_moved_or_altered_is_not_opened(
    left_unsaved: GridWindow, change: dict[str, object]
) -> None:
    [record] = left_unsaved.shelf()
    [key] = left_unsaved.page.request.get("/draft-key/").json()["keys"]

    altered = {**record, **change}
    assert left_unsaved.page.evaluate(OPEN_WITH_OTHER_KEY, [altered, key]) == "OperationError"


def test_after_two_weeks_a_draft_is_purged(left_unsaved: GridWindow) -> None:
    expect(left_unsaved.offer).to_be_visible()
    [record] = left_unsaved.shelf()
    left_unsaved.page.evaluate(CHANGE_SHELF, {"written": record["written"] - FIFTEEN_DAYS_MS})
    left_unsaved.page.goto(re.sub("subjects/.*", "traits/", left_unsaved.page.url))

    left_unsaved.expect_shelf(0)


def test_the_page_says_so_where_nothing_can_be_kept(open_window: OpenWindow) -> None:
    page = open_window()
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    window = GridWindow(page)
    window.come_in()
    window.follow_to_grid()

    expect(page.get_by_text("Trình duyệt này không giữ được chữ chưa lưu")).to_be_visible()
    check_axe(page)
    page.route("**/cells/", lambda route: route.abort())
    window.type(0, "comment", TEXT)
    page.wait_for_timeout(500)
    assert not window.shelf()
    assert not page.evaluate("localStorage.length")

    # And leaving is asked about
    questions: list[str] = []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Bàn làm việc").first.click()
    page.wait_for_timeout(300)
    assert questions == ["beforeunload"]


def test_without_a_database_in_the_browser_the_plain_storage_keeps_it_sealed(
    open_window: OpenWindow,
) -> None:
    page = open_window()
    page.context.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    window = GridWindow(page)
    window.come_in()
    url = window.open_grid()
    page.context.set_offline(True)
    window.type(0, "comment", TEXT)
    window.wait_until_kept()
    window.expect_in_plain_storage(1)
    assert TEXT not in page.evaluate("JSON.stringify(localStorage)")

    window = come_back(page, url)
    expect(window.offer).to_contain_text(TEXT)


def test_a_browser_that_is_killed_keeps_what_was_typed(
    tmp_path: Path, site: str, playwright: Playwright
) -> None:
    profile = tmp_path / "profile"

    def open_browser() -> BrowserContext:
        return playwright.chromium.launch_persistent_context(
            profile,
            executable_path=CHROMIUM,
            args=CHROMIUM_ARGUMENTS,
            base_url=site,
            locale="vi-VN",
        )

    # Given a text of which the server knows nothing
    window = GridWindow(first_page(open_browser()))
    window.log_in()
    url = window.open_grid()
    window.page.route("**/cells/", lambda route: route.abort())
    window.type(0, "comment", TEXT)
    window.wait_until_kept()

    # When the browser is killed
    kill_browser(profile)

    # Then the next one offers it
    context = open_browser()
    window = GridWindow(first_page(context))
    window.log_in()
    window.page.goto(url)
    expect(window.offer).to_contain_text(TEXT)
    context.close()


def first_page(context: BrowserContext) -> Page:
    return context.pages[0]


def kill_browser(profile: Path) -> None:
    """The processes that were started with this profile, which no other browser has."""
    wanted = f"--user-data-dir={profile}".encode()
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and wanted in command_of(folder):
            os.kill(int(folder.name), signal.SIGKILL)


def command_of(folder: Path) -> list[bytes]:
    try:
        return (folder / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return []
