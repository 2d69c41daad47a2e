"""Who walks through the demo school, and how they come in."""

import re

from playwright.sync_api import Page, expect

from hocba.demo.staff import DEMO_PASSWORD
from tests.e2e.accessibility import check_axe


def log_in(page: Page, username: str) -> None:
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page).not_to_have_url(re.compile("/login/"))


def follow(page: Page, name: str) -> None:
    """Click a link by its words and check the page that opens."""
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check_axe(page)
