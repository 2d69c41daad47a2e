"""Blocks of cells from spreadsheets: what is copied, what is pasted, what the preview says."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.grid_cases import LOOK, Case, open_grid, press, stand

PASTE = """
({plain, html}) => {
  const data = new DataTransfer();
  if (plain) data.setData("text/plain", plain);
  if (html) data.setData("text/html", html);
  const event = new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true,
  });
  document.activeElement.dispatchEvent(event);
  return event.defaultPrevented;
}
"""
COPY = """
(name) => {
  const data = new DataTransfer();
  const event = new ClipboardEvent(name, {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(event);
  return event.defaultPrevented ? data.getData("text/plain") : null;
}
"""
PUPILS = """
() => Array.from(document.querySelectorAll("tbody .grid__row"), (row) => ({
  name: row.dataset.name, code: row.dataset.ministryCode,
}))
"""


@dataclass(frozen=True)
class Block:
    """{name0}, {code0} stand for the first pupil's; the preview's sentence counts the cells."""

    at: str
    plain: str
    leaves: dict[str, str]
    counts: tuple[int, int, int]  # changed, unchanged, refused
    html: str = ""
    says: list[str] = field(default_factory=list)


BLOCKS = [
    # By position, from the cell with the focus
    Block(
        "0 level",
        "H\t9\nC\t8\n",
        {"0 level": "H", "0 score": "9", "1 level": "C", "1 score": "8"},
        (4, 0, 0),
        says=["Xếp theo vị trí"],
    ),
    Block("1 score", "10\r\n9\r\n", {"1 score": "10", "2 score": "9"}, (2, 0, 0)),
    Block("0 level", "T\t9\n", {"0 score": "9"}, (1, 1, 0)),
    Block("0 level", "H\t\n\t9\n", {"0 level": "H", "1 score": "9"}, (2, 0, 0)),
    Block(
        "0 comment",
        '"Dòng một\nDòng hai"\n"Nói ""to"",\nrõ"\n',
        {"0 comment": "Dòng một\nDòng hai", "1 comment": 'Nói "to",\nrõ'},
        (2, 0, 0),
    ),
    # Words and numbers as spreadsheets write them
    Block(
        "0 level",
        "Hoàn thành\nChưa hoàn thành\nHTT\nd",
        {"0 level": "H", "1 level": "C"},
        (2, 1, 1),
        says=["Mức “d” không có"],
    ),
    Block(
        "0 score",
        "9,0\n8.0\n9,5\n0\n11\nx",
        {"0 score": "9", "1 score": "8"},
        (2, 0, 4),
        says=["Không cho điểm thập phân", "không cho điểm 0", "“x” không phải là số"],
    ),
    # By code, by name
    Block(
        "0 level",
        "{code2}\tH\n{code0}\tC\n",
        {"2 level": "H", "0 level": "C"},
        (2, 0, 0),
        says=["Xếp theo mã học sinh"],
    ),
    Block(
        "0 level",
        "{name3}\tH\n{name1}\tC\n",
        {"3 level": "H", "1 level": "C"},
        (2, 0, 0),
        says=["Xếp theo họ và tên"],
    ),
    Block(
        "0 level",
        "1\t{code1}\t{name1}\tH\n2\t{code0}\t{name0}\tC\n",
        {"1 level": "H", "0 level": "C"},
        (2, 0, 0),
    ),
    Block(
        "0 level",
        "{code0}\tH\nKHONGCO\tC\n{code0}\tC\n",
        {"0 level": "H"},
        (1, 0, 0),
        says=["lớp không có em nào có mã này", "em này đã có ở một dòng phía trên"],
    ),
    # Headings are skipped, and say which column is which
    Block(
        "0 level",
        "BẢNG ĐIỂM\nMã HS\tHọ và tên\tNgày sinh\tNhận xét\tMức\n"
        "{code1}\t{name1}\t01/02/2016\tViết đẹp.\tH\n",
        {"1 level": "H", "1 comment": "Viết đẹp."},
        (2, 0, 0),
        says=["Bỏ qua 2 dòng tiêu đề", "cột “Ngày sinh”"],
    ),
    Block(
        "2 level",
        "Mức\tĐiểm KTĐK\nH\t9\n",
        {"2 level": "H", "2 score": "9"},
        (2, 0, 0),
    ),
    # Beyond the class and beyond the grid
    Block(
        "4 level",
        "H\nH\nH\nH\n",
        {"4 level": "H", "5 level": "H"},
        (2, 0, 0),
        says=["Dòng 3 “H”: ở dưới em cuối cùng của lớp", "Dòng 4"],
    ),
    Block("0 comment", "Ngoan.\tthừa\n", {"0 comment": "Ngoan."}, (1, 0, 0), says=["không có cột"]),
    # From a program that puts only a table on the clipboard
    Block(
        "0 level",
        "",
        {"0 level": "H", "0 score": "9", "1 level": "C"},
        (3, 0, 0),
        html="<table><tr><td>H</td><td>9</td></tr><tr><td> C\n</td><td></td></tr></table>",
    ),
]


@pytest.fixture
def grid(open_window: OpenWindow) -> Page:
    return open_grid(open_window())


def filled_in(text: str, pupils: list[dict[str, str]]) -> str:
    for index, pupil in enumerate(pupils):
        text = text.replace(f"{{code{index}}}", pupil["code"])
        text = text.replace(f"{{name{index}}}", pupil["name"])
    return text


def changed_since(before: dict[str, Any], page: Page) -> dict[str, str]:
    after = page.evaluate(LOOK)["values"]
    return {name: value for name, value in after.items() if value != before[name]}


def test_a_block_is_shown_before_it_is_pasted_and_taken_back_in_one_step(grid: Page) -> None:
    pupils = grid.evaluate(PUPILS)
    preview = grid.get_by_role("dialog", name="Xem trước khi dán")
    for block in BLOCKS:
        stand(grid, Case(block.at, "", ""))
        before = grid.evaluate(LOOK)["values"]
        grid.evaluate(PASTE, {"plain": filled_in(block.plain, pupils), "html": block.html})
        changes, unchanged, refused = block.counts
        summary = f"Sẽ đổi: {changes} ô. Giữ nguyên: {unchanged} ô. Bị từ chối: {refused} ô."
        expect(preview.get_by_text(summary), str(block)).to_be_visible()
        for sentence in block.says:
            expect(preview.get_by_text(sentence).first, str(block)).to_be_visible()
        assert changed_since(before, grid) == {}, block

        press(grid, "Enter")
        expect(preview).to_be_hidden()
        assert changed_since(before, grid) == block.leaves, block

        press(grid, "Control+z")
        assert changed_since(before, grid) == {}, block


def test_the_preview_shows_old_and_new_and_escape_leaves_all(grid: Page) -> None:
    stand(grid, Case("0 level", "", ""))
    before = grid.evaluate(LOOK)
    grid.evaluate(PASTE, {"plain": "H\t9,5\nT\t8\n", "html": ""})
    preview = grid.get_by_role("dialog", name="Xem trước khi dán")

    expect(preview.get_by_role("button", name="Dán 2 ô")).to_be_focused()
    expect(preview.get_by_text("Chưa hỏi được máy chủ")).to_be_hidden()
    row = preview.locator("tbody tr").first
    expect(row.locator("del").first).to_have_text("T")
    expect(row.locator("ins").first).to_have_text("H")
    expect(row.get_by_text("9,5")).to_be_visible()
    expect(preview.get_by_text("giữ nguyên", exact=True)).to_be_visible()
    check_axe(grid)

    press(grid, "Escape")
    expect(preview).to_be_hidden()
    assert grid.evaluate(LOOK) == before


def test_one_value_is_pasted_as_if_it_were_typed(grid: Page) -> None:
    for at, plain, wanted in (
        ("0 level", "Hoàn thành\r\n", "H"),
        ("0 level", "c", "C"),
        ("0 comment", '"Một\nHai"\r\n', "Đọc to.Một\nHai"),
    ):
        stand(grid, Case(at, "", ""))
        assert grid.evaluate(PASTE, {"plain": plain, "html": ""})
        assert grid.evaluate(LOOK)["values"][at] == wanted

    stand(grid, Case("0 level", "", ""))
    grid.evaluate(PASTE, {"plain": "giỏi", "html": ""})
    expect(grid.get_by_text("Mức “giỏi” không có trong quy định")).to_be_visible()
    # Plain text in a text is the browser's own business
    stand(grid, Case("0 comment", "", ""))
    assert not grid.evaluate(PASTE, {"plain": "chăm", "html": ""})


def test_lines_of_prose_may_go_into_one_cell(grid: Page) -> None:
    letter = {"plain": "Một.\nHai.", "html": "<p>Một.</p><p>Hai.</p>"}
    stand(grid, Case("0 comment", "", ""))
    assert not grid.evaluate(PASTE, letter)  # the browser knows that it is prose

    stand(grid, Case("0 comment", "", ""))
    grid.evaluate(PASTE, {"plain": letter["plain"], "html": ""})
    grid.get_by_role("button", name="Dán cả đoạn vào một ô").click()
    assert grid.evaluate(LOOK)["values"]["0 comment"] == "Đọc to.Một.\nHai."


def test_one_value_fills_a_selected_block(grid: Page) -> None:
    stand(grid, Case("0 score", "", ""))
    for key in ("Shift+ArrowDown", "Shift+ArrowDown"):
        press(grid, key)
    grid.evaluate(PASTE, {"plain": "10\r\n", "html": ""})
    grid.get_by_role("button", name="Dán 3 ô").click()

    values = grid.evaluate(LOOK)["values"]
    assert [values[f"{row} score"] for row in range(4)] == ["10", "10", "10", "7"]


COPIES = [
    ("0 level", "", "T"),
    ("0 level", "Shift+ArrowDown Shift+ArrowRight", "T\t7\r\nT\t7\r\n"),
    ("0 comment", "", "Đọc to."),
    ("0 comment", "Shift+ArrowDown", "Đọc to.\r\nĐọc to.\r\n"),
]


@pytest.mark.parametrize("name", ["copy", "cut"])
def test_cells_are_copied_as_a_spreadsheet_would(grid: Page, name: str) -> None:
    for at, keys, wanted in COPIES:
        stand(grid, Case(at, "", ""))
        before = grid.evaluate(LOOK)["values"]
        for key in keys.split():
            press(grid, key)
        assert grid.evaluate(COPY, name) == wanted
        emptied = set(changed_since(before, grid).values())
        assert emptied == ({""} if name == "cut" else set())


def test_the_real_clipboard_carries_a_block(open_window: OpenWindow) -> None:
    page = open_window()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_grid(page)
    stand(page, Case("0 level", "", "", given={"0 level": "H", "1 level": "C"}))
    for key in ("Shift+ArrowDown", "Control+c"):
        press(page, key)
    assert page.evaluate("navigator.clipboard.readText()") == "H\r\nC\r\n"

    stand(page, Case("2 level", "", ""))
    press(page, "Control+v")
    page.get_by_role("button", name="Dán 2 ô").click()
    values = page.evaluate(LOOK)["values"]
    assert [values["2 level"], values["3 level"]] == ["H", "C"]

    # What was cut comes back by one step
    for key in ("Shift+ArrowDown", "Control+x", "Control+z"):
        press(page, key)
    assert page.evaluate(LOOK)["values"]["2 level"] == "H"


def test_a_class_with_two_pupils_of_one_name_asks_for_the_code(grid: Page) -> None:
    name = grid.evaluate(PUPILS)[0]["name"]
    grid.locator("tbody .grid__row").nth(1).evaluate("(row, name) => row.dataset.name = name", name)
    stand(grid, Case("0 level", "", ""))
    grid.evaluate(PASTE, {"plain": f"{name}\tH\n", "html": ""})

    preview = grid.get_by_role("dialog", name="Xem trước khi dán")
    expect(preview.locator("li").filter(has_text="lớp có nhiều em cùng họ tên")).to_be_visible()
    expect(grid.get_by_role("button", name="Bỏ", exact=True)).to_be_focused()
