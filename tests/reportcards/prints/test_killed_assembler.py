"""A worker that prints is killed; the next one finishes the run."""

import datetime
import json

import pytest

from reportcards.models import PrintedDocument, PrintOutput, PrintRun, Rendering, RenderingState
from reportcards.models.leases import LEASE
from tests.reportcards.prints.arrange import start, zipped
from tests.reportcards.workers import workers_beside
from tests.rivals import shared_database

pytestmark = pytest.mark.any_database

AFTER_THE_LEASE = LEASE + datetime.timedelta(minutes=1)


@pytest.fixture
def run(signed_class, own_storages):
    return start(signed_class, document=PrintedDocument.YEAR, output=PrintOutput.BOTH)


@pytest.fixture
def workers(run, rivals, tmp_path):
    with workers_beside(rivals, tmp_path) as workers:
        yield workers


def is_under_way():
    return Rendering.objects.filter(parts__isnull=False, state=RenderingState.READY).exists()


def is_finished():
    return PrintRun.objects.get().finished_at is not None


def printed():
    manifest = json.loads(zipped(PrintRun.objects.get())["manifest.json"])
    return [entry["full_name"] for entry in manifest["files"]]


def leave_with_a_dead_worker():
    """As who was killed while she joined the files leaves it."""
    run = PrintRun.objects.get()
    PrintRun.objects.update(
        finished_at=None, expires_at=None, leased_until=run.started_at + LEASE, attempts=1
    )


@shared_database
def test_a_killed_workers_run_is_finished_by_the_next(workers, rivals):
    # Given a worker that is killed while the documents are laid out
    first = workers.start()
    workers.wait_until(lambda: rivals.see(is_under_way))
    workers.kill(first)

    # When workers are called again after its leases, and one comes
    workers.run("resume_rendering", after=AFTER_THE_LEASE)
    workers.run("resume_prints", after=AFTER_THE_LEASE)
    workers.start(after=AFTER_THE_LEASE)

    # Then everybody is printed once
    workers.wait_until(lambda: rivals.see(is_finished))
    assert rivals.see(printed) == ["Lê Minh Anh", "Võ Trí Đức", "H'Hen Niê"]

    # And a run whose files were just being joined is made anew
    rivals.see(leave_with_a_dead_worker)
    assert "goes on" in workers.run("resume_prints", after=AFTER_THE_LEASE)
    workers.wait_until(lambda: rivals.see(is_finished))
    assert rivals.see(lambda: PrintRun.objects.get().attempts) == 2
