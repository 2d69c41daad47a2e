"""The demo school is closed for its year by those who answer for it, up to a pupil's summer."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.people import follow, log_in
from tests.e2e.server import manage, running_server

REASON = "Em nghỉ ốm nhiều, chưa nắm được phép chia."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, static_files: None) -> Iterator[str]:
    """Its own: the last weeks of a school year, everything entered."""
    folder = tmp_path_factory.mktemp("year_end")
    database = folder / "hocba.sqlite3"
    manage("migrate", "--verbosity", "0", database=database)
    size = ["--streams", "1", "--pupils", "6", "--open", "end_year"]
    manage("seed_demo", *size, database=database)
    with running_server(database=database, log=folder / "server.log") as url:
        yield url


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(name)).first.click()
    page.wait_for_load_state()
    check_axe(page)


def confirm_and_hand_in(page: Page, name: str) -> None:
    """Whatever changed since it was confirmed is confirmed again first."""
    follow(page, "Kết quả năm học")
    confirm = page.get_by_role("button", name="Xác nhận kết quả của")
    if confirm.is_visible():
        confirm.click()
    follow(page, f"Lớp {name}, Cuối năm học")
    press(page, f"Gửi lớp {name} lên hiệu trưởng")
    expect(page.get_by_text("Chờ ký duyệt").first).to_be_visible()


def test_a_school_is_closed_for_the_year(open_window: OpenWindow) -> None:
    # Given a homeroom teacher who judges one pupil otherwise than the rule
    teacher = open_window()
    log_in(teacher, "gv5a")
    follow(teacher, "Trang của lớp 5A")
    follow(teacher, "Kết quả năm học")
    pupil = teacher.locator("tbody th.name").first.inner_text().split("\n")[0].strip()
    follow(teacher, "Xét riêng")
    teacher.get_by_role("radio", name="Chưa hoàn thành").check()
    press(teacher, "Xác nhận kết quả của em")
    expect(teacher.get_by_role("alert")).to_contain_text("hãy ghi lý do để hiệu trưởng xem")
    teacher.get_by_role("textbox", name="Lý do khác quy định").fill(REASON)
    press(teacher, "Xác nhận kết quả của em")
    expect(teacher.get_by_text(REASON)).to_be_visible()

    # When the classes that are still out go up to the principal
    follow(teacher, "Lớp 5A, Cuối năm học")
    confirm_and_hand_in(teacher, "5A")
    returned = open_window()
    log_in(returned, "gv2a")
    follow(returned, "Trang của lớp 2A")
    confirm_and_hand_in(returned, "2A")

    # And she looks at all of them and signs them with one press
    principal = open_window()
    log_in(principal, "hieutruong")
    follow(principal, "Tổng kết năm học")
    press(principal, "Ký duyệt cả 4 lớp đang chờ")
    expect(principal.get_by_text("Mọi lớp đã ký duyệt.")).to_be_visible()

    # Then the class's sheet is at hand, and the pupil's summer begins
    follow(teacher, "Bàn làm việc")
    follow(teacher, "Lập kế hoạch")
    expect(teacher.get_by_role("heading", level=1)).to_contain_text(pupil)
    teacher.get_by_role("textbox", name="Kế hoạch hướng dẫn").fill("Mỗi tuần ba buổi.")
    teacher.get_by_role("checkbox", name="Toán", exact=True).check()
    press(teacher, "Lưu kế hoạch")
    follow(teacher, "Xem kết quả")
    teacher.get_by_label("Toán, mức đạt được").select_option("H")
    teacher.get_by_label("Toán, điểm kiểm tra").fill("7")
    press(teacher, "Lưu kết quả")
    follow(teacher, "Gửi hiệu trưởng")
    press(teacher, "Gửi hiệu trưởng")

    # And the principal's decision ends it
    follow(principal, "Bàn làm việc")
    follow(principal, f"Em {pupil}, lớp 5A · đánh giá bổ sung")
    follow(principal, "Quyết định và ký duyệt")
    press(principal, "Ký duyệt")
    expect(principal.get_by_text("Hoàn thành chương trình tiểu học").first).to_be_visible()


def test_the_papers_of_the_year_are_at_hand(open_window: OpenWindow, tmp_path: Path) -> None:
    """After the journey above or before it: 1A was signed when the demo was made."""
    principal = open_window()
    log_in(principal, "hieutruong")
    follow(principal, "1A")
    follow(principal, "Bảng tổng hợp của lớp")
    for name in ("PDF", "Excel"):
        address = principal.get_by_role("link", name=re.compile(name)).first.get_attribute("href")
        answer = principal.request.get(str(address))
        assert answer.ok
        assert answer.body()[:4] in {b"%PDF", b"PK\x03\x04"}
