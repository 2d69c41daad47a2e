"""The grid saves by itself: when, how often, and what it says meanwhile."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.conftest import OpenWindow
from tests.e2e.grid_cases import HUMAN_MS
from tests.e2e.grids import SAVED, GridWindow


@pytest.fixture
def window(open_window: OpenWindow) -> GridWindow:
    window = GridWindow(open_window())
    window.come_in()
    window.open_grid()
    return window


@pytest.fixture
def sent(window: GridWindow) -> list[Request]:
    requests: list[Request] = []
    window.page.on("request", lambda request: requests.append(request))
    return requests


def cells_in(request: Request) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(request.post_data or "{}")["cells"]
    return cells


def saves(sent: list[Request]) -> list[Request]:
    return [request for request in sent if request.url.endswith("/cells/")]


def test_a_text_is_saved_when_the_cell_is_left(window: GridWindow) -> None:
    window.type(0, "comment", "Đọc to.")
    expect(window.row(0).get_by_text("Chưa lưu")).to_be_visible()
    window.page.keyboard.press("Enter")

    expect(window.state).to_have_text(SAVED)
    expect(window.row(0).get_by_text("Chưa lưu")).to_have_count(0)


def test_a_row_says_what_lacks_until_nothing_does(window: GridWindow) -> None:
    row = window.row(0)
    window.cell(0, "level").select_option("")
    window.type(0, "score", "")
    window.type(0, "comment", "Đọc to hơn.")
    window.save()
    expect(window.state).to_have_text(SAVED)
    expect(row.get_by_text("Còn thiếu")).to_be_visible()

    window.cell(0, "level").select_option("H")
    window.type(0, "score", "7")
    window.save()
    expect(row.get_by_text("Đã lưu")).to_be_visible()


def test_a_text_is_saved_when_typing_pauses(window: GridWindow) -> None:
    window.type(0, "comment", "Đọc to, còn   ")

    expect(window.state).to_have_text(SAVED)
    # Nobody rewrites a text under the caret; it follows once the cell is left.
    expect(window.cell(0, "comment")).to_have_value("Đọc to, còn   ")
    window.page.keyboard.press("Enter")
    expect(window.cell(0, "comment")).to_have_value("Đọc to, còn")


def test_levels_are_saved_at_once_and_together(window: GridWindow, sent: list[Request]) -> None:
    values = [window.cell(number, "level").input_value() for number in range(4)]
    keys = ["c" if value != "C" else "h" for value in values]
    window.cell(0, "level").focus()
    for key in keys:
        window.page.keyboard.press(key)
        window.page.wait_for_timeout(HUMAN_MS)
    expect(window.state).to_have_text(SAVED)

    window.page.wait_for_timeout(1500)
    requests = saves(sent)
    assert len(requests) <= 2
    assert sum(len(cells_in(request)) for request in requests) == 4


def test_a_save_sends_what_the_page_was_made_from(window: GridWindow, sent: list[Request]) -> None:
    before = window.cell(0, "comment").input_value()
    window.type(0, "comment", "Mới.")
    window.save()
    expect(window.state).to_have_text(SAVED)

    [cell] = cells_in(saves(sent)[0])
    assert (cell["field"], cell["base"], cell["typed"]) == ("comment", before, "Mới.")


def test_what_was_saved_is_the_base_of_the_next_save(window: GridWindow) -> None:
    for text in ("Một.", "Hai.", "Ba."):
        window.type(0, "comment", text)
        window.save()
        expect(window.cell(0, "comment")).to_have_value(text)
        expect(window.state).to_have_text(SAVED)

    expect(window.page.locator(".conflict")).to_have_count(0)
    window.page.reload()
    expect(window.cell(0, "comment")).to_have_value("Ba.")


# What a page sends while it goes is not told to the test: the page itself notes it.
NOTE_WHAT_IS_SENT = """
() => {
  window.fetch = (url, { body }) => {
    sessionStorage.setItem("sent", body);
    return new Promise(() => {});
  };
}
"""


def test_what_is_typed_during_a_save_follows_it_when_the_page_goes(window: GridWindow) -> None:
    # Given a save that is still under way
    window.page.evaluate(NOTE_WHAT_IS_SENT)
    window.type(0, "comment", "Mới.")
    window.save()
    expect(window.state).to_contain_text("Đang lưu")

    # When more is typed and the page goes
    window.type(0, "comment", "Mới hơn.")
    window.page.reload()

    # Then the newer text goes out too, on what the older one will have made of the cell
    [cell] = json.loads(window.page.evaluate("sessionStorage.getItem('sent')"))["cells"]
    assert (cell["base"], cell["typed"]) == ("Mới.", "Mới hơn.")


def test_a_server_that_fails_is_asked_again(window: GridWindow) -> None:
    answers = [500, 503]
    window.page.route(
        "**/cells/",
        lambda route: route.fulfill(status=answers.pop()) if answers else route.continue_(),
    )
    window.type(0, "comment", "Ba lần.")
    window.save()

    expect(window.state).to_have_text(SAVED)
    assert not answers


def test_a_refused_page_says_so_and_keeps_the_text(window: GridWindow) -> None:
    sentence = "Thầy/cô không dạy lớp này nữa."
    window.page.route(
        "**/cells/",
        lambda route: route.fulfill(status=403, json={"sentence": sentence}),
    )
    window.type(0, "comment", "Còn đây.")
    window.save()

    expect(window.state).to_have_text(f"1 ô chưa lưu. {sentence} Chữ đã gõ vẫn còn trong bảng.")
    expect(window.cell(0, "comment")).to_have_value("Còn đây.")


def test_nothing_is_saved_in_the_name_of_another_teacher(
    window: GridWindow, sent: list[Request]
) -> None:
    # Given that somebody else has logged in in the same browser
    other = GridWindow(window.page.context.new_page())
    window.page.context.clear_cookies(name="sessionid")
    other.log_in("gv4a")

    # When the first teacher's page, still open, has something to save
    window.type(0, "comment", "Của cô Yến.")
    window.save()

    # Then it asks who is there, sends nothing, and says so
    expect(window.state).to_contain_text("tài khoản khác")
    assert not saves(sent)


def test_the_way_of_a_save_is_told_to_screen_readers_once(window: GridWindow) -> None:
    window.page.evaluate(
        """() => {
          window.told = [];
          const status = document.querySelector("[data-saving-announcement]");
          new MutationObserver(() => window.told.push(status.textContent))
            .observe(status, { childList: true });
        }"""
    )
    for number in range(2):
        window.type(number, "comment", "Đọc to, viết đẹp.")
        window.save()
        expect(window.state).to_have_text(SAVED)
    window.page.wait_for_timeout(1000)

    told = window.page.evaluate("window.told")
    assert len(told) == 1
    assert re.fullmatch(SAVED, told[0])


def test_without_scripts_the_same_page_is_a_form(open_window: OpenWindow, site: str) -> None:
    scripted = GridWindow(open_window())
    scripted.come_in()
    url = scripted.open_grid()
    browser = scripted.page.context.browser
    assert browser
    plain = browser.new_context(java_script_enabled=False, base_url=site, locale="vi-VN")
    plain.add_cookies(scripted.page.context.cookies())  # type: ignore[arg-type]
    page: Page = plain.new_page()
    page.goto(url)
    page.locator("[data-kind=text]").first.fill("Không cần JavaScript.")
    page.get_by_role("button", name="Lưu").click()

    expect(page.get_by_text("Đã lưu 1 học sinh.")).to_be_visible()
    plain.close()
