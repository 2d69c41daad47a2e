"""Locked and append-only rows cannot be flushed after a transactional test."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS
from django.test import TransactionTestCase

from audit.triggers import remove_triggers


def remove_all_triggers() -> None:
    for app_config in apps.get_app_configs():
        remove_triggers(app_config=app_config, using=DEFAULT_DB_ALIAS)


@pytest.fixture(autouse=True, scope="session")
def flush_without_triggers() -> Iterator[None]:
    """The flush itself installs them anew, through post_migrate."""
    flush = TransactionTestCase._fixture_teardown

    def release_and_flush(case: TransactionTestCase) -> None:
        remove_all_triggers()
        flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", release_and_flush)
        yield
