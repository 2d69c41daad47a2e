"""Choosing comments by keyboard, in a subject's grid and in the homeroom teacher's."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.people import follow
from tests.e2e.sessions import come_in


@pytest.fixture
def grid(page: Page) -> Page:
    """The maths of 5A, which nobody has filled in yet."""
    come_in(page, "gv5a")
    open_maths(page)
    return page


@pytest.fixture
def records(page: Page) -> Page:
    come_in(page, "gv5a")
    open_maths(page)
    page.goto(page.url.replace("subjects/toan/", "records/"))
    expect(page.get_by_role("button", name="Phím tắt")).to_be_visible()
    return page


def open_maths(page: Page) -> None:
    page.locator("a[href*='/subjects/toan/']").first.click()
    expect(page.get_by_role("button", name="Phím tắt")).to_be_visible()  # the scripts are at work


def comment(page: Page, row: int, field: str = "comment") -> Locator:
    return page.locator("tbody .grid__row").nth(row).locator(f".grid__control[name$='-{field}']")


def offers(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Mã nhận xét phù hợp").get_by_role("option")


def enter(page: Page, cell: Locator, keys: str = "") -> None:
    cell.focus()
    page.keyboard.type(keys, delay=5)


def name_of(page: Page, row: int) -> str:
    full_name = page.locator("tbody .grid__row").nth(row).locator(".grid__name").inner_text()
    words = full_name.split()
    return words[0] if words[0].startswith("H'") else words[-1]


def is_focused(cell: Locator) -> None:
    expect(cell).to_be_focused()


def test_a_code_and_enter_is_all_that_a_comment_takes(grid: Page) -> None:
    # When a code is typed and Enter pressed in each cell of the column
    enter(grid, comment(grid, 0), "t1")
    grid.keyboard.press("Enter")
    grid.keyboard.type("H1")
    grid.keyboard.press("Enter")
    grid.keyboard.type("#c1")
    grid.keyboard.press("Enter")

    # Then each has its text with the pupil's own name, and the fourth cell is next
    for row, words in enumerate(["nắm chắc kiến thức", "hoàn thành", "còn lúng túng"]):
        expect(comment(grid, row)).to_have_value(
            re.compile(rf"^{re.escape(name_of(grid, row))} {words}")
        )
    is_focused(comment(grid, 3))

    # And all of it is saved
    grid.keyboard.press("Control+s")
    expect(comment(grid, 0)).to_have_value(re.compile("nắm chắc kiến thức"))


def test_a_few_letters_offer_what_fits_the_pupils_level(grid: Page) -> None:
    # Given a pupil of level H
    row = grid.locator("tbody .grid__row").nth(1)
    row.locator("select").select_option("H")

    # When letters of a sentence are typed, without diacritics
    enter(grid, comment(grid, 1), "tinh")

    # Then the fitting entries are offered, her level's first, and nothing is chosen
    expect(offers(grid).first).to_contain_text(re.compile(r"^H1"))
    assert offers(grid).locator("[class$=level]").all_inner_texts()[-1] in {"T", "C"}
    expect(comment(grid, 1)).not_to_have_attribute("aria-activedescendant", re.compile(".*"))
    check_axe(grid)

    # When the second one is chosen by the arrows
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("ArrowDown")
    chosen = offers(grid).nth(1)
    expect(chosen).to_have_attribute("aria-selected", "true")
    chosen_id = chosen.get_attribute("id") or ""
    expect(comment(grid, 1)).to_have_attribute("aria-activedescendant", chosen_id)
    text = chosen.locator("[class$=text]").inner_text()
    check_axe(grid)
    grid.keyboard.press("Enter")

    # Then its text takes the place of the letters, in the same cell
    expect(comment(grid, 1)).to_have_value(text)
    is_focused(comment(grid, 1))
    expect(offers(grid)).to_have_count(0)


def test_tab_takes_what_is_chosen_and_moves_on_otherwise(grid: Page) -> None:
    enter(grid, comment(grid, 0), "tinh")
    expect(offers(grid).first).to_be_visible()
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Tab")
    expect(comment(grid, 0)).to_have_value(re.compile("tính"))
    is_focused(comment(grid, 0))
    grid.keyboard.press("Tab")
    expect(comment(grid, 0)).not_to_be_focused()


def test_several_sentences_are_put_together(grid: Page) -> None:
    enter(grid, comment(grid, 0), "Em rất ngoan. t2")
    expect(offers(grid).first).to_contain_text("T2")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Enter")
    expect(comment(grid, 0)).to_have_value(
        "Em rất ngoan. Vận dụng tốt kiến thức đã học để giải các bài toán có lời văn."
    )


def test_plain_typing_is_never_held_up(grid: Page) -> None:
    # Given offers under the cell, none of them chosen
    enter(grid, comment(grid, 0), "tinh")
    expect(offers(grid).first).to_be_visible()

    # When Enter is pressed, the cell keeps its letters and the next one is entered
    grid.keyboard.press("Enter")
    expect(comment(grid, 0)).to_have_value("tinh")
    is_focused(comment(grid, 1))
    expect(offers(grid)).to_have_count(0)

    # When Escape is pressed, only the list goes
    grid.keyboard.type("tinh")
    expect(offers(grid).first).to_be_visible()
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Escape")
    expect(offers(grid)).to_have_count(0)
    expect(comment(grid, 1)).to_have_value("tinh")
    is_focused(comment(grid, 1))

    # When the arrows leave the list at its end, Enter is the grid's again
    grid.keyboard.type(" toan")
    expect(offers(grid).first).to_be_visible()
    grid.keyboard.press("ArrowUp")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Enter")
    expect(comment(grid, 1)).to_have_value("tinh toan")
    is_focused(comment(grid, 2))


def test_an_input_method_at_work_is_left_alone(grid: Page) -> None:
    # Given a word that an input method is still composing
    enter(grid, comment(grid, 0))
    browser = grid.context.new_cdp_session(grid)
    browser.send(
        "Input.imeSetComposition", {"text": "tinh", "selectionStart": 4, "selectionEnd": 4}
    )

    # Then nothing is offered yet, and its Enter takes nothing
    grid.wait_for_timeout(100)
    expect(offers(grid)).to_have_count(0)
    comment(grid, 0).evaluate(
        "cell => cell.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    is_focused(comment(grid, 0))

    # When the word is finished
    browser.send("Input.insertText", {"text": "tính"})

    # Then the word stands once, with its tone, and fitting entries are offered
    expect(comment(grid, 0)).to_have_value("tính")
    expect(offers(grid).first).to_be_visible()


def test_a_composed_code_is_taken_only_when_it_is_finished(grid: Page) -> None:
    enter(grid, comment(grid, 0), "t1")
    comment(grid, 0).evaluate(
        "cell => cell.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Process', keyCode: 229, bubbles: true, cancelable: true}))"
    )
    expect(comment(grid, 0)).to_have_value("t1")


def test_all_of_the_bank_is_shown_on_demand_and_taken_by_mouse(grid: Page) -> None:
    enter(grid, comment(grid, 0))
    grid.keyboard.press("Alt+ArrowDown")
    expect(offers(grid)).to_have_count(8)
    offers(grid).nth(2).click()
    expect(comment(grid, 0)).not_to_have_value("")
    is_focused(comment(grid, 0))


def test_one_comment_fills_the_selected_cells_each_with_its_name(grid: Page) -> None:
    # Given a block of three selected comment cells
    enter(grid, comment(grid, 0))
    grid.keyboard.press("Shift+ArrowDown")
    grid.keyboard.press("Shift+ArrowDown")

    # When one entry is taken
    grid.keyboard.press("Alt+ArrowDown")
    expect(offers(grid)).to_have_count(8)
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Enter")

    # Then it stands in the three cells, and in no other
    for row in range(3):
        expect(comment(grid, row)).to_have_value(
            re.compile(rf"^{re.escape(name_of(grid, row))} nắm chắc")
        )
    expect(comment(grid, 3)).to_have_value("")

    # And one Ctrl+Z takes all of it back
    grid.keyboard.press("Control+z")
    for row in range(3):
        expect(comment(grid, row)).to_have_value("")


def test_all_pupils_of_a_level_who_have_no_comment_are_filled_at_once(grid: Page) -> None:
    # Given two pupils of level T, one of them with a comment, and one of level H
    for row, level in enumerate("TTH"):
        grid.locator("tbody .grid__row").nth(row).locator("select").select_option(level)
    comment(grid, 0).fill("Em tự viết.")

    # When one text is chosen for those of level T
    grid.get_by_text("Điền nhiều em").click()
    grid.get_by_label("Các em có mức").select_option("T")
    texts = grid.get_by_label("Câu nhận xét")
    texts.select_option(texts.locator("option", has_text="T1:").get_attribute("value"))
    check_axe(grid)
    grid.get_by_role("button", name="Điền cho 1 em chưa có nhận xét").click()

    # Then it stands where none stood, and one Ctrl+Z takes it back
    expect(comment(grid, 0)).to_have_value("Em tự viết.")
    expect(comment(grid, 1)).to_have_value(re.compile(f"^{re.escape(name_of(grid, 1))} nắm chắc"))
    expect(comment(grid, 2)).to_have_value("")
    expect(grid.get_by_role("button", name="Không còn em nào chưa có nhận xét")).to_be_disabled()
    comment(grid, 2).focus()
    grid.keyboard.press("Control+z")
    expect(comment(grid, 1)).to_have_value("")


def test_the_homeroom_teachers_comments_have_their_own_codes(records: Page) -> None:
    # When a code is typed into the general comment and into the one on qualities
    homeroom = comment(records, 0, "homeroom_comment")
    enter(records, homeroom, "t1")
    records.keyboard.press("Enter")
    qualities = comment(records, 0, "quality_comment")
    qualities.focus()
    records.keyboard.type("d1")
    expect(offers(records).first).to_contain_text("D1")
    records.keyboard.press("ArrowDown")
    records.keyboard.press("Enter")

    # Then each means what it means there
    expect(homeroom).to_have_value(re.compile("chăm ngoan, học tốt đều các môn"))
    expect(qualities).to_have_value(re.compile("cần tự giác hơn trong học tập"))
    check_axe(records)


def test_the_room_that_is_left_is_shown_when_most_is_taken(grid: Page) -> None:
    cell = comment(grid, 0)
    counter = grid.locator(".comment-counter")
    cell.fill("a" * 400)
    expect(counter).to_be_hidden()
    cell.fill("ấ" * 401)
    expect(counter).to_have_text("401/500 ký tự")
    cell.fill("a" * 503)
    expect(counter).to_have_text("dài quá 3 ký tự")
    check_axe(grid)
    grid.get_by_role("button", name="Lưu").click()
    expect(grid.get_by_text("Nhận xét dài tối đa 500 ký tự; đang có 503.").first).to_be_visible()


def test_a_bank_that_does_not_come_holds_nobody_up(grid: Page) -> None:
    # Given a bad line
    grid.route("**/comments/", lambda route: route.abort())
    comment(grid, 0).focus()
    grid.keyboard.type("t1")
    grid.keyboard.press("Enter")
    is_focused(comment(grid, 1))
    expect(comment(grid, 0)).to_have_value("t1")

    # When the line is back, the next comment cell brings the bank
    grid.unroute("**/comments/")
    enter(grid, comment(grid, 2), "t1")
    grid.keyboard.press("Enter")
    expect(comment(grid, 2)).to_have_value(re.compile("nắm chắc kiến thức"))


def test_a_teacher_keeps_her_own_bank(page: Page, open_window: OpenWindow) -> None:
    # Given a teacher at her bank
    come_in(page, "gv5a")
    follow(page, "Mã nhận xét")

    # When she adds a code
    follow(page, "Thêm mã nhận xét")
    page.get_by_label("Dùng cho").select_option("Toán")
    page.get_by_label("Mã", exact=True).fill("kk")
    page.get_by_label("Nội dung").fill("Cô khen {tên}.")
    page.get_by_role("button", name="Thêm mã nhận xét").click()
    expect(page.get_by_text("Đã thêm mã KK.")).to_be_visible()
    check_axe(page)

    # Then it works in her grid
    page.goto("/")
    open_maths(page)
    enter(page, comment(page, 0), "kk")
    page.keyboard.press("Enter")
    expect(comment(page, 0)).to_have_value(f"Cô khen {name_of(page, 0)}.")
