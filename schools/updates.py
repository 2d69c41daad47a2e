from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone


class UpdatedQuerySet(models.QuerySet):
    """Moves `updated_at` in `update()` too, which auto_now does not see (nor `bulk_update`)."""

    def update(self, **kwargs: Any) -> int:
        return super().update(**{"updated_at": timezone.now(), **kwargs})


class UpdatedModel(models.Model):
    """A row that says when it last changed, whichever way the ORM wrote it."""

    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields:
            update_fields = {*update_fields, "updated_at"}
        super().save(*args, update_fields=update_fields, **kwargs)
