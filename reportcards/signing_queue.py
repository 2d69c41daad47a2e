"""Calling the worker for a run: django-tasks carries the call and nothing else (ADR 23)."""

from functools import partial

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reportcards.models import SigningRun
from reportcards.server_keys import is_served
from reportcards.tasks import sign_run


def is_served_run(run: SigningRun) -> bool:
    return run.cancelled_at is None and is_served(run.certificate)


def call_worker(run: SigningRun) -> None:
    """Once what the worker shall find stands in the database."""
    if is_served_run(run):
        transaction.on_commit(partial(sign_run.enqueue, run.pk))


def is_called(run: SigningRun) -> bool:
    """No worker has taken the last call yet: another would only stand behind it."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    calls = waiting.filter(task_path=sign_run.module_path)
    return calls.filter(args_kwargs={"args": [run.pk], "kwargs": {}}).exists()


def is_stalled(run: SigningRun) -> bool:
    """Its cards wait, nobody is at work on them, and no worker has been called."""
    is_left_alone = SigningRun.objects.left_alone().filter(pk=run.pk).exists()
    return is_left_alone and is_served_run(run) and not is_called(run)


def runs_for_worker() -> list[SigningRun]:
    """Whoever is at work on them may be dead: her leases will tell."""
    runs = SigningRun.objects.unfinished().select_related("certificate").order_by("pk")
    return [run for run in runs if is_served_run(run) and not is_called(run)]
