from playwright.sync_api import Page, expect

from tests.e2e.accessibility import check_axe


def test_a_stranger_is_asked_to_log_in(page: Page):
    page.goto("/password/")

    expect(page.get_by_label("Mật khẩu")).to_be_visible()
    check_axe(page)


def test_a_stranger_with_a_phone_is_asked_to_log_in(phone: Page):
    phone.goto("/password/")

    expect(phone.get_by_label("Mật khẩu")).to_be_visible()
    check_axe(phone)
