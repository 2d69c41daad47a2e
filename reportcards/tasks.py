"""What the worker does: sign with the key of an HSM whose PIN the server holds.

A task carries the number of a run and nothing else; what is to be done stands in the run's own
tasks, so that a killed worker's cards are taken up by the next one (ADR 23).
"""

import datetime

from django.utils import timezone
from django_tasks import task

from audit.errors import DomainError
from reportcards.actions.signing import give_up_signing_run, sign_next_cards
from reportcards.models import SigningRun, TaskState
from reportcards.server_keys import server_signer
from reportcards.signing.signers import Signer

BATCH = 10  # cards that wait for a lease to end where a worker is killed
PRIORITY = 10  # somebody is looking at the progress; the archive's work can wait
PAUSE = datetime.timedelta(seconds=5)


@task(priority=PRIORITY)
def sign_run(run_id: int) -> None:
    """A refusal of the key as a whole reaches the person through her cards: nobody sees a log."""
    run = SigningRun.objects.select_related("certificate__school", "signer__user", "school").get(
        pk=run_id
    )
    try:
        with server_signer(run.certificate) as signer:
            _sign_all(run, signer)
    except DomainError as refusal:
        give_up_signing_run(run=run, refusal=str(refusal.message), by=run.signer)


def _sign_all(run: SigningRun, signer: Signer) -> None:
    while _has_work(run):
        if not sign_next_cards(run=run, signer=signer, by=run.signer, most=BATCH):
            _look_again_later(run)
            return


def _has_work(run: SigningRun) -> bool:
    run.refresh_from_db(fields=["cancelled_at"])
    return run.cancelled_at is None and run.tasks.filter(state=TaskState.WAITING).exists()


def _look_again_later(run: SigningRun) -> None:
    """What is left is leased by another worker, perhaps a dead one; other runs come first."""
    sign_run.using(run_after=timezone.now() + PAUSE).enqueue(run.pk)
