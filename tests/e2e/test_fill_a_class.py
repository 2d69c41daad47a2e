"""A teacher fills a class of 35 with her keyboard alone, from the log-in to the last comment."""

import re
from itertools import cycle, islice
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hocba.demo.staff import DEMO_PASSWORD
from tests.e2e.grid_cases import press, wait_for_scripts
from tests.e2e.grids import SAVED
from tests.e2e.server import manage

PUPILS = 35
LEVELS = list(islice(cycle("THHTC"), PUPILS))
SCORES = list(islice(cycle([10, 7, 5, 9, 4]), PUPILS))
CODES = list(islice(cycle(["t1", "h1", "h2", "t2", "c1"]), PUPILS))

FILL_UP = f"""
from schools.models import SchoolClass
from tests import factories
school_class = SchoolClass.objects.filter(name="5A").latest("school_year__first_year")
for number in range({PUPILS} - school_class.enrollments.count()):
    factories.enroll(factories.make_student(f"Phan Gia Bảo {{number}}"), school_class)
"""
FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
VALUES = """
(kind) => Array.from(
  document.querySelectorAll(`.grid__row [data-kind=${kind}]`), ({ value }) => value)
"""


@pytest.fixture
def class_of_35(database: Path) -> None:
    manage("shell", "--verbosity", "0", "--command", FILL_UP, database=database)


def tab_to(page: Page, words: str) -> None:
    for _press in range(200):
        page.keyboard.press("Tab")
        if re.search(words, page.evaluate(FOCUSED) or ""):
            return
    raise AssertionError(f"Tab never came to {words}")


def test_a_class_is_filled_by_keyboard_alone(class_of_35: None, page: Page) -> None:
    # Given the page of log-in, whose first field has the focus
    page.goto("/")
    page.keyboard.type("gv5a")
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Chào thầy/cô")).to_be_visible()

    # When the teacher goes to her class and its grid
    tab_to(page, "Trang của lớp 5A")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("5A")
    tab_to(page, "^Toán")
    page.keyboard.press("Enter")
    wait_for_scripts(page)
    tab_to(page, "^Mức đạt được")

    # And fills it column by column
    for level in LEVELS:
        press(page, level.lower())
    press(page, "Control+Home")
    press(page, "ArrowRight")
    for score in SCORES:
        for digit in str(score):
            press(page, digit)
    for key in ("Control+Home", "ArrowRight", "ArrowRight"):
        press(page, key)
    page.wait_for_load_state("networkidle")  # the comment bank comes with the first comment
    for code in CODES:
        for key in (*code, "Enter"):
            press(page, key)
    press(page, "Control+s")
    expect(page.locator("[data-saving-state]")).to_have_text(SAVED)

    # Then all of it is there when the page is opened again
    page.reload()
    assert page.evaluate(VALUES, "level") == LEVELS
    assert page.evaluate(VALUES, "score") == [str(score) for score in SCORES]
    comments = page.evaluate(VALUES, "text")
    assert len(comments) == PUPILS
    assert all(len(comment) > len("Có tiến bộ.") for comment in comments)
    expect(page.get_by_text("Còn thiếu")).to_have_count(0)
