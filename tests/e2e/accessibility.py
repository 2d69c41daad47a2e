import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def check_axe(page: Page) -> None:
    """Fails with each violation of axe's rules on this page: rule, place and what to mend."""
    results = Axe().run(page)
    if results.violations_count:
        pytest.fail(f"{page.url}\n{results.generate_report()}", pytrace=False)
