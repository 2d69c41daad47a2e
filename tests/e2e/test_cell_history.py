"""Who wrote what into a cell: one key away, and one click."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.accessibility import check_axe
from tests.e2e.grid_cases import open_grid


@pytest.fixture
def grid(page: Page) -> Page:
    return open_grid(page)


def test_the_history_of_a_cell_by_keyboard(grid: Page) -> None:
    # Given a comment that was just saved
    comment = grid.locator("[data-kind=text]").first
    comment.fill("Nhớ bảng nhân 7.")
    grid.get_by_role("button", name="Lưu", exact=True).click()
    expect(comment).to_have_value("Nhớ bảng nhân 7.")

    # When its teacher asks for its history
    comment.focus()
    comment.press("Control+.")

    # Then a panel says who wrote what
    panel = grid.get_by_role("complementary", name="Lịch sử của ô")
    expect(panel.get_by_role("heading")).to_contain_text("Lịch sử ô Nhận xét")
    expect(panel).to_contain_text("Nhớ bảng nhân 7.")
    expect(panel.get_by_role("heading")).to_be_focused()
    check_axe(grid)

    # And Escape leads back to the cell, which is as it was
    grid.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(comment).to_be_focused()
    expect(comment).to_have_value("Nhớ bảng nhân 7.")


def test_a_save_under_way_shows_once_it_has_come_through(grid: Page) -> None:
    # Given a network that holds a save back
    held: list[Route] = []
    grid.route("**/cells/", lambda route: held.append(route))
    comment = grid.locator("[data-kind=text]").first
    comment.fill("Đọc to, rõ.")
    with grid.expect_request("**/cells/"):
        grid.get_by_role("button", name="Lưu", exact=True).click()

    # When the cell's history is asked for before the save has come through
    comment.press("Control+.")
    panel = grid.get_by_role("complementary", name="Lịch sử của ô")
    expect(panel).to_contain_text("Chưa ai ghi gì vào ô này")
    expect(panel).not_to_contain_text("Đọc to, rõ.")
    [save] = held
    save.continue_()

    # Then it shows by itself, and the keyboard still stands in the panel
    expect(panel).to_contain_text("Đọc to, rõ.")
    expect(panel.get_by_role("heading")).to_be_focused()


def test_the_history_of_a_row_by_mouse(grid: Page) -> None:
    row = grid.locator("tbody .grid__row").first
    row.hover()
    row.get_by_role("link", name="Lịch sử của").click()

    panel = grid.get_by_role("complementary", name="Lịch sử của ô")
    expect(panel.get_by_role("heading")).to_contain_text("Lịch sử: Toán")
    panel.get_by_role("button", name="Đóng lịch sử").click()

    expect(panel).to_be_hidden()
    expect(grid).to_have_url(re.compile("/toan/$"))


def test_a_lost_network_is_said(grid: Page) -> None:
    grid.context.set_offline(True)
    level = grid.locator("[data-kind=level]").first
    level.focus()
    level.press("Control+.")

    panel = grid.get_by_role("complementary", name="Lịch sử của ô")
    expect(panel).to_contain_text("Chưa tải được lịch sử")
    grid.keyboard.press("Escape")
    expect(level).to_be_focused()


def test_the_same_as_a_page(grid: Page) -> None:
    address = grid.locator("[data-row-history]").first.get_attribute("href")
    grid.goto(f"{address}&field=level")

    expect(grid.get_by_role("heading", level=1)).to_contain_text("Lịch sử ô Mức đạt được")
    check_axe(grid)
