"""Beginning a run of signatures, going on with it, and leaving it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from audit.events import Actor
from reportcards.actions._tasks import check_run_is_open, record_run, wait_again
from reportcards.card_permissions import check_user_can_use_certificate
from reportcards.errors import NothingToSign
from reportcards.models import (
    ReportCard,
    SigningCertificate,
    SigningRun,
    SigningTask,
    TaskState,
)
from reportcards.signing_queue import call_worker
from reportcards.trusted import check_certificate_usable
from schools.models import StaffMember


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
    run = SigningRun.objects.create(school=by.school, slot=slot, certificate=certificate, signer=by)
    tasks = (SigningTask(run=run, report_card=card) for card in report_cards)
    SigningTask.objects.bulk_create(tasks, ignore_conflicts=True)
    count = run.tasks.count()
    if not count:
        raise NothingToSign
    record_run(run, "started", by.acting_user, cards=count)
    call_worker(run)
    return run


@transaction.atomic
def retry_failed_cards(*, run: SigningRun, by: StaffMember) -> int:
    check_run_is_open(run, by)
    count = wait_again(run)
    record_run(run, "retried", by.acting_user, cards=count)
    call_worker(run)
    return count


@transaction.atomic
def cancel_signing_run(*, run: SigningRun, by: StaffMember) -> SigningRun:
    """What is signed stays signed; what waits is not signed any more."""
    check_user_can_use_certificate(by, run.certificate, run.slot)
    now = timezone.now()
    cancelled = run.tasks.pending().update(
        state=TaskState.CANCELLED,
        prepared="",
        prepared_pdf=b"",
        prepared_until=None,
        leased_until=None,
        changed_at=now,
    )
    SigningRun.objects.filter(pk=run.pk, cancelled_at__isnull=True).update(
        cancelled_at=now, cancelled_by=by.acting_user
    )
    run.refresh_from_db(fields=["cancelled_at", "cancelled_by"])
    record_run(run, "cancelled", by.acting_user, cards=cancelled)
    return run


@transaction.atomic
def resume_signing_run(*, run: SigningRun, by: Actor) -> None:
    """Calls a worker again where one has died."""
    waiting = run.tasks.filter(state=TaskState.WAITING).count()
    record_run(run, "resumed", by, cards=waiting)
    call_worker(run)
