from playwright.sync_api import Page, expect

from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.grids import SAVED
from tests.e2e.people import follow, log_in


def test_returned_work_is_mended_submitted_and_signed_off(open_window: OpenWindow) -> None:
    # Given a teacher whose class came back
    teacher = open_window()
    log_in(teacher, "gv2a")
    expect(teacher.get_by_text("thầy cô ghi rõ điểm cần giúp đỡ").first).to_be_visible()

    # When she mends a comment of the subject that the principal named
    open_class(teacher, "2A")
    follow(teacher, "Tiếng Việt")
    comment = teacher.get_by_role("textbox", name="Nhận xét").first
    comment.fill("Đọc trôi chảy hơn; cần luyện viết chữ hoa mỗi tối.")
    teacher.get_by_role("button", name="Lưu").click()
    expect(teacher.locator("[data-saving-state]")).to_have_text(SAVED)
    check_axe(teacher)

    # And submits the class
    open_class(teacher, "2A")
    teacher.get_by_role("button", name="Gửi lớp 2A lên hiệu trưởng").click()
    expect(teacher.get_by_text("Chờ ký duyệt").first).to_be_visible()
    check_axe(teacher)

    # Then the principal finds it on her desk and signs it off
    principal = open_window()
    log_in(principal, "hieutruong")
    follow(principal, "Lớp 2A · Giữa học kỳ II")
    principal.get_by_role("button", name="Ký duyệt lớp 2A").click()
    expect(principal.get_by_text("Đã ký duyệt").first).to_be_visible()
    check_axe(principal)

    # And the teacher's grid is locked, saying by whom
    open_class(teacher, "2A")
    follow(teacher, "Tiếng Việt")
    expect(teacher.get_by_role("button", name="Lưu")).to_have_count(0)
    expect(teacher.get_by_text("Nguyễn Thị Thu Hạnh").first).to_be_visible()


def open_class(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("link", name=f"lớp {name}").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    check_axe(page)
