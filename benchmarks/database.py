import argparse
import importlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from benchmarks.population import populate


@contextmanager
def fresh_database(description: str) -> Iterator[None]:
    """Django, on a migrated and empty database beside the one of --database-url.

    Models can be imported inside the block only. What the named database holds stays untouched.
    """
    arguments = arguments_of(description)
    with tempfile.TemporaryDirectory(prefix="hocba-benchmark-") as folder:
        file = Path(folder) / "benchmark.sqlite3"
        url = arguments.database_url or f"sqlite:///{file}"
        os.environ |= {"DATABASE_URL": url, "HOCBA_MODE": "development"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "hocba.settings"
        django.setup()
        importlib.import_module("hocba.wsgi")  # what the server tells the garbage collector
        with test_database(file):
            populate(arguments.pupils)
            yield


def arguments_of(description: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--database-url", default=os.environ.get("DATABASE_URL"))
    parser.add_argument("--pupils", type=int, default=0, help="so many pupils of other schools")
    return parser.parse_args()


@contextmanager
def test_database(file: Path) -> Iterator[None]:
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(file)  # in memory is not what a school has
    created = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        yield
    finally:
        teardown_databases(created, verbosity=0)
