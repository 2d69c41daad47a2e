"""Workers as processes that lay documents out: two on one database, one of them killed."""

import datetime
import os
import signal
from collections import Counter

import pytest
from django_tasks_db.models import DBTaskResult

from audit.models import AuditEvent
from reportcards.models import Rendering, RenderingState
from reportcards.models.leases import LEASE
from reportcards.renderings import tasks
from reportcards.renderings.files import pdf_in
from tests.e2e.server import children_of
from tests.reportcards.cards import card_payload
from tests.reportcards.workers import workers_beside
from tests.rivals import shared_database
from tests.rows import saved_row

DOCUMENTS = 12  # more than a batch
IN_MID_RUN = 2  # documents laid out
AFTER_THE_LEASE = LEASE + datetime.timedelta(minutes=1)


@pytest.fixture
def documents(cast):
    """Of one card under as many digests: each is a document of its own."""
    payload = card_payload()
    for number in range(DOCUMENTS):
        digest = f"{number:064x}"
        content = {"payload": payload, "digest": digest}
        saved_row(Rendering, cast, kind="display", content=content, content_digest=digest)
    tasks.call_once()


@pytest.fixture
def workers(own_storages, documents, rivals, tmp_path):
    with workers_beside(rivals, tmp_path) as workers:
        yield workers


@pytest.fixture
def see(rivals):
    return rivals.see


def ready():
    return Rendering.objects.filter(state=RenderingState.READY).count()


def check_that_each_is_laid_out_once():
    """Its file is the one that the row names, and one event says so."""
    rows = list(Rendering.objects.all())
    assert {row.state for row in rows} == {RenderingState.READY}
    assert len({pdf_in(row) for row in rows}) == DOCUMENTS
    made = AuditEvent.objects.filter(event="rendering.made").values_list("target_id", flat=True)
    assert Counter(made) == Counter(row.pk for row in rows)
    return True


@shared_database
def test_of_two_workers_one_is_killed_and_no_document_is_lost(workers, see):
    # Given two workers of which one is killed at its work
    killed = workers.start()
    workers.wait_until(lambda: see(ready) >= IN_MID_RUN)
    workers.start()
    workers.kill(killed)

    # When the other has done what it could, and one comes after the dead one's lease
    workers.wait_until(lambda: see(are_all_leased_or_ready))
    workers.start(after=AFTER_THE_LEASE)
    workers.wait_until(lambda: see(ready) == DOCUMENTS)

    # Then each is laid out once, those that the dead one held by a second attempt
    assert see(check_that_each_is_laid_out_once) is True
    attempts = see(lambda: Counter(Rendering.objects.values_list("attempts", flat=True)))
    assert set(attempts) == {1, 2}


def are_all_leased_or_ready():
    is_idle = not DBTaskResult.objects.ready().exists()
    return is_idle and not Rendering.objects.free().exists()


@pytest.mark.any_database
@shared_database
def test_workers_that_are_stopped_finish_what_they_are_at(workers, see):
    both = workers.start("run_workers", "--workers", "2", "--interval", "0.1")
    workers.wait_until(lambda: see(ready) >= IN_MID_RUN)

    [parent] = children_of(both.pid)  # which stands under a time limit
    for pid in (parent, *children_of(parent)):  # as a service manager does
        os.kill(pid, signal.SIGTERM)
    both.wait(60)

    leased = see(lambda: Rendering.objects.filter(leased_until__isnull=False).count())
    assert leased == 0
    assert see(lambda: Rendering.objects.filter(attempts__gt=1).count()) == 0
