"""Workers are called again for what a dead one left, and for what failed."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from audit.models import AuditEvent, SystemJob
from reportcards import actions
from reportcards.actions._renderings import lease_renderings
from reportcards.models import PrintPart, PrintRun, Rendering
from reportcards.renderings.queue import is_stalled
from tests.rows import saved_row

pytestmark = pytest.mark.django_db
SOON = datetime.timedelta(minutes=1)


@pytest.fixture
def rendering(cast):
    return saved_row(Rendering, cast)


@pytest.fixture
def calls():
    return DBTaskResult.objects.filter(task_path__endswith=".render_waiting")


@pytest.fixture
def resume(django_capture_on_commit_callbacks, capsys):
    def resume(command="resume_rendering", *options):
        with django_capture_on_commit_callbacks(execute=True):
            call_command(command, *options)
        return capsys.readouterr().out

    return resume


def test_documents_that_wait_for_nobody_call_a_worker(rendering, calls, resume):
    assert resume() == "1 documents wait and a worker is called\n"
    assert calls.ready().count() == 1
    assert AuditEvent.objects.get(event="rendering.resumed").system_job == "resume_rendering"


def test_nobody_is_called_twice(rendering, calls, resume):
    resume()
    resume()
    assert calls.count() == 1


def test_what_somebody_may_be_at_is_looked_at_later(rendering, calls, resume):
    lease_renderings(most=1)
    resume()
    assert calls.get().run_after > timezone.now()


def test_nothing_waits_and_nobody_is_called(calls, resume):
    assert resume() == ""
    assert not calls.exists()
    assert not AuditEvent.objects.filter(event="rendering.resumed").exists()


def test_documents_are_stalled_while_nobody_is_at_them_or_called(rendering, resume):
    assert is_stalled([rendering])
    [leased] = lease_renderings(most=1)
    assert not is_stalled([leased])
    leased.leased_until = timezone.now() - SOON
    assert is_stalled([leased])
    Rendering.objects.update(leased_until=None)
    resume()
    assert not is_stalled([rendering])


def failed(rendering):
    Rendering.objects.filter(pk=rendering.pk).update(state="failed", refusal="Không được.")
    rendering.refresh_from_db()
    return rendering


def test_what_failed_is_tried_again_alone(
    cast, rendering, calls, django_capture_on_commit_callbacks
):
    other = saved_row(Rendering, cast, content_digest="1" * 64)
    with django_capture_on_commit_callbacks(execute=True):
        count = actions.retry_renderings(
            renderings=[failed(rendering), other], by=SystemJob("tests")
        )
    rendering.refresh_from_db()
    assert (count, rendering.state, rendering.refusal) == (1, "waiting", "")
    assert calls.count() == 1
    assert AuditEvent.objects.get(event="rendering.asked").changes["count"] == [None, 1]


def test_after_an_update_all_that_failed_is_tried_again(rendering, calls, resume):
    failed(rendering)
    assert resume() == ""
    assert resume("resume_rendering", "--failed") != ""
    rendering.refresh_from_db()
    assert (rendering.state, calls.count()) == ("waiting", 1)


def test_each_school_has_its_own_event(cast, rendering, resume):
    saved_row(Rendering, cast, school=cast.other_school, content_digest="2" * 64)
    assert resume().startswith("2 documents")
    resumed = AuditEvent.objects.filter(event="rendering.resumed")
    assert {(event.school_id, event.changes["count"][1]) for event in resumed} == {
        (cast.school.pk, 1),
        (cast.other_school.pk, 1),
    }


def test_a_print_run_that_waits_for_nobody_goes_on(cast, rendering, resume):
    run = saved_row(PrintRun, cast)
    PrintPart.objects.create(run=run, position=1, rendering=rendering)
    assert resume("resume_prints") == f"Print run {run.pk} goes on\n"
    assert resume("resume_prints") == ""
