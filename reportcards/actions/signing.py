"""Signing many cards: one decision, a task for each card, partial failure, nothing half signed."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from audit.errors import DomainError
from reportcards.actions._life import lock_card
from reportcards.actions._slots import (
    check_slot,
    hold_results,
    keep_signature,
    prepare_slot,
    sign_slot,
)
from reportcards.actions._tasks import (
    close_task,
    fail_task,
    keep_preparation,
    lease_tasks,
    lock_task,
    overdue_tasks,
    record_run,
    wait_again,
)
from reportcards.card_permissions import check_user_can_use_certificate
from reportcards.errors import NothingToSign, RunIsOver, SignatureTookTooLong
from reportcards.models import (
    ReportCard,
    SigningCertificate,
    SigningRun,
    SigningTask,
    TaskState,
)
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signers import Signer
from reportcards.signing.xmldsig import (
    Preparation,
    complete_signature,
    read_preparation,
    signing_time_of,
)
from reportcards.signing_sentences import sentence_of
from reportcards.trusted import check_certificate_usable
from schools.models import StaffMember

T = TypeVar("T")

MOST_AT_ONCE = 50  # cards that one request signs


@transaction.atomic
def start_signing_run(
    *,
    report_cards: Sequence[ReportCard],
    slot: str,
    certificate: SigningCertificate,
    by: StaffMember,
) -> SigningRun:
    """Cards that somebody else is signing stay with the run that they are in."""
    check_user_can_use_certificate(by, certificate, slot)
    check_certificate_usable(certificate, slot=slot, at=timezone.now())
    busy = SigningTask.objects.pending().filter(report_card__in=report_cards)
    in_other_runs = set(busy.values_list("report_card_id", flat=True))
    chosen = [card for card in report_cards if card.pk not in in_other_runs]
    if not chosen:
        raise NothingToSign
    run = SigningRun.objects.create(school=by.school, slot=slot, certificate=certificate, signer=by)
    SigningTask.objects.bulk_create(SigningTask(run=run, report_card=card) for card in chosen)
    record_run(run, "started", by, cards=len(chosen))
    return run


def sign_next_cards(
    *, run: SigningRun, signer: Signer, by: StaffMember, most: int = MOST_AT_ONCE
) -> list[SigningTask]:
    """Each card in a transaction of its own: what one refuses, the others do not notice."""
    check_run_is_of(run, by)
    check_certificate_usable(run.certificate, slot=run.slot, at=timezone.now())
    tasks = lease_tasks(run, most)
    for task in tasks:
        _attempt(task, lambda task: _sign(task, signer, by=by))
    return tasks


def prepare_signatures(
    *, run: SigningRun, by: StaffMember, most: int = MOST_AT_ONCE
) -> list[tuple[SigningTask, Preparation]]:
    """What a remote service or a program on her own machine is to sign."""
    check_run_is_of(run, by)
    check_certificate_usable(run.certificate, slot=run.slot, at=timezone.now())
    prepared = []
    for task in lease_tasks(run, most):
        made = _attempt(task, lambda task: _prepare(task, by=by))
        if made is not None:
            prepared.append((task, made))
    return prepared


def complete_prepared_signature(
    *, task: SigningTask, signature: bytes, by: StaffMember
) -> SigningTask:
    check_run_is_of(task.run, by)
    check_certificate_usable(task.run.certificate, slot=task.run.slot, at=timezone.now())
    _attempt(task, lambda task: _complete(task, signature, by=by))
    return task


def check_run_is_of(run: SigningRun, by: StaffMember) -> None:
    check_user_can_use_certificate(by, run.certificate, run.slot)
    if run.cancelled_at is not None:
        raise RunIsOver


@transaction.atomic
def refuse_prepared_signature(*, task: SigningTask, reason: str, by: StaffMember) -> SigningTask:
    """The signer pressed "no" on her phone, or the service gave up."""
    check_run_is_of(task.run, by)
    locked = lock_task(task)
    if locked.state == TaskState.PREPARED:
        fail_task(locked, reason)
    record_run(task.run, "signature_refused", by, cards=1)
    return locked


@transaction.atomic
def fail_overdue_cards(*, run: SigningRun, by: StaffMember) -> int:
    """No answer from the phone in time: the card says so and can be tried again."""
    check_run_is_of(run, by)
    overdue = overdue_tasks(run)
    for task in overdue:
        fail_task(task, str(SignatureTookTooLong.message))
    if overdue:
        record_run(run, "timed_out", by, cards=len(overdue))
    return len(overdue)


@transaction.atomic
def retry_failed_cards(*, run: SigningRun, by: StaffMember) -> int:
    check_run_is_of(run, by)
    count = wait_again(run)
    record_run(run, "retried", by, cards=count)
    return count


@transaction.atomic
def cancel_signing_run(*, run: SigningRun, by: StaffMember) -> SigningRun:
    """What is signed stays signed; what waits is not signed any more."""
    check_user_can_use_certificate(by, run.certificate, run.slot)
    now = timezone.now()
    cancelled = run.tasks.pending().update(
        state=TaskState.CANCELLED, prepared="", prepared_until=None, changed_at=now
    )
    SigningRun.objects.filter(pk=run.pk, cancelled_at__isnull=True).update(
        cancelled_at=now, cancelled_by=by.acting_user
    )
    run.refresh_from_db()
    record_run(run, "cancelled", by, cards=cancelled)
    return run


def _attempt(task: SigningTask, step: Callable[[SigningTask], T]) -> T | None:
    try:
        with transaction.atomic():
            return step(task)
    except DomainError as error:
        fail_task(task, str(error.message))
    except SigningRefused as error:
        fail_task(task, str(sentence_of(error.refusal)))
    return None


def _sign(task: SigningTask, signer: Signer, *, by: StaffMember) -> None:
    run, card = task.run, lock_card(task.report_card)
    hold_results(card, run.slot)
    check_slot(card, run.slot, run.certificate, by=by)
    sign_slot(card, run.slot, signer, run.certificate, by=by)
    close_task(task)


def _prepare(task: SigningTask, *, by: StaffMember) -> Preparation:
    run, card = task.run, lock_card(task.report_card)
    check_slot(card, run.slot, run.certificate, by=by)
    preparation = prepare_slot(card, run.slot, run.certificate, by=by)
    keep_preparation(task, preparation)
    return preparation


def _complete(task: SigningTask, signature: bytes, *, by: StaffMember) -> None:
    locked = lock_task(task)
    run, card = locked.run, lock_card(locked.report_card)
    if locked.state != TaskState.PREPARED:
        raise RunIsOver
    hold_results(card, run.slot)
    check_slot(card, run.slot, run.certificate, by=by)
    preparation = read_preparation(locked.prepared.encode(), run.slot)
    document = complete_signature(preparation, signature)
    signed_at = signing_time_of(preparation)
    keep_signature(card, run.slot, document, run.certificate, signed_at=signed_at, by=by)
    close_task(task)
