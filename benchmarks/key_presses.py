"""Key presses to fill 35 pupils' level, score and comment code, here and in a spreadsheet.

python -m benchmarks.key_presses

Here the keys are pressed in Chromium and counted where they arrive, Control and Shift too. In a
spreadsheet they are counted by a model that favours it: every value is typed and followed by
Enter; at the foot of a column, Ctrl+Up and the right arrow lead to the next one; the level is a
letter, the code stays a code (here it becomes the comment).
"""

from collections.abc import Iterator
from itertools import cycle, islice

from playwright.sync_api import Page

from benchmarks.browser import address_of_grid, chromium, demo_site, log_in
from benchmarks.figures import Figure, report

PUPILS = 35
LEVELS = ["t", "h", "h", "t", "h"]
SCORES = ["10", "7", "8", "9", "6"]
CODES = ["t1", "h1", "h2", "t2", "h3"]
TO_NEXT_COLUMN = 3  # Ctrl, Up, Right

COUNT = """
() => {
  window.keyPresses = 0;
  document.addEventListener("keydown", ({ repeat }) => {
    if (!repeat) window.keyPresses += 1;
  }, { capture: true });
}
"""
EMPTY = """
() => {
  for (const control of document.querySelectorAll(".grid__row .grid__control")) {
    control.value = "";
  }
  document.querySelector(".grid__control").focus();
}
"""
FILLED = """
(kind) => Array.from(document.querySelectorAll(`[data-kind=${kind}]`), ({ value }) => value)
"""


def main() -> None:
    with demo_site(pupils=PUPILS) as url, chromium() as browser:
        page = log_in(browser, url)
        page.goto(address_of_grid(page))
        page.locator("[data-open-keys]").wait_for()
        for figure in figures(page):
            report(figure)


def figures(page: Page) -> Iterator[Figure]:
    page.evaluate(COUNT)
    page.evaluate(EMPTY)
    fill(page)
    check(page)
    here: int = page.evaluate("window.keyPresses")
    there = presses_in_a_spreadsheet()
    yield Figure("key_presses.here", here, "keys for 35 pupils", at_most=there)
    yield Figure("key_presses.spreadsheet", there, "keys for 35 pupils")
    yield Figure("key_presses.share", 100 * here / there, "% of the spreadsheet's")


def fill(page: Page) -> None:
    """Column by column, as one does in a spreadsheet."""
    for level in for_each_pupil(LEVELS):
        press(page, level)
    press(page, "Control+Home", "ArrowRight")
    for score in for_each_pupil(SCORES):
        press(page, *score)
    press(page, "Control+Home", "ArrowRight", "ArrowRight")
    page.wait_for_load_state("networkidle")  # the comment bank comes with the first comment
    for code in for_each_pupil(CODES):
        press(page, *code, "Enter")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(30)  # as fast as fingers are, not faster


def check(page: Page) -> None:
    """The keys did what they were counted for."""
    levels = [level.upper() for level in for_each_pupil(LEVELS)]
    if page.evaluate(FILLED, "level") != levels:
        raise RuntimeError("Some level was not set.")
    if page.evaluate(FILLED, "score") != for_each_pupil(SCORES):
        raise RuntimeError("Some score was not set.")
    if any(len(comment) < 20 for comment in page.evaluate(FILLED, "text")):
        raise RuntimeError("Some code did not become a comment.")


def for_each_pupil(values: list[str]) -> list[str]:
    return list(islice(cycle(values), PUPILS))


def presses_in_a_spreadsheet() -> int:
    columns = [for_each_pupil(values) for values in (LEVELS, SCORES, CODES)]
    typed = sum(len(value) + len(["Enter"]) for column in columns for value in column)
    return typed + TO_NEXT_COLUMN * (len(columns) - 1)


if __name__ == "__main__":
    main()
