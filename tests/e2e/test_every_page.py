"""Each kind of page that a role can reach by links: axe, and nothing too wide at 360 px."""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import OpenWindow
from tests.e2e.sessions import come_in

ROLES = ["hieutruong", "gv2a", "gv5a", "tienganh", "hocvu", "vanthu", "quantri", "phuhuynh"]
NOT_PAGES = ("pdf", "xlsx", "openapi", ".xml", ".json", ".svg", "/decision/")
PHONE = {"width": 360, "height": 800}
READ_ON_PHONES = {"gv5a", "phuhuynh"}  # whose pages are opened on a phone, too, and seen by axe


@pytest.mark.parametrize("username", ROLES)
def test_every_page_is_accessible(page: Page, open_window: OpenWindow, username: str) -> None:
    come_in(page, username)
    phone = None
    if username in READ_ON_PHONES:
        phone = open_window(**PHONE)
        come_in(phone, username)
    seen: set[str] = set()
    waiting = ["/", *links_of(page)]
    while waiting:
        address = waiting.pop(0)
        name = page_name(address)
        if name is None or name in seen:
            continue
        seen.add(name)
        visit(page, address)
        check_axe(page)
        if phone:
            visit(phone, address)
            check_axe(phone)
            check_width(phone)
        else:
            check_width_when_narrow(page)
        waiting.extend(links_of(page))
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


def visit(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, f"{address}: {answer.status}"


def check_width_when_narrow(page: Page) -> None:
    usual = page.viewport_size
    assert usual
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    check_width(page)
    page.set_viewport_size(usual)


def check_width(page: Page) -> None:
    width = page.evaluate("document.documentElement.scrollWidth")
    viewport = page.viewport_size
    assert viewport is not None
    assert width <= viewport["width"], f"{page.url} is {width} px wide"
