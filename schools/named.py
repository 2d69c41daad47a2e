from collections.abc import Iterable
from typing import Any

from django.db import models

from schools.fields import NameSearchKeyField, NameSortKeyField
from schools.names import guess_given_name

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

    @property
    def calling_name(self) -> str:
        """What a teacher calls her: "Anh", but H'Hen of "H'Hen Niê"."""
        return self.given_name or guess_given_name(self.full_name)
