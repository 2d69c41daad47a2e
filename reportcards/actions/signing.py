"""Signing the cards of a run: each by itself, XML and PDF, so that nothing is half signed.

The key signs outside of any transaction: a slow token holds up nobody who saves a mark meanwhile.
What must hold is looked at before it signs, and once more, under lock, before the values are kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from audit.errors import DomainError
from audit.events import recorded_together
from reportcards.actions._life import lock_card
from reportcards.actions._slots import check_slot, hold_results, keep_signature, prepare_slot
from reportcards.actions._tasks import (
    check_run_is_open,
    close_task,
    fail_task,
    fail_waiting,
    keep_preparations,
    lease_tasks,
    lock_task,
    overdue_tasks,
    put_back_task,
    record_run,
)
from reportcards.card_pdf import pdf_of
from reportcards.errors import RenderingUnderWay, RunIsOver, SignatureTookTooLong
from reportcards.models import RevocationList, SigningRun, SigningTask, SlotKey, TaskState
from reportcards.self_check import check_verifies
from reportcards.signing.refusals import SigningRefused
from reportcards.signing.signers import Signer
from reportcards.signing_policies import SigningFacts, facts_for
from reportcards.signing_sentences import sentence_of
from reportcards.trusted import check_certificate_usable, newest_revocation_list
from reportcards.two_signatures import (
    Preparations,
    SignatureValues,
    SignedDocuments,
    complete_both,
    kept_preparations,
    sign_both,
)
from schools.models import StaffMember

T = TypeVar("T")

MOST_AT_ONCE = 50  # cards that one request signs


@dataclass(frozen=True)
class _Session:
    """Who signs, and the list that her certificate was looked for in."""

    by: StaffMember
    revocation_list: RevocationList | None


def sign_next_cards(
    *, run: SigningRun, signer: Signer, by: StaffMember, most: int = MOST_AT_ONCE
) -> list[SigningTask]:
    """What one card refuses, the others do not notice."""
    session = _begin(run, by)
    tasks = lease_tasks(run, most)
    facts = facts_for([task.report_card for task in tasks], run.slot)
    for task in tasks:
        _attempt(task, partial(_sign, facts=facts, signer=signer, session=session))
    return tasks


def prepare_signatures(
    *, run: SigningRun, by: StaffMember, most: int = MOST_AT_ONCE
) -> list[SigningTask]:
    """For a remote service, or a program on her own machine; those that already wait stay."""
    session = _begin(run, by)
    waiting = run.tasks.filter(state=TaskState.PREPARED).count()
    tasks = lease_tasks(run, max(0, most - waiting))
    facts = facts_for([task.report_card for task in tasks], run.slot)
    for task in tasks:
        _attempt(task, partial(_keep_prepared, facts=facts, session=session))
    if tasks:
        record_run(run, "prepared", by.acting_user, cards=len(tasks))
    return tasks


def complete_prepared_signature(
    *, task: SigningTask, values: SignatureValues, by: StaffMember
) -> SigningTask:
    """Values that no card waits for, such as second ones, change nothing."""
    session = _begin(task.run, by)
    task.refresh_from_db(fields=["state", "prepared", "prepared_pdf", "prepared_until"])
    if task.state == TaskState.PREPARED:
        _attempt(task, partial(_complete, values=values, session=session))
    return task


@transaction.atomic
def refuse_prepared_signature(*, task: SigningTask, reason: str, by: StaffMember) -> SigningTask:
    """The signer pressed "no" on her phone, or the service gave up."""
    check_run_is_open(task.run, by)
    locked = lock_task(task)
    if locked.state == TaskState.PREPARED:
        fail_task(locked, reason)
        record_run(task.run, "signature_refused", by.acting_user, cards=1)
    return locked


@transaction.atomic
def fail_overdue_cards(*, run: SigningRun, by: StaffMember) -> int:
    """No answer from the phone in time: the card says so and can be tried again."""
    check_run_is_open(run, by)
    overdue = overdue_tasks(run)
    for task in overdue:
        fail_task(task, str(SignatureTookTooLong.message))
    if overdue:
        record_run(run, "timed_out", by.acting_user, cards=len(overdue))
    return len(overdue)


@transaction.atomic
def give_up_signing_run(*, run: SigningRun, refusal: str, by: StaffMember) -> int:
    """The key or its certificate is refused as a whole: each card says so, and can be retried."""
    count = fail_waiting(run, refusal)
    if count:
        record_run(run, "given_up", by.acting_user, cards=count)
    return count


def _begin(run: SigningRun, by: StaffMember) -> _Session:
    check_run_is_open(run, by)
    check_certificate_usable(run.certificate, slot=run.slot, at=timezone.now())
    return _Session(by, newest_revocation_list(run.certificate))


def _attempt(task: SigningTask, step: Callable[[SigningTask], T]) -> T | None:
    try:
        return step(task)
    except RenderingUnderWay:
        put_back_task(task)
    except DomainError as error:
        fail_task(task, str(error.message))
    except SigningRefused as error:
        fail_task(task, str(sentence_of(error.refusal)))
    return None


def _sign(task: SigningTask, *, facts: SigningFacts, signer: Signer, session: _Session) -> None:
    preparations = _prepare(task, facts=facts, by=session.by)
    documents = _completed(task, preparations, sign_both(preparations, signer))
    with transaction.atomic(), recorded_together():
        _keep(task, TaskState.WAITING, documents, session)


def _keep_prepared(task: SigningTask, *, facts: SigningFacts, session: _Session) -> None:
    preparations = _prepare(task, facts=facts, by=session.by)
    with transaction.atomic():
        locked = lock_task(task)
        if locked.state != TaskState.WAITING:
            raise RunIsOver
        keep_preparations(locked, preparations)


def _complete(task: SigningTask, *, values: SignatureValues, session: _Session) -> None:
    if task.prepared_until is not None and task.prepared_until < timezone.now():
        raise SignatureTookTooLong
    documents = _completed(task, kept_preparations(task), values)
    with transaction.atomic(), recorded_together():
        _keep(task, TaskState.PREPARED, documents, session)


def _prepare(task: SigningTask, *, facts: SigningFacts, by: StaffMember) -> Preparations:
    run, card = task.run, task.report_card
    check_slot(card, run.slot, run.certificate, facts=facts, by=by)
    return prepare_slot(card, run.slot, run.certificate, by=by)


def _completed(
    task: SigningTask, preparations: Preparations, values: SignatureValues
) -> SignedDocuments:
    """Sealed, they are verified while nobody waits for a lock."""
    run, card = task.run, task.report_card
    documents = complete_both(preparations, values, pdf_of(card))
    if run.slot == SlotKey.SEAL:
        check_verifies(card, documents.xml, documents.pdf, run.certificate)
    return documents


def _keep(
    task: SigningTask, expected: TaskState, documents: SignedDocuments, session: _Session
) -> None:
    """Unless somebody signed the card, cancelled the run or changed what it rests on meanwhile."""
    run, locked = task.run, lock_task(task)
    if (locked.state, locked.prepared) != (expected, task.prepared):
        raise RunIsOver
    card = lock_card(task.report_card)
    hold_results(card, run.slot)
    check_slot(card, run.slot, run.certificate, facts=facts_for([card], run.slot), by=session.by)
    keep_signature(
        card,
        run.slot,
        documents,
        run.certificate,
        checked_against=session.revocation_list,
        by=session.by,
    )
    close_task(task)
