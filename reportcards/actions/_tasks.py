"""The tasks of a run: leased for a while, closed, failed, put back."""

import datetime

from django.db import connection, transaction
from django.utils import timezone

from audit.events import Scope, record_event
from reportcards.models import SigningRun, SigningTask, TaskState
from reportcards.signing.xmldsig import Preparation
from schools.models import StaffMember

LEASE = datetime.timedelta(minutes=2)
WAIT_FOR_SIGNATURE = datetime.timedelta(minutes=5)


@transaction.atomic
def lease_tasks(run: SigningRun, most: int) -> list[SigningTask]:
    """Tasks that nobody is at work on, a dead worker's included: hers once the lease is over."""
    free = SigningTask.objects.free().filter(run=run).in_roll_order()
    tasks = list(
        free.select_for_update(
            of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked
        ).select_related("report_card")[:most]
    )
    for task in tasks:
        task.run = run
        task.leased_until = timezone.now() + LEASE
        task.attempts += 1
    SigningTask.objects.bulk_update(tasks, ["leased_until", "attempts"])
    return tasks


def lock_task(task: SigningTask) -> SigningTask:
    locked = SigningTask.objects.select_for_update(of=("self",)).select_related(
        "run__certificate__school", "report_card"
    )
    return locked.get(pk=task.pk)


def close_task(task: SigningTask) -> None:
    _write(task, TaskState.SIGNED)


def fail_task(task: SigningTask, refusal: str) -> None:
    _write(task, TaskState.FAILED, refusal)


def keep_preparation(task: SigningTask, preparation: Preparation) -> None:
    task.prepared = preparation.card.decode()
    task.prepared_until = timezone.now() + WAIT_FOR_SIGNATURE
    task.state, task.leased_until, task.changed_at = TaskState.PREPARED, None, timezone.now()
    task.save(update_fields=["prepared", "prepared_until", "state", "leased_until", "changed_at"])


def wait_again(run: SigningRun) -> int:
    """Failed cards that no other run has taken up since."""
    elsewhere = SigningTask.objects.pending().exclude(run=run).values("report_card")
    failed = run.tasks.filter(state=TaskState.FAILED).exclude(report_card__in=elsewhere)
    return failed.update(
        state=TaskState.WAITING, refusal="", leased_until=None, changed_at=timezone.now()
    )


def overdue_tasks(run: SigningRun) -> list[SigningTask]:
    """Prepared, and the signature did not come."""
    return list(run.tasks.filter(state=TaskState.PREPARED, prepared_until__lt=timezone.now()))


def record_run(run: SigningRun, event: str, by: StaffMember, *, cards: int) -> None:
    record_event(
        f"signing_run.{event}",
        by=by.acting_user,
        target=run,
        scope=Scope(run.school_id),
        changes={"slot": (None, run.slot), "cards": (None, cards)},
    )


def _write(task: SigningTask, state: TaskState, refusal: str = "") -> None:
    task.state, task.refusal, task.changed_at = state, refusal, timezone.now()
    task.prepared, task.prepared_until, task.leased_until = "", None, None
    task.save(
        update_fields=[
            "state",
            "refusal",
            "changed_at",
            "prepared",
            "prepared_until",
            "leased_until",
        ]
    )
