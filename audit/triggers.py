"""Triggers that keep append-only tables, frozen, locked and held rows, whoever writes.

A row's triggers may read other tables: SQLite checks every trigger when it renames or drops a
table, so a migration of any app releases the triggers of all, and they come back after it.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.guards import append_only_triggers, frozen_triggers, lock_triggers
from audit.holds import hold_triggers
from audit.models import AppendOnlyModel, FrozenModel, LockableModel
from audit.trigger_sql import Trigger

LISTING = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """
        SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
        AND array_to_string(proconfig, '') LIKE '%pg_temp'
    """,
}


def install_triggers(
    *, app_config: AppConfig, using: str, apps: Apps = installed_apps, **kwargs: Any
) -> None:
    """Receives post_migrate. `apps` holds the models as they are at the migrated state."""
    remove_triggers(app_config=app_config, using=using)
    connection = connections[using]
    for trigger in triggers_of_app(app_config, apps, connection):
        _execute(using, trigger.sql_to_create(connection.vendor))


def release_for_migration(*, app_config: AppConfig, using: str, plan: list, **kwargs: Any) -> None:
    """Receives pre_migrate, which is sent for each app whichever the plan is about."""
    if plan:
        remove_triggers(app_config=app_config, using=using)


def remove_triggers(*, app_config: AppConfig, using: str) -> None:
    connection = connections[using]
    for trigger in triggers_of_app(app_config, installed_apps, connection):
        _execute(using, trigger.sql_to_drop(connection.vendor))


def faulty_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of those that are gone, switched off or not as they were installed."""
    with connection.cursor() as cursor:
        cursor.execute(LISTING[connection.vendor])
        found = dict(cursor.fetchall())
    return sorted(
        trigger.name
        for app_config in installed_apps.get_app_configs()
        for trigger in triggers_of_app(app_config, installed_apps, connection)
        if found.get(trigger.name) != trigger.stored(connection.vendor)
    )


def triggers_of_app(
    app_config: AppConfig, apps: Apps, connection: BaseDatabaseWrapper
) -> Iterator[Trigger]:
    """`apps` holds the models as they are at the migrated state."""
    migrated = {model._meta.label: model for model in apps.get_models()}
    for model in app_config.get_models():
        if model._meta.label in migrated:
            yield from triggers_of(model, migrated[model._meta.label], connection)
    for hold in getattr(app_config, "holds", ()):
        if {hold.held, hold.by} <= migrated.keys():
            yield from hold_triggers(hold, migrated[hold.held], migrated[hold.by], connection)


def triggers_of(
    model: type[models.Model], migrated: type[models.Model], connection: BaseDatabaseWrapper
) -> list[Trigger]:
    """`model` says what is kept, `migrated` which columns and unique keys the table has."""
    if issubclass(model, AppendOnlyModel):
        return append_only_triggers(migrated, model, connection)
    if issubclass(model, FrozenModel):
        return frozen_triggers(migrated, model, connection)
    if issubclass(model, LockableModel):
        return lock_triggers(migrated, model, connection)
    return []


def _execute(using: str, statements: list[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
