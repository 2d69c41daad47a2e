"""What the triggers of each kind of guarded model refuse.

Inserts are guarded too: on SQLite, INSERT OR REPLACE removes the row that is in its way
without firing delete triggers.
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.holds import is_held
from audit.models import AppendOnlyModel, FrozenModel, LockableModel
from audit.trigger_sql import Trigger, triggers_on
from audit.unique_keys import has_key_of_new

APPEND_ONLY = "append-only"
FROZEN = "frozen"
LOCKED = "locked"
LOCK = "locked_at"


def append_only_triggers(
    model: type[models.Model], kept: type[AppendOnlyModel], connection: BaseDatabaseWrapper
) -> list[Trigger]:
    table = model._meta.db_table
    in_the_way = f'SELECT 1 FROM "{table}" WHERE {has_key_of_new(model, connection)}'
    conditions = {
        "INSERT": f"EXISTS ({in_the_way}) OR {is_held(model, kept.held_by, 'NEW')}",
        "UPDATE": "TRUE",
        "DELETE": "TRUE",
        "TRUNCATE": f'EXISTS (SELECT 1 FROM "{table}")',
    }
    return triggers_on(table, APPEND_ONLY, conditions, connection)


def frozen_triggers(
    model: type[models.Model], kept: type[FrozenModel], connection: BaseDatabaseWrapper
) -> list[Trigger]:
    table, pk = model._meta.db_table, model._meta.pk.column
    a_row = f'SELECT 1 FROM "{table}"'
    in_the_way = f"{a_row} WHERE ({has_key_of_new(model, connection)})"
    lives_on = [_stays(model, kept.living_fields, connection), *_moves(model, kept, connection)]
    conditions = {
        "INSERT": f"EXISTS ({in_the_way})",
        "UPDATE": f"NOT ({' AND '.join(lives_on)})"
        f' OR EXISTS ({in_the_way} AND "{pk}" <> OLD."{pk}")',
        "DELETE": "TRUE",
        "TRUNCATE": f"EXISTS ({a_row})",
    }
    return triggers_on(table, FROZEN, conditions, connection)


def _moves(
    model: type[models.Model], kept: type[FrozenModel], connection: BaseDatabaseWrapper
) -> list[str]:
    return [
        _moves_as_told(field.column, kept.living_moves[field.name], connection)
        for field in model._meta.concrete_fields
        if field.name in kept.living_moves
    ]


def _moves_as_told(
    column: str | None, moves: frozenset[tuple[str, str]], connection: BaseDatabaseWrapper
) -> str:
    quote = connection.schema_editor().quote_value
    told = [
        f'OLD."{column}" = {quote(old)} AND NEW."{column}" = {quote(new)}'
        for old, new in sorted(moves)
    ]
    either = " OR ".join(f"({move})" for move in [f'NEW."{column}" = OLD."{column}"', *told])
    return f"COALESCE({either}, FALSE)"


def lock_triggers(
    model: type[models.Model], kept: type[LockableModel], connection: BaseDatabaseWrapper
) -> list[Trigger]:
    table, pk = model._meta.db_table, model._meta.pk.column
    is_held_there = is_held(model, kept.held_by, f'"{table}"')
    a_kept_row = f'SELECT 1 FROM "{table}" WHERE ("{LOCK}" IS NOT NULL OR {is_held_there})'
    in_the_way = f"{a_kept_row} AND ({has_key_of_new(model, connection)})"
    unlocks = _unlocks(model, kept.unlocking_fields, connection)
    is_added, is_moved = _comes_to_a_kept_row(model, kept)
    is_held_now = is_held(model, kept.held_by, "OLD")
    conditions = {
        "INSERT": f"EXISTS ({in_the_way}) OR {is_added}",
        "UPDATE": f'(OLD."{LOCK}" IS NOT NULL AND NOT ({unlocks})) OR {is_held_now}'
        f' OR EXISTS ({in_the_way} AND "{pk}" <> OLD."{pk}") OR {is_moved}',
        "DELETE": f'OLD."{LOCK}" IS NOT NULL OR {is_held_now}',
        "TRUNCATE": f"EXISTS ({a_kept_row})",
    }
    return triggers_on(table, LOCKED, conditions, connection)


def _comes_to_a_kept_row(model: type[models.Model], kept: type[LockableModel]) -> tuple[str, str]:
    """Of a row that is added, and of one that is moved there from elsewhere."""
    key = kept.hangs_on or kept.held_by.partition("__")[0]
    if not key:
        return "FALSE", "FALSE"
    field: Any = model._meta.get_field(key)
    comes = f"({_is_locked(field, kept)} OR {is_held(model, kept.held_by, 'NEW')})"
    return comes, f'(NEW."{field.column}" <> OLD."{field.column}" AND {comes})'


def _is_locked(field: Any, kept: type[LockableModel]) -> str:
    if not kept.hangs_on:
        return "FALSE"
    parent = field.related_model._meta
    return (
        f'EXISTS (SELECT 1 FROM "{parent.db_table}"'
        f' WHERE "{parent.pk.column}" = NEW."{field.column}" AND "{LOCK}" IS NOT NULL)'
    )


def _unlocks(
    model: type[models.Model], unlocking_fields: tuple[str, ...], connection: BaseDatabaseWrapper
) -> str:
    return f'NEW."{LOCK}" IS NULL AND {_stays(model, (LOCK, *unlocking_fields), connection)}'


def _stays(
    model: type[models.Model], living_fields: tuple[str, ...], connection: BaseDatabaseWrapper
) -> str:
    """Holds where no column but those of the living fields is about to change."""
    is_same = "IS NOT DISTINCT FROM" if connection.vendor == "postgresql" else "IS"
    kept = [
        f'NEW."{field.column}" {is_same} OLD."{field.column}"'
        for field in model._meta.concrete_fields
        if field.name not in living_fields
    ]
    return " AND ".join(sorted(kept))  # a migration may have added the fields in another order
