"""What the worker does for a print run, and how it is called again."""

from io import StringIO

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from audit.models import AuditEvent
from reportcards import actions
from reportcards.models import PrintedDocument, PrintRun
from reportcards.prints.queue import is_stalled, last_call, runs_for_worker
from reportcards.prints.tasks import assemble_run
from tests.reportcards.prints.arrange import fail, lay_out, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(signed_class):
    return start(signed_class, document=PrintedDocument.YEAR)


def work(run):
    """The task's own function, as the worker calls it."""
    assemble_run.func(run.pk)
    run.refresh_from_db()


def calls(status="READY"):
    found = DBTaskResult.objects.filter(task_path__endswith="assemble_run", status=status)
    return list(found.order_by("enqueued_at"))


def test_a_run_whose_documents_stand_is_finished_at_once(run):
    lay_out(run)
    work(run)
    assert run.merged_name
    assert not calls()


def test_until_then_the_worker_looks_again_a_little_later(run):
    work(run)
    [call] = calls()
    assert call.args_kwargs == {"args": [run.pk], "kwargs": {}}
    assert call.run_after > call.enqueued_at


def test_a_cancelled_run_is_not_looked_at_again(run, signed_class):
    actions.cancel_print_run(run=run, by=signed_class.van)
    work(run)
    assert not calls()


def test_a_run_that_is_no_more_ends_the_task(db):
    assemble_run.func(999_999)
    assert not calls()


class TestCalls:
    def test_a_run_that_nobody_was_called_for_is_stalled(self, run):
        assert (last_call(run), is_stalled(run)) == (None, True)
        assert runs_for_worker() == [run]

    def test_one_that_waits_for_its_worker_is_not(self, run):
        assemble_run.enqueue(run.pk)
        assert last_call(run) is not None
        assert not is_stalled(run)
        assert not runs_for_worker()

    def test_anothers_call_is_not_its_own(self, run):
        assemble_run.enqueue(run.pk + 1)
        assert is_stalled(run)

    @pytest.mark.parametrize("over", [{"refusal": "Không được."}, {"attempts": 1}])
    def test_what_is_over_needs_nobody(self, run, over):
        PrintRun.objects.update(**over)
        run.refresh_from_db()
        assert is_stalled(run) == (not run.refusal)


class TestResumeCommand:
    def resume(self, callbacks):
        out = StringIO()
        with callbacks(execute=True):
            call_command("resume_prints", stdout=out)
        return out.getvalue()

    def test_it_calls_a_worker_for_runs_that_nobody_makes(
        self, run, django_capture_on_commit_callbacks
    ):
        assert self.resume(django_capture_on_commit_callbacks) == (f"Print run {run.pk} goes on\n")
        assert len(calls()) == 1
        event = AuditEvent.objects.get(event="print_run.resumed")
        assert event.system_job == "resume_prints"

    def test_a_second_time_it_has_nothing_to_do(self, run, django_capture_on_commit_callbacks):
        self.resume(django_capture_on_commit_callbacks)
        assert self.resume(django_capture_on_commit_callbacks) == ""
        assert len(calls()) == 1

    def test_a_finished_run_is_left_alone(self, run, django_capture_on_commit_callbacks):
        for position in (1, 2, 3):
            fail(run, position)
        work(run)
        assert self.resume(django_capture_on_commit_callbacks) == ""
