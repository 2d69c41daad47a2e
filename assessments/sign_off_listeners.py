"""Who is told when results are signed off: apps below this one, which knows none of them.

The app names a function in the `hears_of_sign_offs` of its AppConfig.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from django.apps import apps
from django.utils.module_loading import import_string

from assessments.models import SignOff
from audit.events import Actor


class Listener(Protocol):
    def __call__(self, sign_offs: Sequence[SignOff], *, by: Actor) -> None: ...


def tell_of_sign_offs(sign_offs: Sequence[SignOff], *, by: Actor) -> None:
    for listener in _listeners():
        listener(sign_offs, by=by)


def _listeners() -> Iterator[Listener]:
    for config in apps.get_app_configs():
        path = getattr(config, "hears_of_sign_offs", "")
        if path:
            yield import_string(path)
