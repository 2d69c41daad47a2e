"""Calling the worker for a print run: django-tasks carries the call and nothing else (ADR 36)."""

import datetime
from functools import partial

from django.db import transaction

from reportcards import worker_calls
from reportcards.models import PrintRun
from reportcards.models.leases import is_taken
from reportcards.prints.tasks import assemble_run


def call_assembler(run: PrintRun) -> None:
    """Once what the worker shall find stands in the database."""
    transaction.on_commit(partial(assemble_run.enqueue, run.pk))


def last_call(run: PrintRun) -> datetime.datetime | None:
    """That no worker has taken yet."""
    return worker_calls.last_call(assemble_run, run.pk)


def is_stalled(run: PrintRun) -> bool:
    """Nobody who lives is at work on it, and no worker has been called."""
    return run.is_going_on and not is_taken(run.leased_until) and last_call(run) is None


def runs_for_worker() -> list[PrintRun]:
    """Whoever is at work on them may be dead: their leases will tell."""
    runs = PrintRun.objects.going_on().order_by("pk")
    return [run for run in runs if last_call(run) is None]
