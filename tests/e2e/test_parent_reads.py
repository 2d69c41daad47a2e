from playwright.sync_api import Page, expect

from tests.e2e.accessibility import check_axe
from tests.e2e.people import log_in


def test_a_mother_reads_her_childs_card_on_a_phone(phone: Page) -> None:
    # Given a mother of two, on her phone
    log_in(phone, "phuhuynh")
    children = phone.locator("main li, main article").filter(has_text="Lớp 5A")
    expect(children.first).to_be_visible()

    # When she opens the card of the one who has been at the school for years
    children.first.locator("a[href^='/children/']").first.click()

    # Then she reads levels in words, sees who signed, and nothing is wider than her screen
    expect(phone.get_by_text("Hoàn thành").first).to_be_visible()
    expect(phone.get_by_text("Nguyễn Thị Thu Hạnh").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    check_axe(phone)

    # And the book comes as PDF
    address = phone.get_by_role("link", name="PDF").first.get_attribute("href")
    answer = phone.request.get(str(address))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
