from collections.abc import Iterable
from typing import Any

from django.db import models

from schools.fields import NameSearchKeyField, NameSortKeyField

NAME_FIELDS = frozenset({"full_name", "given_name"})
NAME_KEYS = frozenset({"sort_key", "search_key"})


class NamedModel(models.Model):
    """Somebody who is searched for and listed by name."""

    sort_key = NameSortKeyField()
    search_key = NameSearchKeyField()

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        names = None if update_fields is None else {*update_fields}
        if names and not names.isdisjoint(NAME_FIELDS):
            names |= NAME_KEYS
        super().save(*args, update_fields=names, **kwargs)
