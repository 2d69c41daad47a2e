from playwright.sync_api import expect

from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.people import follow, log_in

REASON = "Em có mức T mà điểm còn thấp: cô xem lại giúp."


def test_the_principal_returns_a_class_with_a_reason(open_window: OpenWindow) -> None:
    # Given a class that waits for the principal
    principal = open_window()
    log_in(principal, "hieutruong")
    follow(principal, "Lớp 4A · Giữa học kỳ II")

    # When she returns it without a reason, she is asked for one
    principal.get_by_text("Trả lại lớp để sửa").click()
    principal.get_by_role("button", name="Trả lại lớp 4A").click()
    expect(principal.get_by_role("alert")).to_contain_text("Hãy ghi cần sửa gì")
    check_axe(principal)

    # And with a reason it goes back
    principal.get_by_role("textbox", name="Cần sửa gì").fill(REASON)
    principal.get_by_role("button", name="Trả lại lớp 4A").click()
    expect(principal.get_by_text("Bị trả lại").first).to_be_visible()

    # Then the homeroom teacher reads it first thing, and may write again
    teacher = open_window()
    log_in(teacher, "gv4a")
    expect(teacher.get_by_text(REASON).first).to_be_visible()
    follow(teacher, "lớp 4A")
    follow(teacher, "Toán")
    expect(teacher.get_by_role("button", name="Lưu")).to_be_visible()
