"""Rows of a table about the grid: where one stands, what one does, what stands there then."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.e2e.sessions import come_in

HUMAN_MS = 30  # an input method is faster, fingers are not
START, END, ALL = "start", "end", "all"
OPEN_PERIOD = "mid_term_2"
LONG_TEXT = "Em chăm học, hay phát biểu và biết giúp bạn; cần viết số cẩn thận hơn. " * 6
LETTERS_OF_CELLS = {"level": "T", "score": "7", "number": "3", "text": "Đọc to."}


@dataclass(frozen=True)
class Case:
    """A cell is named by its row, from 0, and its column; all cells of a kind begin alike."""

    at: str
    keys: str
    to: str
    leaves: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    caret: str = END
    block: int = 0
    says: str = ""

    def __str__(self) -> str:
        return f"{self.at} ({self.caret}) {self.keys}"


PLAN = """
({at, caret, texts, given}) => {
  const form = document.querySelector("form[data-grid]");
  const rows = Array.from(document.querySelectorAll("tbody .grid__row"));
  const find = (name) => {
    const [index, column] = name.split(" ");
    const row = index === "last" ? rows.at(-1) : rows[index];
    return row.querySelector(`.grid__control[name$="-${column}"]`);
  };
  document.activeElement.blur();
  for (const control of form.querySelectorAll(".grid__row .grid__control")) {
    control.value = texts[control.dataset.kind];
  }
  for (const [name, value] of Object.entries(given)) find(name).value = value;
  form.dispatchEvent(new CustomEvent("grid:settled", { bubbles: true, detail: { cells: [] } }));
  const control = find(at);
  control.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  control.focus();
  if (control.tagName === "SELECT") return;
  const end = control.value.length;
  control.setSelectionRange(caret === "end" ? end : 0, caret === "start" ? 0 : end);
}
"""

LOOK = """
(names) => {
  const rows = Array.from(document.querySelectorAll("tbody .grid__row"));
  const nameOf = (control) => {
    const index = rows.indexOf(control.closest("tr"));
    const column = control.name?.replace(/^e[0-9]+-/, "") ?? control.tagName;
    return `${index === rows.length - 1 ? "last" : index} ${column}`;
  };
  const values = {};
  for (const control of document.querySelectorAll("form[data-grid] .grid__row .grid__control")) {
    values[nameOf(control).replace("last", rows.length - 1)] = control.value;
  }
  return {
    at: nameOf(document.activeElement),
    values,
    block: document.querySelectorAll("td[data-selected]").length,
    says: document.querySelector("[data-grid-hint]").textContent,
  };
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


def open_grid(page: Page, path: str = "subjects/toan/") -> Page:
    """The grid of a teacher's class: a subject with scores, or what her homeroom needs."""
    come_in(page, "gv5a")
    href = page.get_by_role("link", name=re.compile("lớp 5A")).first.get_attribute("href")
    page.goto(re.sub(r"(/classes/\d+)/.*", rf"\1/{OPEN_PERIOD}/{path}", href or ""))
    wait_for_scripts(page)
    return page


def wait_for_scripts(page: Page) -> None:
    expect(page.get_by_role("button", name="Phím tắt")).to_be_visible()


def stand(page: Page, case: Case) -> None:
    page.evaluate(
        PLAN,
        {"at": case.at, "caret": case.caret, "texts": LETTERS_OF_CELLS, "given": case.given},
    )


def press(page: Page, key: str) -> None:
    """The browser's driver knows no keyboard that has "đ"."""
    if key.isascii():
        page.keyboard.press(key)
    else:
        page.evaluate(SEND, [{"key": key}])
    page.wait_for_timeout(HUMAN_MS)


def failure_of(page: Page, case: Case) -> str:
    """What came out otherwise than the row of the table says; nothing when all is right."""
    stand(page, case)
    before = page.evaluate(LOOK)["values"]
    for key in case.keys.split():
        press(page, key)
    after = page.evaluate(LOOK)
    changed = {name: value for name, value in after["values"].items() if value != before[name]}
    wanted = {name: value for name, value in case.leaves.items() if value != before[name]}
    seen = (after["at"], changed, after["block"], case.says in after["says"] and after["says"])
    expected = (case.to, wanted, case.block, after["says"] if case.says else "")
    return "" if seen == expected else f"{case} gave {seen}"


def failures_of(page: Page, cases: list[Case]) -> list[str]:
    return [failure for case in cases if (failure := failure_of(page, case))]
