"""The guards that every journey leans on, shown something to find."""

import pytest
from playwright.sync_api import Page

from tests.e2e.accessibility import check_axe


def test_axe_fails_with_the_rule_and_the_place(page: Page):
    page.goto("/login/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")

    with pytest.raises(pytest.fail.Exception, match=r"(?s)/login/.*image-alt.*Target: #main > img"):
        check_axe(page)


def test_an_inline_script_does_not_run_and_is_reported(page: Page, complaints):
    page.goto("/login/")
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.ran = true';"
        "document.body.append(s)"
    )

    assert page.evaluate("window.ran") is None
    assert "Content Security Policy" in complaints.pop()


def test_a_phone_is_360_pixels_wide(phone: Page):
    phone.goto("/login/")

    assert phone.evaluate("window.innerWidth") == 360


def test_windows_do_not_share_their_cookies(open_window):
    first, second = open_window(), open_window()
    first.goto("/login/")

    assert first.context.cookies()
    assert not second.context.cookies()
