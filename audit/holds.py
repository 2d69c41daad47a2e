"""Rows that stay as they are while a row elsewhere holds them."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.sql import Query

from audit.trigger_sql import Trigger, triggers_on
from audit.unique_keys import has_key_of_new, literal


@dataclass(frozen=True)
class Hold:
    """While a row of `by` that fits the condition has the same key, a row of `held` stays.

    The app of `by` lists it in the `holds` of its AppConfig; `held` is of an app above it.
    """

    held: str
    by: str
    key: str
    condition: Q = field(default_factory=Q)


def hold_triggers(
    hold: Hold,
    held: type[models.Model],
    by: type[models.Model],
    connection: BaseDatabaseWrapper,
) -> list[Trigger]:
    """`held` and `by` are the models as they are at the migrated state."""
    table, pk = held._meta.db_table, held._meta.pk.column
    stands_on = partial(_stands_on, hold, held, by, connection)
    a_row = f'SELECT 1 FROM "{table}" WHERE ' + stands_on(f'"{table}"')
    in_the_way = f"{a_row} AND ({has_key_of_new(held, connection)})"
    is_held = stands_on("OLD")
    conditions = {
        "INSERT": f"EXISTS ({in_the_way})",
        "UPDATE": f'{is_held} OR EXISTS ({in_the_way} AND "{pk}" <> OLD."{pk}")',
        "DELETE": is_held,
        "TRUNCATE": f"EXISTS ({a_row})",
    }
    return triggers_on(table, f"held by {by._meta.model_name}", conditions, connection)


def _stands_on(
    hold: Hold,
    held: type[models.Model],
    by: type[models.Model],
    connection: BaseDatabaseWrapper,
    row: str,
) -> str:
    table, key, held_key = by._meta.db_table, _column(by, hold.key), _column(held, hold.key)
    conditions = [f'"{table}"."{key}" = {row}."{held_key}"']
    if hold.condition:
        where = Query(by).build_where(hold.condition)
        conditions.append(literal(where, by, connection))
    return f'EXISTS (SELECT 1 FROM "{table}" WHERE {" AND ".join(conditions)})'


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.column)


def is_held(model: type[models.Model], path: str, row: str) -> str:
    """Whether a row stands at the end of the path; `row` is OLD, NEW or the quoted table.

    The path ends in a one-to-one key of the row that holds: "result__record__enrollment__lock".
    """
    if not path:
        return "FALSE"
    first, *between, last = path.split("__")
    field: Any = model._meta.get_field(first)
    value = f'{row}."{field.column}"'
    for name in between:
        above, field = field.related_model._meta, field.related_model._meta.get_field(name)
        value = (
            f'(SELECT "{field.column}" FROM "{above.db_table}" WHERE "{above.pk.column}" = {value})'
        )
    try:
        key: Any = field.related_model._meta.get_field(last).field
    except FieldDoesNotExist:  # at a migration before the table that holds
        return "FALSE"
    return f'EXISTS (SELECT 1 FROM "{key.model._meta.db_table}" WHERE "{key.column}" = {value})'
