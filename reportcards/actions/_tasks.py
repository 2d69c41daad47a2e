"""The tasks of a run: leased for a while, closed, failed, put back."""

import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from audit.events import Actor, Scope, record_event
from reportcards.card_permissions import check_user_can_use_certificate
from reportcards.errors import RunIsOver, TriedTooOften
from reportcards.models import SigningRun, SigningTask, TaskState
from reportcards.models.leases import LEASE, MOST_ATTEMPTS
from reportcards.models.runs import PENDING
from reportcards.two_signatures import Preparations
from schools.models import StaffMember

UNTIL_LAID_OUT = datetime.timedelta(seconds=3)
WAIT_FOR_SIGNATURE = datetime.timedelta(minutes=15)


def check_run_is_open(run: SigningRun, by: StaffMember) -> None:
    check_user_can_use_certificate(by, run.certificate, run.slot)
    if run.cancelled_at is not None:
        raise RunIsOver


@transaction.atomic
def lease_tasks(run: SigningRun, most: int) -> list[SigningTask]:
    """Tasks that nobody is at work on, a dead worker's included: hers once the lease is over."""
    _give_up_often_tried(run)
    free = SigningTask.objects.free().filter(run=run).in_class_order()
    tasks = list(
        free.select_for_update(
            of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked
        ).select_related(
            "report_card__school_year__school",
            "report_card__enrollment__school_class",
            "report_card__leader",
        )[:most]
    )
    leased_until = timezone.now() + LEASE
    SigningTask.objects.filter(pk__in=[task.pk for task in tasks]).update(
        leased_until=leased_until, attempts=F("attempts") + 1
    )
    for task in tasks:
        task.run, task.leased_until, task.attempts = run, leased_until, task.attempts + 1
    return tasks


def lock_task(task: SigningTask) -> SigningTask:
    """As it stands now, with the run and the card that the caller holds."""
    locked = SigningTask.objects.select_for_update().get(pk=task.pk)
    locked.run, locked.report_card = task.run, task.report_card
    return locked


def close_task(task: SigningTask) -> None:
    """`task` is locked and pending."""
    _settle(task, TaskState.SIGNED)
    task.state, task.refusal = TaskState.SIGNED, ""


def fail_task(task: SigningTask, refusal: str) -> None:
    """Unless it is settled already: whoever comes too late takes nothing back."""
    _settle(task, TaskState.FAILED, refusal)
    task.refresh_from_db(fields=["state", "refusal", "changed_at", "prepared", "leased_until"])


def put_back_task(task: SigningTask) -> None:
    """A worker lays its PDF out just now: soon it can be signed, and this was no attempt."""
    SigningTask.objects.filter(pk=task.pk, state=TaskState.WAITING).update(
        leased_until=timezone.now() + UNTIL_LAID_OUT, attempts=F("attempts") - 1
    )


def fail_waiting(run: SigningRun, refusal: str) -> int:
    waiting = run.tasks.filter(state=TaskState.WAITING)
    return waiting.update(
        state=TaskState.FAILED, refusal=refusal, leased_until=None, changed_at=timezone.now()
    )


def keep_preparations(task: SigningTask, preparations: Preparations) -> None:
    task.prepared, task.prepared_pdf = preparations.xml.card.decode(), preparations.pdf.update
    task.prepared_until = timezone.now() + WAIT_FOR_SIGNATURE
    task.state, task.leased_until, task.changed_at = TaskState.PREPARED, None, timezone.now()
    task.save(
        update_fields=[
            "prepared",
            "prepared_pdf",
            "prepared_until",
            "state",
            "leased_until",
            "changed_at",
        ]
    )


def wait_again(run: SigningRun) -> int:
    """Failed cards that no other run has taken up since."""
    elsewhere = SigningTask.objects.pending().exclude(run=run).values("report_card")
    failed = run.tasks.filter(state=TaskState.FAILED).exclude(report_card__in=elsewhere)
    return failed.update(
        state=TaskState.WAITING,
        refusal="",
        leased_until=None,
        attempts=0,
        changed_at=timezone.now(),
    )


def overdue_tasks(run: SigningRun) -> list[SigningTask]:
    """Prepared, and the signature did not come."""
    return list(run.tasks.filter(state=TaskState.PREPARED, prepared_until__lt=timezone.now()))


def record_run(run: SigningRun, event: str, by: Actor, *, cards: int) -> None:
    record_event(
        f"signing_run.{event}",
        by=by,
        target=run,
        scope=Scope(run.school_id),
        changes={"slot": (None, run.slot), "cards": (None, cards)},
    )


def _give_up_often_tried(run: SigningRun) -> None:
    often_tried = run.tasks.free().filter(attempts__gte=MOST_ATTEMPTS)
    often_tried.update(
        state=TaskState.FAILED,
        refusal=str(TriedTooOften.message),
        leased_until=None,
        changed_at=timezone.now(),
    )


def _settle(task: SigningTask, state: TaskState, refusal: str = "") -> None:
    SigningTask.objects.filter(pk=task.pk, state__in=PENDING).update(
        state=state,
        refusal=refusal,
        changed_at=timezone.now(),
        prepared="",
        prepared_pdf=b"",
        prepared_until=None,
        leased_until=None,
    )
