"""What the actions of print runs share."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from audit.events import Actor, Scope, record_event
from reportcards.models import PrintRun
from reportcards.renderings.files import rendered_storage


def record_print(run: PrintRun, event: str, by: Actor, *, reason: str = "") -> None:
    record_event(
        f"print_run.{event}",
        by=by,
        target=run,
        scope=Scope(run.school_id),
        changes={"title": (None, run.title)},
        reason=reason,
    )


def delete_files(names: Iterable[str]) -> None:
    """Once no row names them any more."""
    for name in filter(None, names):
        transaction.on_commit(partial(rendered_storage().delete, name))
