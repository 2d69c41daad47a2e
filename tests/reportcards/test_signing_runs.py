"""Beginning a run, going on with it, and leaving it."""

import pytest

from audit.errors import NotPermitted
from audit.models import AuditEvent
from reportcards import actions
from reportcards.actions._tasks import lease_tasks
from reportcards.errors import CertificateNotUsable, NothingToSign, RunIsOver
from reportcards.models import SigningRun, SigningTask, SlotKey, TaskState
from tests.reportcards.signing_cases import (
    fail_all,
    homeroom_run,
    refusals,
    revoke,
    sign_next,
    states,
)
from tests.rivals import shared_database


def start(cast, cards, certificate, *, slot=SlotKey.HOMEROOM, by=None):
    return actions.start_signing_run(
        report_cards=cards, slot=slot, certificate=certificate, by=by or cast.ngoc
    )


def events(name):
    return AuditEvent.objects.filter(event=f"signing_run.{name}")


class TestStart:
    def test_each_card_is_a_task_that_waits(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)

        assert states(run) == [TaskState.WAITING] * 3
        assert [task.report_card for task in run.tasks.in_class_order()] == cards

    def test_the_decision_is_recorded_with_its_number_of_cards(
        self, signed_class, cards, certificates
    ):
        run = homeroom_run(signed_class, cards, certificates)

        event = events("started").get()
        assert (event.actor, event.target_id) == (signed_class.ngoc.user, run.pk)
        assert event.changes == {"slot": [None, "homeroom"], "cards": [None, 3]}

    def test_refuses_a_certificate_of_another_person(self, signed_class, cards, certificates):
        with pytest.raises(NotPermitted, match="chứng thư số của chính mình"):
            start(signed_class, cards, certificates.hanh)
        assert not SigningRun.objects.exists()

    def test_the_seal_is_the_clerks(self, signed_class, cards, certificates):
        with pytest.raises(NotPermitted):
            start(signed_class, cards, certificates.seal, slot=SlotKey.SEAL, by=signed_class.tam)

    def test_nobody_signs_with_the_seal_in_her_own_name(self, signed_class, cards, certificates):
        with pytest.raises(NotPermitted):
            start(signed_class, cards, certificates.seal, by=signed_class.van)

    def test_a_stranger_starts_nothing(self, signed_class, cards, certificates):
        with pytest.raises(NotPermitted, match="không làm việc ở trường này"):
            start(signed_class, cards, certificates.ngoc, by=signed_class.quang)

    def test_refuses_a_revoked_certificate(self, signed_class, cards, certificates, demo_authority):
        revoke(certificates.ngoc, demo_authority)

        with pytest.raises(CertificateNotUsable, match="đã bị thu hồi"):
            homeroom_run(signed_class, cards, certificates)

    def test_refuses_a_seal_that_the_department_has_not_approved(
        self, signed_class, cards, certificates
    ):
        type(certificates.seal).objects.filter(pk=certificates.seal.pk).update(
            approved_on=None, approval_reference="", approved_at=None, approved_by=None
        )
        certificates.seal.refresh_from_db()

        with pytest.raises(CertificateNotUsable, match="Sở chưa phê duyệt"):
            start(signed_class, cards, certificates.seal, slot=SlotKey.SEAL, by=signed_class.van)

    def test_a_card_stays_with_the_run_that_it_is_in(self, signed_class, cards, certificates):
        first = homeroom_run(signed_class, cards[:1], certificates)
        second = homeroom_run(signed_class, cards, certificates)

        assert [task.report_card for task in first.tasks.all()] == cards[:1]
        assert [task.report_card for task in second.tasks.in_class_order()] == cards[1:]

    def test_with_nothing_left_to_sign_there_is_no_run(self, signed_class, cards, certificates):
        homeroom_run(signed_class, cards, certificates)

        with pytest.raises(NothingToSign):
            homeroom_run(signed_class, cards, certificates)
        assert SigningRun.objects.count() == 1

    def test_without_cards_there_is_no_run(self, signed_class, certificates):
        with pytest.raises(NothingToSign):
            homeroom_run(signed_class, [], certificates)

    @shared_database
    def test_of_two_that_start_at_once_each_card_is_in_one(
        self, signed_class, cards, certificates, rivals
    ):
        def begin():
            return homeroom_run(signed_class, cards, certificates)

        outcomes = rivals.act_at_once(begin, begin)

        kinds = sorted(type(outcome).__name__ for outcome in outcomes)
        assert kinds == ["NothingToSign", "SigningRun"]
        assert rivals.see(lambda: SigningTask.objects.pending().count()) == 3


