"""Signing the cards of a run: one refused card stops no other, and none is half signed."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from assessments import actions as assessing
from assessments.models import IssueLock, PeriodRecord
from audit.errors import NotPermitted
from reportcards import actions
from reportcards.actions._tasks import MOST_ATTEMPTS, lease_tasks
from reportcards.actions.signing import MOST_AT_ONCE
from reportcards.errors import CertificateNotUsable, RunIsOver
from reportcards.models import (
    ArchivedFile,
    DigitalSignature,
    ReportCard,
    SlotKey,
    TaskState,
)
from reportcards.workflow import CardState
from schools.models import StaffRole
from tests.reportcards.digital_cards import IN_JUNE, freeze, issue, sign
from tests.reportcards.signing_cases import (
    MeanwhileSigner,
    after_the_lease,
    homeroom_run,
    leader_run,
    refusals,
    revoke,
    sign_next,
    states,
)

SIGNED, WAITING, FAILED = TaskState.SIGNED, TaskState.WAITING, TaskState.FAILED


def card_states():
    return list(ReportCard.objects.in_class_order().values_list("state", flat=True))


def signature_count():
    return DigitalSignature.objects.count()


@pytest.fixture
def run(signed_class, cards, certificates):
    return homeroom_run(signed_class, cards, certificates)


class TestSignNext:
    def test_every_card_gets_its_signature_in_the_slot(self, signed_class, run, certificates):
        sign_next(signed_class, run, certificates)

        assert states(run) == [SIGNED] * 3
        assert card_states() == [CardState.HOMEROOM_SIGNED] * 3
        for signature in DigitalSignature.objects.all():
            assert (signature.slot, signature.signer) == ("homeroom", signed_class.ngoc)
            assert signature.certificate == certificates.ngoc
            assert "<GVCN>" in signature.document

    def test_no_more_than_asked_for(self, signed_class, run, certificates):
        sign_next(signed_class, run, certificates, most=2)
        assert states(run) == [SIGNED, SIGNED, WAITING]

    def test_at_most_fifty_at_once(self):
        assert MOST_AT_ONCE == 50

    def test_the_three_signatures_follow_one_another(self, signed_class, cards, certificates):
        issue(signed_class, cards, certificates)

        assert card_states() == [CardState.ISSUED] * 3
        signed = DigitalSignature.objects.filter(report_card=cards[0]).order_by("pk")
        assert [row.slot for row in signed] == ["homeroom", "leader", "seal"]
        assert all(tag in signed[2].document for tag in ("<GVCN>", "<CBQL>", "<KY_PHAT_HANH>"))

    def test_the_seal_holds_the_results_and_fills_the_archive(
        self, signed_class, cards, certificates
    ):
        issue(signed_class, cards, certificates)

        assert IssueLock.objects.count() == 3
        assert ArchivedFile.objects.filter(kind="xml").count() == 3

    def test_another_person_does_not_go_on_with_it(self, signed_class, run, certificates):
        with pytest.raises(NotPermitted):
            actions.sign_next_cards(
                run=run, signer=certificates.signer(certificates.hanh), by=signed_class.hanh
            )
        assert signature_count() == 0

    def test_an_empty_batch_is_no_error(self, signed_class, run, certificates):
        sign_next(signed_class, run, certificates)
        sign_next(signed_class, run, certificates)
        assert signature_count() == 3


class TestOrder:
    def test_the_leader_waits_for_the_homeroom_teacher(self, signed_class, cards, certificates):
        run = sign(SlotKey.LEADER, cards, certificates.hanh, certificates, by=signed_class.hanh)

        assert states(run) == [FAILED] * 3
        assert "Chưa đến lượt" in refusals(run)[0]
        assert card_states() == [CardState.CREATED] * 3

    def test_the_seal_comes_last(self, signed_class, cards, certificates):
        sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)
        run = sign(SlotKey.SEAL, cards, certificates.seal, certificates, by=signed_class.van)

        assert states(run) == [FAILED] * 3
        assert not ArchivedFile.objects.exists()
        assert not IssueLock.objects.exists()

    def test_a_slot_is_not_signed_twice(self, signed_class, run, cards, certificates):
        sign_next(signed_class, run, certificates)
        again = sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)

        assert states(again) == [FAILED] * 3
        assert refusals(again) == ["Ô này của học bạ đã ký xong."] * 3
        assert signature_count() == 3

    def test_a_discarded_card_is_not_signed(self, signed_class, run, cards, certificates):
        actions.discard_report_card(report_card=cards[0], reason="Sai ngày ký", by=signed_class.van)
        sign_next(signed_class, run, certificates)

        assert states(run) == [FAILED, SIGNED, SIGNED]
        assert refusals(run)[0] == "Học bạ đã bỏ nên không ký được nữa."


class TestPartialFailure:
    """What one card refuses, the others do not notice; and the refused one is as it was."""

    @pytest.fixture
    def after_reopening(self, signed_class, run, certificates):
        record = PeriodRecord.objects.get(
            enrollment=signed_class.anh, class_period__period="end_year"
        )
        assessing.reopen_record(record=record, reason="Sai điểm Toán", by=signed_class.hanh)
        sign_next(signed_class, run, certificates)
        return run

    def test_the_others_are_signed(self, after_reopening):
        assert states(after_reopening) == [FAILED, SIGNED, SIGNED]
        assert signature_count() == 2

    def test_it_says_that_the_results_have_changed(self, after_reopening):
        assert refusals(after_reopening)[0] == (
            "Người ký hoặc kết quả đã khác với lúc khởi tạo. Hãy khởi tạo lại học bạ này rồi ký."
        )

    def test_the_refused_card_is_untouched(self, after_reopening, cards):
        card = ReportCard.objects.get(pk=cards[0].pk)
        assert card.state == CardState.CREATED
        assert not card.signatures.exists()
        assert [event.event for event in card.events.all()] == ["created"]

    def test_its_task_is_nobodys_any_more(self, after_reopening):
        [task] = after_reopening.tasks.filter(state=FAILED)
        assert (task.leased_until, task.prepared, task.attempts) == (None, "", 1)


class TestWhatMustHold:
    def test_the_day_of_the_card_has_come(self, signed_class, run, certificates):
        with time_machine.travel(IN_JUNE - datetime.timedelta(days=1), tick=False):
            sign_next(signed_class, run, certificates)

        assert states(run) == [FAILED] * 3
        assert refusals(run)[0].startswith("Học bạ ghi ngày ký 07/06/2027")

    def test_the_leader_is_still_in_post(self, signed_class, run, certificates):
        StaffRole.objects.filter(staff_member=signed_class.hanh).update(
            ended_on=IN_JUNE.date() - datetime.timedelta(days=1)
        )
        sign_next(signed_class, run, certificates)

        assert refusals(run)[0] == "Nguyễn Thị Hạnh hiện không là lãnh đạo trường."

    def test_the_seal_is_put_under_what_a_leader_signed_who_has_left(
        self, signed_class, cards, certificates
    ):
        sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)
        sign(SlotKey.LEADER, cards, certificates.hanh, certificates, by=signed_class.hanh)
        StaffRole.objects.filter(staff_member=signed_class.hanh).update(
            ended_on=IN_JUNE.date() - datetime.timedelta(days=1)
        )
        run = sign(SlotKey.SEAL, cards, certificates.seal, certificates, by=signed_class.van)

        assert states(run) == [SIGNED] * 3

    def test_the_people_are_those_that_were_frozen(self, signed_class, cards, certificates):
        """Mr Phúc leads the school as well, but Ms Hạnh's name stands in the card."""
        sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)
        run = sign(SlotKey.LEADER, cards, certificates.phuc, certificates, by=signed_class.phuc)

        assert states(run) == [FAILED] * 3
        assert "đã ghi người ký là Nguyễn Thị Hạnh" in refusals(run)[0]

    def test_a_certificate_that_is_revoked_after_the_start_signs_nothing(
        self, signed_class, run, certificates, demo_authority
    ):
        revoke(certificates.ngoc, demo_authority)

        with pytest.raises(CertificateNotUsable, match="đã bị thu hồi"):
            sign_next(signed_class, run, certificates)
        assert states(run) == [WAITING] * 3
        assert not run.tasks.filter(leased_until__isnull=False).exists()

    def test_a_certificate_that_its_holder_has_ended_signs_nothing(
        self, signed_class, run, certificates
    ):
        row = certificates.ngoc
        type(row).objects.filter(pk=row.pk).update(
            ended_at=timezone.now(), ended_by=signed_class.ngoc.user
        )
        run.refresh_from_db()

        with pytest.raises(CertificateNotUsable, match="đã ngừng dùng"):
            sign_next(signed_class, run, certificates)

    def test_a_key_that_is_not_the_certificates_signs_nothing(
        self, signed_class, run, certificates
    ):
        actions.sign_next_cards(
            run=run, signer=certificates.signer(certificates.hanh), by=signed_class.ngoc
        )

        assert states(run) == [FAILED] * 3
        assert "không khớp với học bạ và chứng thư" in refusals(run)[0]
        assert card_states() == [CardState.CREATED] * 3


