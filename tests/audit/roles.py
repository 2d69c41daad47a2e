"""The role of the tests, and what the command granted it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.audit.triggers import run_sql

ROLE = "hocba_app"


def make_role() -> str:
    run_sql(f"CREATE ROLE {ROLE}")
    grant(ROLE)
    return ROLE


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    run_sql(f"SET LOCAL ROLE {role}")
    try:
        yield
    finally:
        run_sql("RESET ROLE")


@contextmanager
def forbidden() -> Iterator[None]:
    """By a privilege that is not there, before any trigger is asked."""
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
    ):
        yield


def grant(*arguments: str) -> str:
    printed = io.StringIO()
    call_command("grant_application_role", *arguments, stdout=printed, stderr=io.StringIO())
    return printed.getvalue()


def granted(role: str = ROLE) -> set[tuple[object, ...]]:
    """Every privilege on a table or a column of it, the role's own and everybody's."""
    statement = """
        SELECT table_name, column_name, privilege_type FROM information_schema.column_privileges
        WHERE grantee IN (%s, 'PUBLIC') AND table_schema = current_schema()
        UNION SELECT table_name, NULL, privilege_type FROM information_schema.table_privileges
        WHERE grantee IN (%s, 'PUBLIC') AND table_schema = current_schema()
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [role, role])
        return set(cursor.fetchall())
