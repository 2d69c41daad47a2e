"""The keys of the grids, one line a key: where one stands, what is pressed, what comes of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.grid_cases import (
    ALL,
    LONG_TEXT,
    START,
    Case,
    failures_of,
    open_grid,
    press,
    stand,
)
from tests.e2e.grids import SAVED

LONG = {"1 comment": LONG_TEXT}
TEN = "Điểm là số nguyên từ 1 đến 10"
WHOLE = "Không cho điểm thập phân"

MOVES = [
    # Down and up the column
    Case("0 level", "Enter", "1 level"),
    Case("0 level", "ArrowDown", "1 level"),
    Case("1 level", "ArrowUp", "0 level"),
    Case("1 level", "Shift+Enter", "0 level"),
    Case("0 score", "Enter", "1 score"),
    Case("0 score", "ArrowDown ArrowDown", "2 score"),
    Case("2 score", "Shift+Enter ArrowUp", "0 score"),
    Case("0 comment", "Enter", "1 comment"),
    Case("1 comment", "Shift+Enter", "0 comment"),
    Case("0 comment", "ArrowDown", "1 comment"),
    Case("1 comment", "ArrowUp", "0 comment"),
    # The edges of the sheet
    Case("0 level", "ArrowUp", "0 level"),
    Case("last level", "Enter", "last level"),
    Case("0 level", "ArrowLeft", "0 level"),
    Case("0 comment", "ArrowRight", "0 comment"),
    # Along the row
    Case("0 level", "ArrowRight", "0 score"),
    Case("0 level", "ArrowRight ArrowRight", "0 comment"),
    Case("0 score", "ArrowLeft", "0 level", caret=START),
    Case("0 score", "ArrowLeft", "0 score"),
    Case("0 score", "ArrowRight", "0 comment"),
    Case("0 score", "ArrowLeft", "0 level", caret=ALL),
    Case("0 comment", "ArrowLeft", "0 comment"),
    Case("0 comment", "ArrowLeft", "0 score", caret=START),
    Case("0 level", "Tab", "0 score"),
    Case("0 score", "Tab Tab", "1 level"),
    Case("1 level", "Shift+Tab", "0 comment"),
    # The ends of the row, of the sheet, of the screen
    Case("0 level", "End", "0 comment"),
    Case("0 comment", "Home", "0 comment"),
    Case("0 comment", "Home Home", "0 level"),
    Case("0 score", "Home", "0 level", caret=START),
    Case("2 score", "Control+Home", "0 level", caret=ALL),
    Case("0 level", "Control+End", "last comment"),
    Case("2 comment", "Control+Home", "2 comment"),
    Case("2 comment", "Control+Home Control+Home", "0 level"),
    Case("0 level", "PageDown", "last level"),
    Case("last comment", "PageUp", "0 comment"),
    # In a long comment the arrows move the caret first
    Case("1 comment", "ArrowDown", "2 comment", given=LONG),
    Case("1 comment", "ArrowDown", "1 comment", given=LONG, caret=START),
    Case("1 comment", "ArrowUp", "0 comment", given=LONG, caret=START),
]

LEVELS = [
    Case("0 level", "t", "1 level", given={"0 level": ""}, leaves={"0 level": "T"}),
    Case("0 level", "h", "1 level", leaves={"0 level": "H"}),
    Case("0 level", "C", "1 level", leaves={"0 level": "C"}),
    Case("0 level", "m h c", "3 level", {"0 level": "M", "1 level": "H", "2 level": "C"}),
    Case("last level", "h", "last level", leaves={"5 level": "H"}),
    Case("0 level", "Delete", "0 level", leaves={"0 level": ""}),
    Case("0 level", "Backspace", "0 level", leaves={"0 level": ""}),
    Case("0 level", "x", "0 level", says="Mức “x” không có trong quy định; chỉ nhận: T, H, C, M."),
    Case("0 level", "9", "0 level", says="Mức “9” không có"),
    Case("0 level", "x ArrowDown", "1 level"),
    Case("0 level", "Control+h", "0 level"),
    Case("0 level", "ArrowDown Delete Escape", "1 level"),
]

SCORES = [
    Case("0 score", "9", "1 score", leaves={"0 score": "9"}, caret=ALL),
    Case("0 score", "2 8", "2 score", {"0 score": "2", "1 score": "8"}, caret=ALL),
    Case("last score", "9", "last score", leaves={"5 score": "9"}, caret=ALL),
    # 1 waits for its 0
    Case("0 score", "1", "0 score", leaves={"0 score": "1"}, caret=ALL),
    Case("0 score", "1 0", "1 score", leaves={"0 score": "10"}, caret=ALL),
    Case(
        "0 score",
        "1 0 1 0 8",
        "3 score",
        {"0 score": "10", "1 score": "10", "2 score": "8"},
        caret=ALL,
    ),
    Case("0 score", "1 Enter 8", "2 score", {"0 score": "1", "1 score": "8"}, caret=ALL),
    Case("0 score", "1 ArrowDown", "1 score", leaves={"0 score": "1"}, caret=ALL),
    Case("0 score", "1 Backspace 9", "1 score", leaves={"0 score": "9"}, caret=ALL),
    # What is no score stays where it was typed, with its sentence
    Case("0 score", "1 1", "0 score", leaves={"0 score": "11"}, caret=ALL, says=TEN),
    Case("0 score", "1 7", "0 score", leaves={"0 score": "17"}, caret=ALL, says=TEN),
    Case("0 score", "0", "0 score", leaves={"0 score": "0"}, caret=ALL, says="không cho điểm 0"),
    Case("0 score", "9", "0 score", leaves={"0 score": "79"}, says=TEN),
    Case("0 score", "9 , 5", "0 score", leaves={"0 score": "9,5"}, caret=ALL, says=WHOLE),
    Case("0 score", "9 . 5", "0 score", leaves={"0 score": "9.5"}, caret=ALL, says=WHOLE),
    Case("0 score", "8 0", "1 score", {"0 score": "8", "1 score": "0"}, caret=ALL, says="điểm 0"),
    Case(
        "0 score", "x", "0 score", leaves={"0 score": "x"}, caret=ALL, says="“x” không phải là số"
    ),
    Case("0 score", "x Enter", "1 score", leaves={"0 score": "x"}, caret=ALL),
    Case(
        "0 score", "x Enter ArrowUp", "0 score", {"0 score": "x"}, caret=ALL, says="“x” không phải"
    ),
    Case("0 score", "x Escape", "0 score", caret=ALL),
    Case("0 score", "Backspace", "0 score", leaves={"0 score": ""}, caret=ALL),
    Case("0 score", "1 1 Control+z", "0 score", caret=ALL),
]

TEXTS = [
    Case("0 comment", "x y Escape", "0 comment"),
    Case("0 comment", "Alt+Enter x", "0 comment", leaves={"0 comment": "Đọc to.\nx"}),
    Case("0 comment", "Control+Enter x", "0 comment", leaves={"0 comment": "Đọc to.\nx"}),
    Case("0 comment", "?", "0 comment", leaves={"0 comment": "Đọc to.?"}),
    Case("0 comment", "Delete", "0 comment", leaves={"0 comment": "ọc to."}, caret=START),
]

BLOCKS = [
    Case("0 level", "Shift+ArrowDown", "0 level", block=2),
    Case("0 level", "Shift+ArrowDown Shift+ArrowRight", "0 level", block=4),
    Case("1 level", "Shift+ArrowUp Shift+ArrowRight Shift+ArrowRight", "1 level", block=6),
    Case("0 level", "Shift+ArrowDown Shift+ArrowUp", "0 level", block=0),
    Case("0 level", "Shift+ArrowDown Escape", "0 level", block=0),
    Case("0 level", "Shift+ArrowDown ArrowDown", "1 level", block=0),
    Case("0 level", "Shift+PageDown", "0 level", block=6),
    Case("0 score", "Shift+ArrowDown", "0 score", block=2),
    Case("0 score", "Shift+ArrowLeft", "0 score", caret=ALL, block=2),
    Case("0 comment", "Shift+ArrowDown", "0 comment", block=2),
    Case("0 comment", "Shift+ArrowLeft", "0 comment", block=0),
    Case("0 comment", "Shift+ArrowLeft", "0 comment", caret=START, block=2),
    Case("1 level", "Control+a", "1 level", block=6),
    Case("1 level", "Control+a Control+a", "1 level", block=18),
    Case("1 comment", "Control+a", "1 comment", block=0),
    Case("1 comment", "Control+a Control+a", "1 comment", block=6),
    # What is done to a block is done to all of it
    Case("0 level", "Shift+ArrowDown h", "0 level", {"0 level": "H", "1 level": "H"}, block=2),
    Case(
        "0 score",
        "Shift+ArrowDown Shift+ArrowRight Delete",
        "0 score",
        {"0 score": "", "1 score": "", "0 comment": "", "1 comment": ""},
        block=4,
    ),
    Case(
        "0 level",
        "Shift+ArrowDown Shift+ArrowDown Control+d",
        "0 level",
        {"1 level": "C", "2 level": "C"},
        given={"0 level": "C"},
        block=3,
    ),
    Case(
        "0 level",
        "Shift+ArrowDown Shift+ArrowRight Control+d",
        "0 level",
        {"1 level": "C", "1 score": "5"},
        given={"0 level": "C", "0 score": "5"},
        block=4,
    ),
    Case("1 comment", "Control+d", "1 comment", {"1 comment": "Tốt."}, {"0 comment": "Tốt."}),
    Case("0 level", "Control+d", "0 level"),
    # A typed digit is for the one cell
    Case("0 score", "Shift+ArrowDown 9", "1 score", {"0 score": "9"}, caret=ALL),
    Case("0 comment", "Shift+ArrowDown x", "0 comment", {"0 comment": "Đọc to.x"}),
]

STEPS = [
    Case("0 level", "h Control+z", "0 level"),
    Case("0 level", "h Control+z Control+y", "0 level", leaves={"0 level": "H"}),
    Case("0 level", "h Control+z Control+Shift+z", "0 level", leaves={"0 level": "H"}),
    Case("0 level", "h c Control+z", "1 level", leaves={"0 level": "H"}),
    Case("0 level", "h c Control+z Control+z", "0 level"),
    Case("0 level", "h Control+z c Control+y", "1 level", leaves={"0 level": "C"}),
    Case("0 score", "9 8 Control+z", "1 score", leaves={"0 score": "9"}, caret=ALL),
    Case("0 score", "1 0 Control+z", "0 score", caret=ALL),
    Case("0 comment", "x y Control+z", "0 comment"),
    Case("0 comment", "x Enter y Control+z", "1 comment", leaves={"0 comment": "Đọc to.x"}),
    Case("0 level", "Shift+ArrowDown Delete Control+z", "0 level", block=2),
    Case("0 level", "Control+a h Control+z", "0 level", block=6),
    Case(
        "0 score",
        "Shift+ArrowDown Control+d Control+z Control+y",
        "1 score",
        {"1 score": "5"},
        given={"0 score": "5"},
    ),
    Case("0 level", "Delete Escape Control+z", "0 level", leaves={"0 level": ""}),
]

SUBJECT_CASES = [*MOVES, *LEVELS, *SCORES, *TEXTS, *BLOCKS, *STEPS]

TRAIT_CASES = [
    Case("0 yeu_nuoc", "d", "1 yeu_nuoc", leaves={"0 yeu_nuoc": "Đ"}),
    Case("0 yeu_nuoc", "đ", "1 yeu_nuoc", leaves={"0 yeu_nuoc": "Đ"}),
    Case("0 yeu_nuoc", "Đ", "1 yeu_nuoc", leaves={"0 yeu_nuoc": "Đ"}),
    Case("0 yeu_nuoc", "D", "1 yeu_nuoc", leaves={"0 yeu_nuoc": "Đ"}),
    Case("0 yeu_nuoc", "c d", "2 yeu_nuoc", {"0 yeu_nuoc": "C", "1 yeu_nuoc": "Đ"}),
    Case("0 yeu_nuoc", "h", "0 yeu_nuoc", says="chỉ nhận: T, Đ, C"),
    Case("0 yeu_nuoc", "Shift+ArrowDown Shift+ArrowRight", "0 yeu_nuoc", block=4),
]

RECORD_CASES = [
    Case("0 height_cm", "1 2 8 , 5 Enter", "1 height_cm", {"0 height_cm": "128,5"}, caret=ALL),
    Case(
        "0 absences_with_leave",
        "4 Enter",
        "1 absences_with_leave",
        {"0 absences_with_leave": "4"},
        caret=ALL,
    ),
    Case("0 absences_with_leave", "Control+a Control+d", "0 absences_with_leave", block=6),
    Case("0 absences_with_leave", "End", "0 specific_competence_comment", caret=ALL),
]

NOTE_CASES = [
    Case("0 text", "Enter", "1 text"),
    Case("1 text", "Control+d", "1 text", {"1 text": "Hay giúp bạn."}, {"0 text": "Hay giúp bạn."}),
    Case("1 text", "x Control+z", "1 text"),
]


@pytest.fixture
def grid(open_window: OpenWindow) -> Page:
    """A teacher's open grid with scores and comments."""
    return open_grid(open_window())


