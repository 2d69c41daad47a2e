"""The worker signs with the key of an HSM (SoftHSM); django-tasks only calls it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from audit.models import AuditEvent
from reportcards import actions
from reportcards.actions._tasks import lease_tasks
from reportcards.models import DigitalSignature, TaskState
from reportcards.signing_queue import is_called, is_stalled, runs_for_worker
from reportcards.tasks import PAUSE, sign_run
from tests.reportcards.signing_cases import (
    after_the_lease,
    fail_all,
    homeroom_run,
    hsm_certificate,
    refusals,
    revoke,
    states,
)

SIGNED, WAITING, FAILED = TaskState.SIGNED, TaskState.WAITING, TaskState.FAILED


@pytest.fixture
def hsm(signed_class, certificates, demo_authority, token, settings):
    return hsm_certificate(signed_class, demo_authority, token, settings)


@pytest.fixture
def start(signed_class, cards, hsm, django_capture_on_commit_callbacks):
    """Begins the run of the three cards, as a request does: its commit calls the worker."""

    def begin():
        with django_capture_on_commit_callbacks(execute=True):
            return actions.start_signing_run(
                report_cards=cards, slot="homeroom", certificate=hsm, by=signed_class.ngoc
            )

    return begin


def calls():
    return DBTaskResult.objects.order_by("enqueued_at", "pk")


def forget_calls():
    """As when a worker has taken them and died: nothing but its leases is left."""
    calls().update(status="RUNNING")


class TestCall:
    def test_the_start_calls_the_worker_with_the_runs_number_alone(self, start):
        run = start()

        call = calls().get()
        assert call.args_kwargs == {"args": [run.pk], "kwargs": {}}
        assert call.task_path == "reportcards.tasks.sign_run"
        assert is_called(run)

    def test_a_start_that_fails_calls_nobody(
        self, signed_class, cards, hsm, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            actions.start_signing_run(
                report_cards=cards, slot="homeroom", certificate=hsm, by=signed_class.ngoc
            )
            transaction.set_rollback(True)
        assert not calls().exists()

    def test_a_typed_passphrase_calls_nobody(
        self, signed_class, cards, certificates, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            homeroom_run(signed_class, cards, certificates)
        assert not calls().exists()

    def test_a_retry_calls_it_again(self, start, signed_class, django_capture_on_commit_callbacks):
        run = start()
        forget_calls()
        fail_all(run)

        with django_capture_on_commit_callbacks(execute=True):
            actions.retry_failed_cards(run=run, by=signed_class.ngoc)

        assert calls().count() == 2
        assert is_called(run)


class TestSignRun:
    def test_every_card_is_signed_by_the_hsm(self, start, hsm, signed_class):
        run = start()
        sign_run.call(run.pk)

        assert states(run) == [SIGNED] * 3
        signatures = DigitalSignature.objects.all()
        assert {row.certificate for row in signatures} == {hsm}
        assert {row.signer for row in signatures} == {signed_class.ngoc}

    def test_a_second_worker_on_the_same_run_finds_nothing_to_do(self, start):
        run = start()
        sign_run.call(run.pk)
        sign_run.call(run.pk)
        assert DigitalSignature.objects.count() == 3

    def test_a_cancelled_run_is_left_as_it_is(self, start, signed_class):
        run = start()
        actions.cancel_signing_run(run=run, by=signed_class.ngoc)
        sign_run.call(run.pk)
        assert states(run) == [TaskState.CANCELLED] * 3

    def test_a_wrong_pin_reaches_the_person_through_her_cards(self, start, settings):
        run = start()
        settings.PKCS11_PIN = "000000"

        sign_run.call(run.pk)

        assert states(run) == [FAILED] * 3
        assert all(sentence.startswith("Sai mã PIN") for sentence in refusals(run))

    def test_the_pin_is_tried_once_and_not_again_and_again(self, start, settings):
        """Ten wrong ones lock the HSM."""
        run = start()
        settings.PKCS11_PIN = "000000"
        sign_run.call(run.pk)
        assert runs_for_worker() == []
        assert not is_stalled(run)

    def test_a_certificate_revoked_meanwhile_reaches_her_too(self, start, hsm, demo_authority):
        run = start()
        revoke(hsm, demo_authority)
        sign_run.call(run.pk)
        assert states(run) == [FAILED] * 3
        assert "đã bị thu hồi" in refusals(run)[0]

    def test_who_has_left_the_school_signs_no_more(self, start, signed_class):
        run = start()
        type(run).objects.filter(pk=run.pk).update(signer=signed_class.suong)
        sign_run.call(run.pk)
        assert states(run) == [FAILED] * 3
        assert "chứng thư số của chính mình" in refusals(run)[0]

    def test_what_another_worker_has_leased_is_looked_at_later(self, start):
        """It may be dead, and other runs need not wait for its lease to end."""
        run = start()
        forget_calls()
        lease_tasks(run, 3)

        sign_run.call(run.pk)

        later = calls().get(status="READY")
        assert later.run_after == timezone.now() + PAUSE
        assert later.args_kwargs["args"] == [run.pk]

    def test_a_dead_workers_cards_are_taken_up(self, start):
        run = start()
        lease_tasks(run, 2)
        with after_the_lease():
            sign_run.call(run.pk)
        assert states(run) == [SIGNED] * 3


class TestStalled:
    def test_a_run_that_was_called_is_not(self, start):
        assert not is_stalled(start())

    def test_a_run_that_somebody_is_at_work_on_is_not(self, start):
        run = start()
        forget_calls()
        lease_tasks(run, 1)
        assert not is_stalled(run)

    def test_a_run_whose_worker_died_is(self, start):
        run = start()
        forget_calls()
        lease_tasks(run, 1)
        with after_the_lease():
            assert is_stalled(run)

    def test_a_run_that_is_signed_is_not(self, start):
        run = start()
        sign_run.call(run.pk)
        forget_calls()
        assert not is_stalled(run)

    def test_a_run_of_a_typed_passphrase_waits_for_its_person(
        self, signed_class, cards, certificates
    ):
        assert not is_stalled(homeroom_run(signed_class, cards, certificates))


class TestResumeCommand:
    def resume(self, capture):
        out = StringIO()
        with capture(execute=True):
            call_command("resume_signing", stdout=out)
        return out.getvalue()

    def test_a_run_without_a_worker_is_called(self, start, django_capture_on_commit_callbacks):
        run = start()
        forget_calls()

        assert self.resume(django_capture_on_commit_callbacks) == (
            f"Signing run {run.pk} goes on\n"
        )
        assert is_called(run)
        event = AuditEvent.objects.get(event="signing_run.resumed")
        assert (event.system_job, event.changes["cards"]) == ("resume_signing", [None, 3])

    def test_also_while_the_lease_of_a_dead_worker_runs(
        self, start, django_capture_on_commit_callbacks
    ):
        """After a restart nobody may have the page open when it ends."""
        run = start()
        forget_calls()
        lease_tasks(run, 3)
        assert self.resume(django_capture_on_commit_callbacks)

    def test_a_run_that_is_called_already_is_left(self, start, django_capture_on_commit_callbacks):
        start()
        assert self.resume(django_capture_on_commit_callbacks) == ""
        assert calls().count() == 1

    def test_a_signed_run_is_left(self, start, django_capture_on_commit_callbacks):
        run = start()
        sign_run.call(run.pk)
        forget_calls()
        assert self.resume(django_capture_on_commit_callbacks) == ""

    def test_a_run_of_a_typed_passphrase_is_left(
        self, signed_class, cards, certificates, django_capture_on_commit_callbacks
    ):
        homeroom_run(signed_class, cards, certificates)
        assert self.resume(django_capture_on_commit_callbacks) == ""
