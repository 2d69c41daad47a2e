from typing import Any

from django.db import models

from schools.names import fold, guess_given_name, sort_key


class NameSortKeyField(models.CharField):
    """Follows the row's full_name and given_name at every save, bulk_create included."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 400, "editable": False, "default": "", **kwargs})

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001
        full_name = model_instance.full_name
        given_name = model_instance.given_name or guess_given_name(full_name)
        key = sort_key(full_name, given_name)[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class NameSearchKeyField(models.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 200, "editable": False, "default": "", **kwargs})

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001
        key = fold(model_instance.full_name)[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key
