"""The keys of the grid, one line a key: where one stands, what is pressed, where one arrives."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.people import log_in

HUMAN_MS = 40
LONG_TEXT = "Em chăm học, hay phát biểu và biết giúp bạn; cần viết số cẩn thận hơn. " * 6
START, END, ALL = "start", "end", "all"


@dataclass(frozen=True)
class Case:
    """A cell is named by its row, from 0, and its column; the caret stands at its end."""

    at: str
    keys: str
    to: str
    caret: str = END
    text: str = "Đọc to."
    leaves: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.at} ({self.caret}) {self.keys}"


CASES = [
    # Down and up the column
    Case("0 level", "Enter", "1 level"),
    Case("0 level", "ArrowDown", "1 level"),
    Case("1 level", "ArrowUp", "0 level"),
    Case("1 level", "Shift+Enter", "0 level"),
    Case("0 score", "Enter", "1 score"),
    Case("0 score", "ArrowDown ArrowDown", "2 score"),
    Case("2 score", "Shift+Enter ArrowUp", "0 score"),
    Case("0 comment", "Enter", "1 comment", leaves={"0 comment": "Đọc to."}),
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
    Case("0 score", "ArrowLeft", "0 score", caret=END),
    Case("0 score", "ArrowRight", "0 comment", caret=END),
    Case("0 score", "ArrowLeft", "0 level", caret=ALL),
    Case("0 comment", "ArrowLeft", "0 comment", caret=END),
    Case("0 comment", "ArrowLeft", "0 score", caret=START),
    Case("0 level", "Tab", "0 score"),
    Case("0 score", "Tab Tab", "1 level"),
    Case("1 level", "Shift+Tab", "0 comment"),
    # The ends of the row
    Case("0 level", "End", "0 comment"),
    Case("0 comment", "Home", "0 comment", caret=END),
    Case("0 comment", "Home Home", "0 level", caret=END),
    Case("0 score", "Home", "0 level", caret=START),
    # Levels
    Case("0 level", "t", "1 level", leaves={"0 level": "T"}),
    Case("0 level", "h", "1 level", leaves={"0 level": "H"}),
    Case("0 level", "C", "1 level", leaves={"0 level": "C"}),
    Case("0 level", "m h c", "3 level", leaves={"0 level": "M", "1 level": "H", "2 level": "C"}),
    Case("0 level", "Delete", "0 level", leaves={"0 level": ""}),
    Case("0 level", "Backspace", "0 level", leaves={"0 level": ""}),
    Case("0 level", "x", "0 level", leaves={"0 level": "T"}),
    Case("0 level", "Control+h", "0 level", leaves={"0 level": "T"}),
    # Typing over, taking back
    Case("0 score", "ArrowDown 9", "1 score", leaves={"1 score": "9"}),
    Case("0 score", "Backspace 5 Escape", "0 score", leaves={"0 score": "7"}),
    Case("0 comment", "x y Escape", "0 comment", leaves={"0 comment": "Đọc to."}),
    Case("0 level", "ArrowDown Delete Escape", "1 level", leaves={"1 level": "T"}),
    # Lines of a comment
    Case("0 comment", "Alt+Enter x", "0 comment", leaves={"0 comment": "Đọc to.\nx"}),
    Case("0 comment", "Shift+Enter x", "0 comment", leaves={"0 comment": "Đọc to.\nx"}),
    Case("1 comment", "ArrowDown", "2 comment", text=LONG_TEXT, caret=END),
    Case("1 comment", "ArrowDown", "1 comment", text=LONG_TEXT, caret=START),
    Case("1 comment", "ArrowUp", "0 comment", text=LONG_TEXT, caret=START),
]

TRAIT_CASES = [
    Case("0 level", "d", "1 level", leaves={"0 level": "Đ"}),
    Case("0 level", "đ", "1 level", leaves={"0 level": "Đ"}),
    Case("0 level", "Đ", "1 level", leaves={"0 level": "Đ"}),
    Case("0 level", "t c", "2 level", leaves={"0 level": "T", "1 level": "C"}),
    Case("0 level", "h", "0 level", leaves={"0 level": "T"}),
]

PLAN = """
({text, at, caret}) => {
  const rows = Array.from(document.querySelectorAll("tbody .grid__row"));
  for (const row of rows) {
    for (const control of row.querySelectorAll(".grid__control")) {
      control.value = { level: "T", score: "7", text }[control.dataset.kind];
    }
  }
  const [index, kind] = at.split(" ");
  const row = index === "last" ? rows.at(-1) : rows[index];
  const control = row.querySelector(`[data-kind=${kind === "comment" ? "text" : kind}]`);
  control.focus();
  if (kind === "level") return;
  const end = control.value.length;
  control.setSelectionRange(caret === "end" ? end : 0, caret === "start" ? 0 : end);
}
"""

PLACE = """
() => {
  const control = document.activeElement;
  const rows = Array.from(document.querySelectorAll("tbody .grid__row"));
  const index = rows.indexOf(control.closest("tr"));
  const kind = control.dataset.kind === "text" ? "comment" : control.dataset.kind;
  return `${index === rows.length - 1 ? "last" : index} ${kind}`;
}
"""


SEND = """
(events) => {
  for (const { key, ...rest } of events) {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...rest });
    document.activeElement.dispatchEvent(event);
  }
}
"""


@pytest.fixture
def grid(open_window: OpenWindow) -> Page:
    """A teacher's open grid with scores and comments."""
    page = open_window()
    log_in(page, "gv5a")
    page.goto("/")
    page.get_by_role("link", name=re.compile("lớp 5A")).first.click()
    page.get_by_role("link", name="Toán").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Toán")
    return page


