"""Triggers that keep append-only tables, frozen and locked rows as they are, whoever writes.

Each reads its own table, or that of the locked row which it hangs on in the same app: SQLite
checks every trigger when it renames a table, and an app's own migrations release its triggers.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.guards import append_only_triggers, frozen_triggers, lock_triggers
from audit.models import AppendOnlyModel, FrozenModel, LockableModel
from audit.trigger_sql import Trigger


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
        return append_only_triggers(migrated, connection)
    if issubclass(model, FrozenModel):
        return frozen_triggers(migrated, model, connection)
    if issubclass(model, LockableModel):
        return lock_triggers(migrated, model, connection)
    return []


def _guarded_models(app_config: AppConfig) -> Iterator[type[models.Model]]:
    for model in app_config.get_models():
        if issubclass(model, AppendOnlyModel | FrozenModel | LockableModel):
            yield model


def _execute(using: str, statements: list[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
