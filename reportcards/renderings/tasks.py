"""What the worker does for documents: it lays out those that wait, a few at a time.

A task says nothing but "look": what is to be laid out stands in rows of our own, with leases, so
that a killed worker's documents are taken up by the next one (ADR 35).
"""

import datetime
import gc

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from audit.models import SystemJob
from reportcards.actions.rendering import render_next
from reportcards.models import Rendering
from reportcards.worker_calls import calls_of

RENDERER = SystemJob("render_waiting")
BATCH = 10  # documents that wait for a lease to end where a worker is killed
PRIORITY = -10  # whoever waits to sign comes first
PAUSE = datetime.timedelta(seconds=30)


@task(priority=PRIORITY)
def render_waiting() -> None:
    if Rendering.objects.free().count() > BATCH:
        call_once()  # before the work begins: whoever is idle takes a share
    try:
        render_next(most=BATCH, by=RENDERER)
    finally:
        call_for_rest()
    # Documents leave little behind that is not freed at once, and nobody looked for it meanwhile.
    gc.collect()


def is_called() -> bool:
    """Another call would only stand behind that one."""
    return DBTaskResult.objects.ready().filter(task_path=render_waiting.module_path).exists()


def call_once() -> None:
    if not is_called():
        render_waiting.enqueue()


def call_for_rest() -> None:
    if Rendering.objects.free().exists():
        call_once()
    elif Rendering.objects.waiting().exists():
        _look_again_later()


def _look_again_later() -> None:
    """What is left is leased by another worker, perhaps a dead one."""
    if not calls_of(render_waiting).exists():
        render_waiting.using(run_after=timezone.now() + PAUSE).enqueue()
