import re

import pytest
from django.db import connection
from hypothesis import settings

from hocba.garbage import collect_seldom

pytest_plugins = [
    "tests.cast",
    "tests.flush",
    "tests.migrated",
    "tests.reportcards.authorities",
    "tests.reportcards.kept_files",
    "tests.reportcards.digital_cards",
    "tests.reportcards.tokens",
    "tests.rivals",
]

# Both workers share two cores with a database: how long one example takes says nothing. The same
# examples each time, so that a change is judged by what it changes; to look further:
# pytest --hypothesis-profile explore
settings.register_profile("suite", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("suite")

DATABASE_FIXTURES = {"db", "transactional_db"}

# What a page says and who may is beside SQLite looked at word by word. Beside PostgreSQL every
# page is asked once by who may, and what lies behind the pages is tested there all the same.
ABOUT_PAGES = re.compile(
    r"/views/|(_|/test_)(page|pages|desk|desks|grid|permissions|rights|words)(_|\.)"
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What never asks a database says the same beside PostgreSQL as it said beside SQLite."""
    if connection.vendor != "postgresql":
        return
    others = [item for item in items if not asks_a_database(item)]
    items[:] = [item for item in items if asks_a_database(item)]
    config.hook.pytest_deselected(items=others)


def pytest_collection_finish() -> None:
    """20,000 tests stay until the end: looking at them for garbage again and again takes long."""
    collect_seldom()


def asks_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("both_databases"):
        return True
    file = item.path.relative_to(item.config.rootpath).as_posix()
    if item.get_closest_marker("any_database") or ABOUT_PAGES.search(file):
        return False
    fixtures = getattr(item, "fixturenames", [])
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & {*fixtures})
