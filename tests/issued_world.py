"""What stands while a report card is in force, and how to look whether any of it has changed."""

from typing import Any

from django.db import models

from assessments.models import IssueLock, SignOff
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

CARD_MODELS: list[type[models.Model]] = [
    ReportCard,
    ReportCardEvent,
    DigitalSignature,
    ArchivedFile,
    SigningCertificate,
    RevocationList,
]
GUARDED: list[type[models.Model]] = [*CARD_MODELS, *HELD, SignOff, IssueLock]

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
