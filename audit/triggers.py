"""Triggers that keep append-only tables and locked rows as they are, whoever writes.

Each reads its own table, or that of the locked row which it hangs on in the same app: SQLite
checks every trigger when it renames a table, and an app's own migrations release its triggers.
Inserts are guarded too: on SQLite, INSERT OR REPLACE removes the row that is in its way
without firing delete triggers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.sql import Query

from audit.models import AppendOnlyModel, LockableModel

APPEND_ONLY = "append-only"
LOCKED = "locked"
LOCK = "locked_at"

SQLITE_CREATE = """
CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" FOR EACH ROW WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$
"""
POSTGRESQL_CREATE = """
CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" FOR EACH {scope} EXECUTE FUNCTION "{name}"()
"""


@dataclass(frozen=True)
class Trigger:
    table: str
    operation: str
    refusal: str
    condition: str

    @property
    def name(self) -> str:
        return f"{self.table}_{self.refusal}_{self.operation}".replace("-", "_").lower()

    @property
    def message(self) -> str:
        return f"{self.table} is {self.refusal}: {self.operation} refused"

    def sql_to_create(self, vendor: str) -> list[str]:
        values = {
            "name": self.name,
            "table": self.table,
            "operation": self.operation,
            "condition": self.condition,
            "message": self.message,
            "scope": "STATEMENT" if self.operation == "TRUNCATE" else "ROW",
        }
        if vendor == "sqlite":
            return [SQLITE_CREATE.format(**values)]
        return [POSTGRESQL_FUNCTION.format(**values), POSTGRESQL_CREATE.format(**values)]

    def sql_to_drop(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [f'DROP TRIGGER IF EXISTS "{self.name}"']
        return [
            f'DROP TRIGGER IF EXISTS "{self.name}" ON "{self.table}"',
            f'DROP FUNCTION IF EXISTS "{self.name}"()',
        ]


def install_triggers(
    *, app_config: AppConfig, using: str, apps: Apps = installed_apps, **kwargs: Any
) -> None:
    """Receives post_migrate. `apps` holds the models as they are at the migrated state."""
    remove_triggers(app_config=app_config, using=using)
    migrated = {model._meta.label: model for model in apps.get_models()}
    for model in _guarded_models(app_config):
        if model._meta.label in migrated:
            for trigger in triggers_of(model, migrated[model._meta.label], connections[using]):
                _execute(using, trigger.sql_to_create(connections[using].vendor))


def release_for_migration(*, app_config: AppConfig, using: str, plan: list, **kwargs: Any) -> None:
    """Receives pre_migrate: SQLite drops no column that a trigger names."""
    if any(migration.app_label == app_config.label for migration, _backwards in plan):
        remove_triggers(app_config=app_config, using=using)


def remove_triggers(*, app_config: AppConfig, using: str) -> None:
    connection = connections[using]
    for model in _guarded_models(app_config):
        for trigger in triggers_of(model, model, connection):
            _execute(using, trigger.sql_to_drop(connection.vendor))


def triggers_of(
    model: type[models.Model], migrated: type[models.Model], connection: BaseDatabaseWrapper
) -> list[Trigger]:
    """`model` says what is kept, `migrated` which columns and unique keys the table has."""
    if issubclass(model, AppendOnlyModel):
        return _append_only_triggers(migrated, connection)
    if issubclass(model, LockableModel):
        return _lock_triggers(migrated, model, connection)
    return []


def _guarded_models(app_config: AppConfig) -> Iterator[type[models.Model]]:
    for model in app_config.get_models():
        if issubclass(model, AppendOnlyModel | LockableModel):
            yield model


def _execute(using: str, statements: list[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _append_only_triggers(
    model: type[models.Model], connection: BaseDatabaseWrapper
) -> list[Trigger]:
    table = model._meta.db_table
    conditions = {
        "INSERT": f'EXISTS (SELECT 1 FROM "{table}" WHERE {_has_key_of_new(model, connection)})',
        "UPDATE": "TRUE",
        "DELETE": "TRUE",
        "TRUNCATE": f'EXISTS (SELECT 1 FROM "{table}")',
    }
    return _triggers(table, APPEND_ONLY, conditions, connection)


def _lock_triggers(
    model: type[models.Model], kept: type[LockableModel], connection: BaseDatabaseWrapper
) -> list[Trigger]:
    table, pk = model._meta.db_table, model._meta.pk.column
    a_locked_row = f'SELECT 1 FROM "{table}" WHERE "{LOCK}" IS NOT NULL'
    in_the_way = f"{a_locked_row} AND ({_has_key_of_new(model, connection)})"
    unlocks = _unlocks(model, kept.unlocking_fields, connection)
    is_added, is_moved = _hangs_on_a_locked_row(model, kept.hangs_on)
    conditions = {
        "INSERT": f"EXISTS ({in_the_way}) OR {is_added}",
        "UPDATE": f'(OLD."{LOCK}" IS NOT NULL AND NOT ({unlocks}))'
        f' OR EXISTS ({in_the_way} AND "{pk}" <> OLD."{pk}") OR {is_moved}',
        "DELETE": f'OLD."{LOCK}" IS NOT NULL',
        "TRUNCATE": f"EXISTS ({a_locked_row})",
    }
    return _triggers(table, LOCKED, conditions, connection)


def _hangs_on_a_locked_row(model: type[models.Model], key: str) -> tuple[str, str]:
    """Of a row that is added, and of one that is moved there from elsewhere."""
    if not key:
        return "FALSE", "FALSE"
    field: Any = model._meta.get_field(key)
    parent, column = field.related_model._meta, field.column
    is_locked = (
        f'EXISTS (SELECT 1 FROM "{parent.db_table}"'
        f' WHERE "{parent.pk.column}" = NEW."{column}" AND "{LOCK}" IS NOT NULL)'
    )
    return is_locked, f'(NEW."{column}" <> OLD."{column}" AND {is_locked})'


def _triggers(
    table: str, refusal: str, conditions: dict[str, str], connection: BaseDatabaseWrapper
) -> list[Trigger]:
    return [
        Trigger(table, operation, refusal, condition)
        for operation, condition in conditions.items()
        if operation != "TRUNCATE" or connection.vendor == "postgresql"
    ]


def _unlocks(
    model: type[models.Model], unlocking_fields: tuple[str, ...], connection: BaseDatabaseWrapper
) -> str:
    is_same = "IS NOT DISTINCT FROM" if connection.vendor == "postgresql" else "IS"
    kept = [
        f'NEW."{field.column}" {is_same} OLD."{field.column}"'
        for field in model._meta.concrete_fields
        if field.name not in {LOCK, *unlocking_fields}
    ]
    return " AND ".join([f'NEW."{LOCK}" IS NULL', *kept])


def _has_key_of_new(model: type[models.Model], connection: BaseDatabaseWrapper) -> str:
    """Holds for a row that has the primary key or another unique key of NEW."""
    keys = [f'"{field.column}" = NEW."{field.column}"' for field in _unique_fields(model)]
    keys += [
        _unique_constraint_of_new(model, constraint, connection)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    return " OR ".join(f"({key})" for key in keys)


def _unique_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if field.unique]


def _unique_constraint_of_new(
    model: type[models.Model], constraint: models.UniqueConstraint, connection: BaseDatabaseWrapper
) -> str:
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    parts = [f'"{columns[name]}" = NEW."{columns[name]}"' for name in constraint.fields]
    if constraint.condition is not None:
        parts += _condition_on_both_rows(model, constraint.condition, connection)
    return " AND ".join(parts)


def _condition_on_both_rows(
    model: type[models.Model], condition: Q, connection: BaseDatabaseWrapper
) -> list[str]:
    query = Query(model)
    of_existing = query.build_where(condition)
    of_new = of_existing.relabeled_clone({model._meta.db_table: "new"})
    compiler = query.get_compiler(connection=connection)
    quote = connection.schema_editor().quote_value
    statements = [compiler.compile(where) for where in (of_existing, of_new)]
    return [f"({sql % tuple(map(quote, params))})" for sql, params in statements]
