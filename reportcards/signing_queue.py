"""Calling the worker for a run: django-tasks carries the call and nothing else (ADR 23)."""

import datetime
from functools import partial

from django.db import transaction

from reportcards import worker_calls
from reportcards.models import SigningRun
from reportcards.server_keys import is_served
from reportcards.tasks import sign_run


def is_served_run(run: SigningRun) -> bool:
    return run.cancelled_at is None and is_served(run.certificate)


def call_worker(run: SigningRun) -> None:
    """Once what the worker shall find stands in the database."""
    if is_served_run(run):
        transaction.on_commit(partial(sign_run.enqueue, run.pk))


def last_call(run: SigningRun) -> datetime.datetime | None:
    """That no worker has taken yet."""
    return worker_calls.last_call(sign_run, run.pk)


def is_called(run: SigningRun) -> bool:
    """Another call would only stand behind that one."""
    return last_call(run) is not None


def is_stalled(run: SigningRun) -> bool:
    """Its cards wait, nobody is at work on them, and no worker has been called."""
    is_left_alone = SigningRun.objects.left_alone().filter(pk=run.pk).exists()
    return is_left_alone and is_served_run(run) and not is_called(run)


def runs_for_worker() -> list[SigningRun]:
    """Whoever is at work on them may be dead: her leases will tell."""
    runs = SigningRun.objects.unfinished().select_related("certificate").order_by("pk")
    return [run for run in runs if is_served_run(run) and not is_called(run)]
