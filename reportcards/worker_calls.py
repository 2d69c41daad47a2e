"""Calls of the worker that nobody has taken yet: django-tasks carries them and nothing else."""

import datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

PATIENCE = datetime.timedelta(seconds=30)


def calls_of(task: Task[Any, Any]) -> QuerySet[DBTaskResult]:
    """Those for a later time too."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task.module_path)


def last_call(task: Task[Any, Any], run: int) -> datetime.datetime | None:
    """To be at work on the run with this key."""
    calls = calls_of(task).filter(args_kwargs={"args": [run], "kwargs": {}})
    return calls.aggregate(Max("enqueued_at"))["enqueued_at__max"]


def is_unanswered(called_at: datetime.datetime | None) -> bool:
    """For so long that perhaps no worker runs."""
    return called_at is not None and called_at < timezone.now() - PATIENCE