def value_of(page: Page, cell: str) -> str:
    index, kind = cell.split(" ")
    kind = "text" if kind == "comment" else kind
    row = page.locator("tbody .grid__row").nth(int(index))
    return row.locator(f"[data-kind={kind}]").first.input_value()


def press(page: Page, key: str) -> None:
    """The browser's driver knows no keyboard that has "đ"."""
    if key.isascii():
        page.keyboard.press(key)
    else:
        page.evaluate(SEND, [{"key": key}])


def failure_of(page: Page, case: Case) -> str:
    page.evaluate(PLAN, {"text": case.text, "at": case.at, "caret": case.caret})
    for key in case.keys.split():
        press(page, key)
        page.wait_for_timeout(HUMAN_MS)
    arrived = page.evaluate(PLACE)
    left = {cell: value_of(page, cell) for cell in case.leaves}
    return "" if (arrived, left) == (case.to, case.leaves) else f"{case} gave {arrived}, {left}"


def test_every_key_of_the_subject_grid(grid: Page) -> None:
    failures = [failure_of(grid, case) for case in CASES]

    assert not [failure for failure in failures if failure]


def test_every_level_key_of_the_trait_grid(grid: Page) -> None:
    grid.goto(re.sub("subjects/.*", "traits/", grid.url))

    failures = [failure_of(grid, case) for case in TRAIT_CASES]

    assert not [failure for failure in failures if failure]
    check_axe(grid)


def test_input_methods_are_left_alone(grid: Page) -> None:
    grid.evaluate(PLAN, {"text": "", "at": "0 level", "caret": END})
    for event in (
        {"key": "Process"},
        {"key": "h", "isComposing": True},
        {"key": "Enter", "isComposing": True},
    ):
        grid.evaluate(SEND, [event])

    assert grid.evaluate(PLACE) == "0 level"
    assert value_of(grid, "0 level") == "T"


def test_a_letter_that_an_input_method_writes_anew_counts_once(grid: Page) -> None:
    """Telex turns a third "d" into backspace, "d", "d" faster than fingers can."""
    grid.evaluate(PLAN, {"text": "", "at": "0 level", "caret": END})
    grid.evaluate(SEND, [{"key": "Backspace"}, {"key": "c"}, {"key": "c"}])

    assert grid.evaluate(PLACE) == "1 level"
    assert (value_of(grid, "0 level"), value_of(grid, "1 level")) == ("C", "T")


def test_changes_are_counted_until_they_are_saved(grid: Page) -> None:
    # Given a page with nothing typed
    count = grid.get_by_text(re.compile(r"Có \d+ thay đổi chưa lưu"))
    expect(count).to_have_count(0)

    # When two cells of one pupil are changed
    row = grid.locator("tbody .grid__row").first
    row.locator("[data-kind=text]").fill("Nhớ bảng nhân 7.")
    row.locator("[data-kind=score]").fill("10")

    # Then both are counted, and the row says so
    expect(grid.get_by_text("Có 2 thay đổi chưa lưu")).to_be_visible()
    expect(row.get_by_text("Chưa lưu")).to_be_visible()

    # And leaving is asked about
    questions: list[str] = []
    grid.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.dismiss()))
    grid.get_by_role("link", name="Bàn làm việc").first.click()
    grid.wait_for_timeout(200)
    assert questions == ["beforeunload"]

    # When they are saved by the keyboard
    row.locator("[data-kind=score]").press("Control+s")

    # Then nothing is left to save
    expect(grid.get_by_text("Đã lưu 1 học sinh.")).to_be_visible()
    expect(count).to_have_count(0)
    check_axe(grid)


def test_a_wrong_score_stays_and_the_summary_has_the_focus(grid: Page) -> None:
    row = grid.locator("tbody .grid__row").first
    row.locator("[data-kind=score]").fill("7,5")
    grid.get_by_role("button", name="Lưu").click()

    expect(grid.locator("#error-summary")).to_be_focused()
    check_axe(grid)
    grid.locator("#error-summary a").click()
    expect(row.locator("[data-kind=score]")).to_be_focused()
    expect(row.locator("[data-kind=score]")).to_have_value("7,5")


def test_two_teachers_and_one_cell(open_window: OpenWindow, grid: Page) -> None:
    # Given the same page in a second window, where a comment is saved
    second = open_window()
    log_in(second, "gv5a")
    second.goto(grid.url)
    second.locator("[data-kind=text]").first.fill("Bản thứ hai.")
    second.get_by_role("button", name="Lưu").click()
    expect(second.get_by_text("Đã lưu 1 học sinh.")).to_be_visible()

    # When the first window saves another text
    comment = grid.locator("[data-kind=text]").first
    comment.fill("Bản thứ nhất.")
    grid.get_by_role("button", name="Lưu").click()

    # Then both stand there, and the cell follows the choice
    mine = grid.get_by_label("Thầy/cô vừa gõ")
    theirs = grid.get_by_label("Đang lưu")
    check_axe(grid)
    theirs.check()
    expect(comment).to_have_value("Bản thứ hai.")
    mine.check()
    expect(comment).to_have_value("Bản thứ nhất.")

    # And what was typed after a choice is kept as one's own
    theirs.check()
    comment.fill("Bản thứ ba.")
    expect(mine).to_be_checked()
    grid.get_by_role("button", name="Lưu").click()
    expect(grid.get_by_text("Đã lưu 1 học sinh.")).to_be_visible()
    expect(comment).to_have_value("Bản thứ ba.")