class TestLease:
    def test_a_leased_card_is_left_to_whoever_signs_it(self, signed_class, run, certificates):
        lease_tasks(run, 2)
        sign_next(signed_class, run, certificates)
        assert states(run) == [WAITING, WAITING, SIGNED]

    def test_a_dead_workers_cards_are_taken_up(self, signed_class, run, certificates):
        lease_tasks(run, 2)
        with after_the_lease():
            sign_next(signed_class, run, certificates)
        assert states(run) == [SIGNED] * 3
        assert [task.attempts for task in run.tasks.in_class_order()] == [2, 2, 1]

    def test_who_dies_of_a_card_again_and_again_leaves_it(self, signed_class, run, certificates):
        run.tasks.filter(report_card__enrollment=signed_class.anh).update(attempts=MOST_ATTEMPTS)
        sign_next(signed_class, run, certificates)

        assert states(run) == [FAILED, SIGNED, SIGNED]
        assert refusals(run)[0].startswith("Máy ký đã dừng giữa chừng nhiều lần")


class TestMeanwhile:
    """While a slow key works, the world goes on."""

    def sign_slowly(self, cast, run, keys, happening):
        signer = MeanwhileSigner(keys.signer(keys.ngoc), happening)
        actions.sign_next_cards(run=run, signer=signer, by=cast.ngoc)
        return signer

    def test_whoever_was_thought_dead_takes_nothing_back(self, signed_class, run, certificates):
        """Another worker took the cards up after the lease and was faster."""

        def another_worker():
            with after_the_lease():
                sign_next(signed_class, run, certificates)

        self.sign_slowly(signed_class, run, certificates, another_worker)

        assert states(run) == [SIGNED] * 3
        assert refusals(run) == [""] * 3
        assert signature_count() == 3

    def test_a_cancelled_run_signs_no_more_card(self, signed_class, run, certificates):
        """Neither the one that the key has in hand."""
        self.sign_slowly(
            signed_class,
            run,
            certificates,
            lambda: actions.cancel_signing_run(run=type(run).objects.get(), by=signed_class.ngoc),
        )

        assert states(run) == [TaskState.CANCELLED] * 3
        assert signature_count() == 0

    def test_results_that_are_reopened_leave_the_card_unsigned(
        self, signed_class, run, certificates
    ):
        record = PeriodRecord.objects.get(
            enrollment=signed_class.anh, class_period__period="end_year"
        )
        self.sign_slowly(
            signed_class,
            run,
            certificates,
            lambda: assessing.reopen_record(record=record, reason="Sai điểm", by=signed_class.hanh),
        )

        assert states(run) == [FAILED, SIGNED, SIGNED]
        assert "kết quả đã khác với lúc khởi tạo" in refusals(run)[0]

    def test_a_card_that_is_discarded_is_not_signed(self, signed_class, run, cards, certificates):
        self.sign_slowly(
            signed_class,
            run,
            certificates,
            lambda: actions.discard_report_card(
                report_card=cards[0], reason="Sai ngày", by=signed_class.van
            ),
        )

        assert states(run) == [FAILED, SIGNED, SIGNED]
        assert not cards[0].signatures.exists()

    def test_the_key_is_asked_outside_of_any_transaction(self, signed_class, run, certificates):
        """Else a slow token would hold SQLite's one writer for every other teacher."""
        depth = len(connection.savepoint_ids)
        depths = []
        self.sign_slowly(
            signed_class,
            run,
            certificates,
            lambda: depths.append(len(connection.savepoint_ids)),
        )
        assert depths == [depth]


def test_a_leader_who_stands_in_for_a_teacher_signs_in_both_slots(signed_class, certificates):
    """Ms Ngọc has left the school (QĐ 1789, Điều 14.7)."""
    StaffRole.objects.filter(staff_member=signed_class.ngoc).update(
        ended_on=IN_JUNE.date() - datetime.timedelta(days=1)
    )
    cards = freeze(signed_class, [signed_class.anh])
    sign(SlotKey.HOMEROOM, cards, certificates.hanh, certificates, by=signed_class.hanh)
    run = leader_run(signed_class, cards, certificates)
    actions.sign_next_cards(
        run=run, signer=certificates.signer(certificates.hanh), by=signed_class.hanh
    )

    assert states(run) == [SIGNED]
    assert ReportCard.objects.get().state == CardState.LEADER_SIGNED


def test_a_run_that_is_over_is_not_signed(signed_class, run, certificates):
    actions.cancel_signing_run(run=run, by=signed_class.ngoc)
    with pytest.raises(RunIsOver):
        sign_next(signed_class, run, certificates)