def test_every_key_of_the_subject_grid(grid: Page) -> None:
    assert failures_of(grid, SUBJECT_CASES) == []


@pytest.mark.parametrize(
    ("path", "cases"),
    [("traits/", TRAIT_CASES), ("records/", RECORD_CASES), ("notes/", NOTE_CASES)],
)
def test_every_key_of_the_other_grids(page: Page, path: str, cases: list[Case]) -> None:
    open_grid(page, path)

    assert failures_of(page, cases) == []
    check_axe(page)


def test_a_click_with_shift_selects_up_to_it(grid: Page) -> None:
    stand(grid, Case("0 level", "", ""))
    rows = grid.locator("tbody .grid__row")
    rows.nth(2).locator("[data-kind=score]").click(modifiers=["Shift"])

    assert grid.locator("td[data-selected]").count() == 6
    expect(grid.get_by_text("Đang chọn 3 hàng × 2 cột")).to_be_visible()
    expect(rows.nth(0).locator("[data-kind=level]")).to_be_focused()
    check_axe(grid)

    # A click without it begins anew
    rows.nth(1).locator("[data-kind=text]").click()
    assert grid.locator("td[data-selected]").count() == 0


def test_a_clicked_score_is_typed_over(grid: Page) -> None:
    stand(grid, Case("0 level", "", ""))
    score = grid.locator("[data-kind=score]").nth(1)
    score.click()
    press(grid, "9")

    expect(score).to_have_value("9")


