"""What the worker does: sign with the key of an HSM whose PIN the server holds.

A task carries the number of a run and nothing else; what is to be done stands in the run's own
tasks, so that a killed worker's cards are taken up by the next one (docs/adr).
"""

import time

from django_tasks import task

from reportcards.actions.signing import sign_next_cards
from reportcards.models import SigningRun, TaskState
from reportcards.server_keys import server_signer

PAUSE = 5  # seconds, while another worker's lease runs out


@task()
def sign_run(run_id: int) -> None:
    run = SigningRun.objects.select_related("certificate__school", "signer__user", "school").get(
        pk=run_id
    )
    with server_signer(run.certificate) as signer:
        while _has_work(run):
            if not sign_next_cards(run=run, signer=signer, by=run.signer):
                time.sleep(PAUSE)


def _has_work(run: SigningRun) -> bool:
    run.refresh_from_db(fields=["cancelled_at"])
    return run.cancelled_at is None and run.tasks.filter(state=TaskState.WAITING).exists()