class TestCancel:
    def test_what_waits_is_not_signed_and_what_is_signed_stays(
        self, signed_class, cards, certificates
    ):
        run = homeroom_run(signed_class, cards, certificates)
        sign_next(signed_class, run, certificates, most=1)

        actions.cancel_signing_run(run=run, by=signed_class.ngoc)

        assert states(run) == [TaskState.SIGNED, TaskState.CANCELLED, TaskState.CANCELLED]
        assert (run.cancelled_by, run.cancelled_at is None) == (signed_class.ngoc.user, False)
        assert events("cancelled").get().changes["cards"] == [None, 2]

    def test_nothing_is_signed_afterwards(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        actions.cancel_signing_run(run=run, by=signed_class.ngoc)

        with pytest.raises(RunIsOver):
            sign_next(signed_class, run, certificates)

    def test_its_cards_are_free_for_the_next_run(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        actions.cancel_signing_run(run=run, by=signed_class.ngoc)

        again = homeroom_run(signed_class, cards, certificates)
        sign_next(signed_class, again, certificates)

        assert states(again) == [TaskState.SIGNED] * 3

    def test_another_persons_run_is_not_cancelled(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)

        with pytest.raises(NotPermitted):
            actions.cancel_signing_run(run=run, by=signed_class.hanh)
        assert states(run) == [TaskState.WAITING] * 3

    def test_who_cancelled_first_is_remembered(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        first = actions.cancel_signing_run(run=run, by=signed_class.ngoc).cancelled_at

        assert actions.cancel_signing_run(run=run, by=signed_class.ngoc).cancelled_at == first


class TestRetry:
    def test_failed_cards_wait_again_without_their_sentence(
        self, signed_class, cards, certificates
    ):
        run = homeroom_run(signed_class, cards, certificates)
        fail_all(run)
        run.tasks.update(attempts=5)

        assert actions.retry_failed_cards(run=run, by=signed_class.ngoc) == 3
        assert states(run) == [TaskState.WAITING] * 3
        assert refusals(run) == [""] * 3
        assert set(run.tasks.values_list("attempts", flat=True)) == {0}

    def test_signed_cards_are_not_signed_again(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        sign_next(signed_class, run, certificates, most=2)
        run.tasks.filter(state=TaskState.WAITING).update(state=TaskState.FAILED, refusal="Lỗi")

        assert actions.retry_failed_cards(run=run, by=signed_class.ngoc) == 1
        assert states(run) == [TaskState.SIGNED, TaskState.SIGNED, TaskState.WAITING]

    def test_a_card_that_another_run_has_taken_up_stays_there(
        self, signed_class, cards, certificates
    ):
        run = homeroom_run(signed_class, cards, certificates)
        fail_all(run)
        homeroom_run(signed_class, cards[:1], certificates)

        assert actions.retry_failed_cards(run=run, by=signed_class.ngoc) == 2
        assert states(run) == [TaskState.FAILED, TaskState.WAITING, TaskState.WAITING]

    def test_a_cancelled_run_is_over(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        actions.cancel_signing_run(run=run, by=signed_class.ngoc)

        with pytest.raises(RunIsOver):
            actions.retry_failed_cards(run=run, by=signed_class.ngoc)

    def test_another_persons_run_is_not_retried(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        with pytest.raises(NotPermitted):
            actions.retry_failed_cards(run=run, by=signed_class.hanh)


class TestGiveUp:
    def test_each_waiting_card_says_why(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        sign_next(signed_class, run, certificates, most=1)

        given_up = actions.give_up_signing_run(run=run, refusal="Sai mã PIN.", by=signed_class.ngoc)

        assert given_up == 2
        assert states(run) == [TaskState.SIGNED, TaskState.FAILED, TaskState.FAILED]
        assert refusals(run) == ["", "Sai mã PIN.", "Sai mã PIN."]
        assert events("given_up").get().changes["cards"] == [None, 2]

    def test_with_no_card_left_there_is_nothing_to_tell(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        sign_next(signed_class, run, certificates)

        assert not actions.give_up_signing_run(run=run, refusal="Lỗi", by=signed_class.ngoc)
        assert not events("given_up").exists()


class TestLeftAlone:
    """A run whose cards wait and that nobody is at work on."""

    @staticmethod
    def left_alone():
        return list(SigningRun.objects.left_alone())

    def test_a_run_that_has_just_begun(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        assert self.left_alone() == [run]

    def test_not_while_somebody_has_leased_a_card(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        lease_tasks(run, 1)

        assert self.left_alone() == []
        assert list(SigningRun.objects.unfinished()) == [run]

    def test_not_when_every_card_is_settled(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        sign_next(signed_class, run, certificates)
        assert not SigningRun.objects.unfinished().exists()

    def test_not_when_it_was_cancelled(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        actions.cancel_signing_run(run=run, by=signed_class.ngoc)
        assert not SigningRun.objects.unfinished().exists()
