"""Each kind of page that a role can reach by links: axe at both widths, nothing too wide."""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.people import log_in

ROLES = ["hieutruong", "gv2a", "gv5a", "tienganh", "hocvu", "vanthu", "quantri", "phuhuynh"]
NOT_PAGES = ("pdf", "xlsx", "openapi")
WIDTHS = {1366: 768, 360: 800}


@pytest.mark.parametrize("username", ROLES)
def test_every_page_is_accessible(open_window: OpenWindow, username: str) -> None:
    windows = [open_window(width=width, height=height) for width, height in WIDTHS.items()]
    for window in windows:
        log_in(window, username)
    seen = {"desk"}
    waiting = links_of(windows[0])
    while waiting:
        address = waiting.pop(0)
        name = page_name(address)
        if name is None or name in seen:
            continue
        seen.add(name)
        for window in windows:
            check_page(window, address)
        waiting.extend(links_of(windows[0]))
    assert len(seen) > 1


def links_of(page: Page) -> list[str]:
    hrefs = page.locator("a[href^='/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return [str(href) for href in hrefs]


def page_name(address: str) -> str | None:
    """The URL's name; pages of one name are alike. None for files and what is not ours."""
    if any(kind in address for kind in NOT_PAGES):
        return None
    try:
        return resolve(urlsplit(address).path).url_name
    except Resolver404:
        return None


def check_page(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, f"{address}: {answer.status}"
    check_axe(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    viewport = page.viewport_size
    assert viewport is not None
    assert width <= viewport["width"], f"{address} is {width} px wide"
