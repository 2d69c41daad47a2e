"""A class's sheet: downloaded, filled in elsewhere, uploaded, looked at and saved."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import check_axe
from tests.e2e.people import follow
from tests.e2e.sessions import come_in
from tests.exchange.class_sheets import COMMENT, LEVEL, MATHS, SCORE, column_of, header_row


@pytest.fixture
def class_page(page: Page) -> Page:
    come_in(page, "gv5a")
    follow(page, "Trang của lớp 5A")
    return page


def download_sheet(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về Excel").first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def fill(sheet: Worksheet, row: int, values: dict[str, object]) -> None:
    for header, value in values.items():
        sheet.cell(header_row(sheet) + row, column_of(sheet, header)).value = value


def test_a_sheet_goes_out_and_comes_back(class_page: Page, tmp_path: Path) -> None:
    page = class_page
    # Given the class's sheet, filled in without a network, one score of it wrong
    path = download_sheet(page, tmp_path)
    workbook = load_workbook(path)
    maths = workbook[MATHS]
    fill(maths, 1, {LEVEL: "T", SCORE: 9, COMMENT: "Em tính nhanh."})
    fill(maths, 2, {LEVEL: "h", SCORE: "7"})
    fill(maths, 3, {LEVEL: "C", SCORE: 11})
    workbook.save(path)

    # When it is uploaded
    follow(page, "Tải tệp đã điền lên")
    page.get_by_label("Tệp").set_input_files(path)
    page.get_by_role("button", name="Tải lên và xem trước").click()

    # Then what it changes is shown, and why one cell is not taken; nothing is saved yet
    expect(page.get_by_text("Chưa ghi gì", exact=True)).to_be_visible()
    expect(page.get_by_text("Em tính nhanh.")).to_be_visible()
    expect(page.get_by_text("Điểm là số nguyên từ 1 đến 10").first).to_be_visible()
    check_axe(page)
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1366, "height": 768})

    # When it is confirmed
    page.get_by_role("button", name="Ghi").click()
    expect(page.get_by_text("Đã ghi kết quả từ tệp").first).to_be_visible()
    check_axe(page)

    # Then the grid has it, but for the wrong score
    follow(page, "Đến trang của lớp")
    follow(page, "Toán")
    rows = page.locator("tbody .grid__row")
    for number, (level, score) in enumerate([("T", "9"), ("H", "7"), ("C", "")]):
        expect(rows.nth(number).locator("[data-kind=level]")).to_have_value(level)
        expect(rows.nth(number).locator("[data-kind=score]")).to_have_value(score)
    expect(rows.first.locator("[data-kind=text]")).to_have_value("Em tính nhanh.")


def test_a_file_that_is_no_sheet_is_refused_with_a_way_out(
    class_page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "ghi-chu.xlsx"
    path.write_text("không phải bảng tính")
    follow(class_page, "Tải tệp đã điền lên")
    class_page.get_by_label("Tệp").set_input_files(path)
    class_page.get_by_role("button", name="Tải lên và xem trước").click()

    expect(class_page.get_by_label("Tệp")).to_have_attribute("aria-invalid", "true")
    check_axe(class_page)
