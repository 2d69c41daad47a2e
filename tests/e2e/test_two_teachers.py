"""Two pages on one grid: what each of them says, and what is kept."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.grid_cases import open_grid
from tests.e2e.grids import SAVED
from tests.e2e.sessions import come_in


@pytest.fixture
def grid(open_window: OpenWindow) -> Page:
    """A teacher's open grid with scores and comments."""
    return open_grid(open_window())


def contest(open_window: OpenWindow, grid: Page) -> Locator:
    """A comment that was saved in a second window, and then otherwise in the first."""
    second = open_window()
    come_in(second, "gv5a")
    second.goto(grid.url)
    second.locator("[data-kind=text]").first.fill("Bản thứ hai.")
    second.get_by_role("button", name="Lưu").click()
    expect(second.locator("[data-saving-state]")).to_have_text(SAVED)
    comment = grid.locator("[data-kind=text]").first
    comment.fill("Bản thứ nhất.")
    grid.get_by_role("button", name="Lưu").click()
    return comment


def test_two_teachers_and_one_cell(open_window: OpenWindow, grid: Page) -> None:
    comment = contest(open_window, grid)

    # Both stand there, with who and when, and nothing is sent before one is chosen
    mine = grid.get_by_label("Thầy/cô vừa gõ")
    expect(mine).not_to_be_checked()
    expect(grid.get_by_label("Đang lưu")).not_to_be_checked()
    check_axe(grid)

    # What is typed then is kept as one's own
    comment.fill("Bản thứ ba.")
    expect(mine).to_be_checked()
    grid.get_by_role("button", name="Lưu").click()
    expect(grid.locator("[data-saving-state]")).to_have_text(SAVED)
    expect(grid.locator(".conflict")).to_have_count(0)
    expect(comment).to_have_value("Bản thứ ba.")


def test_a_colleagues_value_may_be_left_as_it_is(open_window: OpenWindow, grid: Page) -> None:
    comment = contest(open_window, grid)
    grid.get_by_label("Đang lưu").check()
    expect(comment).to_have_value("Bản thứ hai.")

    # The question is answered, and goes
    comment.focus()
    expect(grid.locator(".conflict")).to_have_count(0)


def test_two_teachers_and_two_cells_of_one_pupil(open_window: OpenWindow, grid: Page) -> None:
    second = open_window()
    come_in(second, "gv5a")
    second.goto(grid.url)
    for window, kind, text in ((grid, "text", "Bản thứ nhất."), (second, "score", "9")):
        window.locator(f"[data-kind={kind}]").first.fill(text)
        window.get_by_role("button", name="Lưu").click()
        expect(window.locator("[data-saving-state]")).to_have_text(SAVED)
        expect(window.locator(".conflict")).to_have_count(0)

    grid.reload()
    expect(grid.locator("[data-kind=text]").first).to_have_value("Bản thứ nhất.")
    expect(grid.locator("[data-kind=score]").first).to_have_value("9")
