"""What stands while a report card is in force, how to look at it, and how to try to change it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, models, transaction

from assessments.models import IssueLock, SignOff
from audit.errors import DomainError
from audit.models import AppendOnlyError, FrozenError
from reportcards.archive import archive_storage
from reportcards.archive_walk import names_in
from reportcards.models import (
    ArchivedFile,
    DigitalSignature,
    ReportCard,
    ReportCardEvent,
    RevocationList,
    SigningCertificate,
)
from tests.assessments.held_rows import HELD
from tests.audit.triggers import run_sql

CARD_MODELS: list[type[models.Model]] = [
    ReportCard,
    ReportCardEvent,
    DigitalSignature,
    ArchivedFile,
    SigningCertificate,
    RevocationList,
]
GUARDED: list[type[models.Model]] = [*CARD_MODELS, *HELD, SignOff, IssueLock]

REFUSALS = (DatabaseError, DomainError, AppendOnlyError, FrozenError, PermissionDenied, ValueError)
STAFF = ["hanh", "phuc", "ngoc", "binh", "suong", "tam", "van", "kien"]

World = dict[tuple[str, Any], Any]


def the_world() -> World:
    """Every guarded row and every file of the archive, as it stands."""
    world: World = {}
    for model in GUARDED:
        names = content_of(model)
        for row in model._base_manager.values(*names):
            world[model._meta.label, _pk(model, row)] = row
    for name in names_in(""):
        with archive_storage().open(name) as file:
            world["file", name] = file.read()
    return world


def content_of(model: type[models.Model]) -> list[str]:
    """All but what lives on: a card's state, whether a certificate is still used."""
    living = getattr(model, "living_fields", ())
    return [field.attname for field in model._meta.concrete_fields if field.name not in living]


def _pk(model: type[models.Model], row: dict[str, Any]) -> Any:
    pk: Any = model._meta.pk
    return row[pk.attname]


def differences(before: World) -> list[tuple[str, Any]]:
    """What is gone or other than it was; what has been added beside it does not matter."""
    after = the_world()
    return [key for key in before if after.get(key) != before[key]]


@contextmanager
def attempt() -> Iterator[None]:
    """Something that may be refused, and that leaves nothing behind for the next one."""
    try:
        with transaction.atomic():
            yield
            if connection.vendor == "postgresql":
                run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    except REFUSALS:
        pass


def guarded_rows() -> list[models.Model]:
    return [row for model in GUARDED for row in model._base_manager.all()]


def other_value(row: models.Model, field: Any) -> Any:
    """Something else that the column could hold."""
    value = getattr(row, field.attname)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.JSONField):
        return {"changed": True}
    if isinstance(value, str):
        return f"{value}x"[-10:]
    if isinstance(value, int):
        return value + 1
    return None


# The model's own ways to write


def save(row: models.Model) -> None:
    for field in row._meta.concrete_fields:
        if not field.primary_key and not field.is_relation:
            setattr(row, field.attname, other_value(row, field))
    row.save()


def save_one_field(row: models.Model) -> None:
    field = some_field(row)
    setattr(row, field.attname, other_value(row, field))
    row.save(update_fields=[field.name])


def update(row: models.Model) -> None:
    field = some_field(row)
    rows = type(row)._default_manager.filter(pk=row.pk)
    rows.update(**{field.name: other_value(row, field)})


def bulk_update(row: models.Model) -> None:
    field = some_field(row)
    setattr(row, field.attname, other_value(row, field))
    type(row)._base_manager.bulk_update([row], [field.name])


def upsert(row: models.Model) -> None:
    field = some_field(row)
    setattr(row, field.attname, other_value(row, field))
    type(row)._base_manager.bulk_create(
        [row], update_conflicts=True, unique_fields=["pk"], update_fields=[field.name]
    )


def delete(row: models.Model) -> None:
    row.delete()


def delete_by_queryset(row: models.Model) -> None:
    type(row)._default_manager.filter(pk=row.pk).delete()


def raw_delete(row: models.Model) -> None:
    rows = type(row)._base_manager.filter(pk=row.pk)
    rows._raw_delete(using=rows.db)


def some_field(row: models.Model) -> Any:
    """The first that is no key: of a lock its day, of a card its content."""
    return next(
        field
        for field in row._meta.concrete_fields
        if not field.primary_key
        and not field.is_relation
        and field.name not in {"state", "locked_at"}
    )
