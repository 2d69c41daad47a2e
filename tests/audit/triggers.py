"""What the trigger tests share: which triggers a database has, and how a write is refused."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, models, transaction

from audit.models import AppendOnlyModel, FrozenModel, LockableModel
from tests.models import our_models

APPEND_ONLY = [model for model in our_models() if issubclass(model, AppendOnlyModel)]
FROZEN = [model for model in our_models() if issubclass(model, FrozenModel)]
LOCKABLE = [model for model in our_models() if issubclass(model, LockableModel)]

LISTING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own statements")
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL's own statements"
)


def installed_triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(LISTING[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def run_sql(statement: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def truncate(model: type[models.Model]) -> None:
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    run_sql(f'TRUNCATE "{model._meta.db_table}" CASCADE')


@contextmanager
def refused(word: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=word), transaction.atomic():
        yield


def insert_statement(row: models.Model, verb: str = "INSERT") -> str:
    fields = row._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f'{verb} INTO "{row._meta.db_table}" ({columns}) VALUES ({places})'


def column_values(row: models.Model, **replaced: object) -> list[object]:
    """As the database stores them, in the order of insert_statement()."""
    return [
        replaced.get(
            field.name, field.get_db_prep_save(getattr(row, field.attname), connection=connection)
        )
        for field in row._meta.concrete_fields
    ]


def copy_for_a_plain_client(model: type[models.Model]) -> sqlite3.Connection:
    """The table with its rows and triggers, opened without any of the project's settings."""
    client = sqlite3.connect(":memory:", isolation_level=None)
    for table in {row._meta.db_table: None for row in (model, *_asked_by_triggers(model))}:
        _copy_table(table, client)
    return client


def _asked_by_triggers(model: type[models.Model]) -> Iterator[type[models.Model]]:
    for path in (getattr(model, "hangs_on", ""), getattr(model, "held_by", "")):
        above = model
        for name in path.split("__") if path else []:
            above = above._meta.get_field(name).related_model
            yield above


def _copy_table(table: str, client: sqlite3.Connection) -> None:
    with connection.cursor() as cursor:
        schema = (
            "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL ORDER BY type"
        )
        cursor.execute(schema, [table])
        statements = [statement for (statement,) in cursor.fetchall()]
        cursor.execute(f'SELECT * FROM "{table}"')
        places = ", ".join("?" * len(cursor.description))
        rows = cursor.fetchall()
    statements.sort(key=lambda statement: not statement.startswith("CREATE TABLE"))
    client.execute(statements[0])
    client.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)
    for statement in statements[1:]:
        client.execute(statement)