def test_the_sheet_of_keys_opens_and_gives_the_focus_back(grid: Page) -> None:
    sheet = grid.get_by_role("dialog", name="Phím tắt của bảng nhập")
    for at, key in (("1 level", "?"), ("1 score", "?"), ("1 comment", "F1")):
        stand(grid, Case(at, "", ""))
        press(grid, key)
        expect(sheet.get_by_text("chọn cả cột")).to_be_visible()
        check_axe(grid)
        press(grid, "Escape")
        expect(sheet).to_be_hidden()
        assert grid.evaluate("document.activeElement.name").endswith(at.split()[1])

    grid.get_by_role("button", name="Phím tắt").click()
    sheet.get_by_role("button", name="Đóng").click()
    expect(sheet).to_be_hidden()


def test_without_scripts_the_keys_stand_at_the_foot(open_window: OpenWindow, grid: Page) -> None:
    browser = grid.context.browser
    page = browser.new_context(java_script_enabled=False, locale="vi-VN").new_page()
    page.context.add_cookies(grid.context.cookies())
    page.goto(grid.url)
    page.get_by_text("Phím tắt", exact=True).click()

    expect(page.get_by_text("trong ô điểm: ghi điểm rồi xuống em kế tiếp")).to_be_visible()
    page.context.close()


def test_changes_are_counted_until_they_are_saved(grid: Page) -> None:
    # Given a page with nothing typed
    state = grid.locator("[data-saving-state]")
    expect(state).to_be_hidden()

    # When three cells of one pupil are changed, and the server is not there
    grid.route("**/cells/", lambda route: route.abort())
    row = grid.locator("tbody .grid__row").first
    row.locator("[data-kind=text]").fill("Nhớ bảng nhân 7.")
    row.locator("[data-kind=score]").fill("10")
    row.locator("[data-kind=level]").select_option("T")

    # Then all are counted, and the row says so
    expect(state).to_contain_text("3 ô chưa lưu")
    expect(row.get_by_text(re.compile("Chưa lưu|Chờ mạng"))).to_be_visible()

    # When they are saved by the keyboard
    grid.unroute("**/cells/")
    row.locator("[data-kind=score]").press("Control+s")

    # Then nothing is left to save
    expect(state).to_have_text(SAVED)
    expect(row.get_by_text("Đã lưu")).to_be_visible()
    check_axe(grid)


def test_a_wrong_score_stays_and_has_the_focus(grid: Page) -> None:
    row = grid.locator("tbody .grid__row").first
    score = row.locator("[data-kind=score]")
    score.fill("7,5")
    grid.get_by_role("button", name="Lưu").click()

    expect(grid.get_by_text("Điểm KTĐK: Không cho điểm thập phân")).to_be_visible()
    expect(score).to_be_focused()
    expect(score).to_have_value("7,5")
    expect(row.get_by_text("Cần sửa")).to_be_visible()
    check_axe(grid)

    # And it is sent again only when it has changed
    sent: list[str] = []
    grid.on("request", lambda request: sent.append(request.url))
    grid.get_by_role("button", name="Lưu").click()
    grid.wait_for_timeout(300)
    assert not [url for url in sent if url.endswith("/cells/")]
    score.fill("7")
    grid.get_by_role("button", name="Lưu").click()
    expect(grid.locator("[data-saving-state]")).to_have_text(SAVED)
    expect(grid.locator(".grid__error")).to_have_count(0)
