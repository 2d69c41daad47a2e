"""A key that lies elsewhere: two digests of a card go out, two values come back, or do not."""

import datetime
import hashlib
from dataclasses import replace

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.utils import timezone

from assessments import actions as assessing
from assessments.models import PeriodRecord
from audit.errors import NotPermitted
from audit.models import AuditEvent
from reportcards import actions
from reportcards.actions._tasks import WAIT_FOR_SIGNATURE
from reportcards.card_pdf import pdf_of
from reportcards.errors import CertificateNotUsable, RunIsOver
from reportcards.models import DigitalSignature, ReportCard, SlotKey, TaskState
from reportcards.profiles import get_profile
from reportcards.signing_runs import waiting_signatures
from reportcards.two_signatures import SignatureValues
from reportcards.workflow import CardState
from tests.reportcards.pdfsig import VALID, pdfsig_of
from tests.reportcards.signing_cases import (
    refusals,
    remote_certificate,
    revoke,
    states,
    values_of,
)
from tests.reportcards.xmlsec import verifies

pytestmark = pytest.mark.any_database

SIGNED, PREPARED, FAILED = TaskState.SIGNED, TaskState.PREPARED, TaskState.FAILED
A_MOMENT = datetime.timedelta(seconds=1)


@pytest.fixture(params=["P-256", "RSA-2048"])
def remote(request, signed_class, certificates, demo_authority):
    """A certificate, and the key that only the test knows."""
    return remote_certificate(signed_class, demo_authority, key_kind=request.param)


@pytest.fixture
def phone(signed_class, certificates, demo_authority):
    return remote_certificate(signed_class, demo_authority)


def start(cast, cards, certificate):
    return actions.start_signing_run(
        report_cards=cards, slot=SlotKey.HOMEROOM, certificate=certificate, by=cast.ngoc
    )


@pytest.fixture
def prepared_run(signed_class, cards, phone):
    """Of all three cards, their digests made."""
    run = start(signed_class, cards, phone[0])
    actions.prepare_signatures(run=run, by=signed_class.ngoc)
    return run


def complete(cast, waiting, values):
    return actions.complete_prepared_signature(task=waiting.task, values=values, by=cast.ngoc)


def sign_waiting(cast, run, key):
    for waiting in waiting_signatures(run):
        complete(cast, waiting, values_of(key, waiting))


def side_by_side(value):
    return b"".join(part.to_bytes(32) for part in decode_dss_signature(value))


def digests_of(run):
    return [(waiting.digest, waiting.pdf_digest) for waiting in waiting_signatures(run)]


class TestPrepare:
    def test_each_card_waits_with_the_digests_of_what_is_signed(self, prepared_run):
        assert states(prepared_run) == [PREPARED] * 3
        for waiting in waiting_signatures(prepared_run):
            xml, pdf = waiting.preparations.xml, waiting.preparations.pdf
            assert hashlib.sha256(xml.signed_info).digest() == waiting.digest
            assert hashlib.sha256(pdf.signed_attributes).digest() == waiting.pdf_digest

    def test_no_two_digests_are_the_same(self, prepared_run):
        assert len({digest for both in digests_of(prepared_run) for digest in both}) == 6

    def test_no_card_is_signed_yet(self, prepared_run):
        assert not DigitalSignature.objects.exists()
        assert {card.state for card in ReportCard.objects.all()} == {CardState.CREATED}

    def test_the_digests_stay_the_same_until_their_values_come(self, prepared_run):
        before = digests_of(prepared_run)
        with time_machine.travel(timezone.now() + WAIT_FOR_SIGNATURE - A_MOMENT, tick=False):
            assert digests_of(prepared_run) == before

    def test_preparing_once_more_changes_no_digest(self, signed_class, prepared_run):
        before = digests_of(prepared_run)
        assert actions.prepare_signatures(run=prepared_run, by=signed_class.ngoc) == []
        assert digests_of(prepared_run) == before

    def test_no_more_wait_at_once_than_asked_for(self, signed_class, cards, phone):
        run = start(signed_class, cards, phone[0])
        actions.prepare_signatures(run=run, by=signed_class.ngoc, most=2)
        actions.prepare_signatures(run=run, by=signed_class.ngoc, most=2)
        assert states(run) == [PREPARED, PREPARED, TaskState.WAITING]

    def test_a_card_that_cannot_be_signed_has_no_digest(self, signed_class, cards, phone):
        run = start(signed_class, cards, phone[0])
        actions.discard_report_card(report_card=cards[0], reason="Sai", by=signed_class.van)
        actions.prepare_signatures(run=run, by=signed_class.ngoc)
        assert states(run) == [FAILED, PREPARED, PREPARED]

    def test_another_person_prepares_nothing(self, signed_class, cards, phone):
        run = start(signed_class, cards, phone[0])
        with pytest.raises(NotPermitted):
            actions.prepare_signatures(run=run, by=signed_class.hanh)


class TestComplete:
    def test_the_cards_are_signed(self, signed_class, cards, remote):
        certificate, issued = remote
        run = start(signed_class, cards, certificate)
        actions.prepare_signatures(run=run, by=signed_class.ngoc)

        sign_waiting(signed_class, run, issued.key)

        assert states(run) == [SIGNED] * 3
        assert {card.state for card in ReportCard.objects.all()} == {CardState.HOMEROOM_SIGNED}

    def test_xmlsec_believes_what_the_phone_signed(
        self, signed_class, cards, remote, demo_authority, tmp_path
    ):
        certificate, issued = remote
        run = start(signed_class, cards[:1], certificate)
        actions.prepare_signatures(run=run, by=signed_class.ngoc)
        sign_waiting(signed_class, run, issued.key)

        path = tmp_path / "card.xml"
        path.write_text(DigitalSignature.objects.get().document)
        slot = get_profile("v1.0").slot("homeroom")
        assert verifies(path, slot, demo_authority, uuid=str(cards[0].uuid))

    def test_an_ecdsa_value_may_come_as_two_numbers(self, signed_class, prepared_run, phone):
        [waiting, *_] = waiting_signatures(prepared_run)
        values = values_of(phone[1].key, waiting)

        task = complete(
            signed_class,
            waiting,
            SignatureValues(side_by_side(values.xml), side_by_side(values.pdf)),
        )

        assert task.state == SIGNED

    def test_pdfsig_believes_what_the_phone_signed(self, signed_class, cards, remote, tmp_path):
        certificate, issued = remote
        run = start(signed_class, cards[:1], certificate)
        actions.prepare_signatures(run=run, by=signed_class.ngoc)
        sign_waiting(signed_class, run, issued.key)

        assert pdfsig_of(tmp_path, pdf_of(cards[0])) == {"homeroom": VALID}

    def test_the_time_signed_is_that_of_the_digest(self, signed_class, prepared_run, phone):
        prepared_at = timezone.now()
        with time_machine.travel(prepared_at + datetime.timedelta(minutes=4), tick=False):
            sign_waiting(signed_class, prepared_run, phone[1].key)
        assert {row.signed_at for row in DigitalSignature.objects.all()} == {prepared_at}

    def test_a_second_value_changes_nothing(self, signed_class, prepared_run, phone):
        [waiting, *_] = waiting_signatures(prepared_run)
        values = values_of(phone[1].key, waiting)
        complete(signed_class, waiting, values)

        task = complete(signed_class, waiting, values)

        assert (task.state, DigitalSignature.objects.count()) == (SIGNED, 1)

    def test_a_value_that_no_card_waits_for_changes_nothing(self, signed_class, cards, phone):
        run = start(signed_class, cards, phone[0])
        task = run.tasks.select_related("report_card").first()
        task.run = run

        actions.complete_prepared_signature(
            task=task, values=SignatureValues(b"x", b"y"), by=signed_class.ngoc
        )

        assert states(run) == [TaskState.WAITING] * 3

    def test_the_prepared_card_is_forgotten(self, signed_class, prepared_run, phone):
        sign_waiting(signed_class, prepared_run, phone[1].key)
        kept = prepared_run.tasks.values_list("prepared", "prepared_pdf", "prepared_until")
        assert {(xml, bytes(pdf), until) for xml, pdf, until in kept} == {("", b"", None)}


@pytest.mark.parametrize("part", ["xml", "pdf"])
class TestForged:
    """One of the two values is not what it should be: then neither is kept."""

    def refused(self, cast, run, key, **forged):
        [waiting, *_] = waiting_signatures(run)
        return complete(cast, waiting, replace(values_of(key, waiting), **forged))

    @pytest.mark.parametrize("value", [b"", b"\x00" * 64, b"not a signature"])
    def test_something_else_is_refused(self, signed_class, prepared_run, phone, part, value):
        task = self.refused(signed_class, prepared_run, phone[1].key, **{part: value})
        assert task.state == FAILED
        assert "không khớp với học bạ và chứng thư" in task.refusal
        assert not DigitalSignature.objects.exists()

    def test_the_value_of_another_card_is_refused(self, signed_class, prepared_run, phone, part):
        key = phone[1].key
        _first, second, _third = waiting_signatures(prepared_run)
        others = getattr(values_of(key, second), part)
        task = self.refused(signed_class, prepared_run, key, **{part: others})
        assert task.state == FAILED

    def test_the_value_of_another_key_is_refused(self, signed_class, prepared_run, phone, part):
        [waiting, *_] = waiting_signatures(prepared_run)
        forged = getattr(values_of(ec.generate_private_key(ec.SECP256R1()), waiting), part)
        task = self.refused(signed_class, prepared_run, phone[1].key, **{part: forged})
        assert task.state == FAILED

    def test_the_card_is_untouched_and_can_be_tried_again(
        self, signed_class, prepared_run, phone, part
    ):
        self.refused(signed_class, prepared_run, phone[1].key, **{part: b"forged"})
        assert not DigitalSignature.objects.exists()

        actions.retry_failed_cards(run=prepared_run, by=signed_class.ngoc)
        actions.prepare_signatures(run=prepared_run, by=signed_class.ngoc)
        sign_waiting(signed_class, prepared_run, phone[1].key)

        assert states(prepared_run) == [SIGNED] * 3


class TestMeanwhile:
    """Between the digest and its value."""

    def test_reopened_results_leave_the_card_unsigned(self, signed_class, prepared_run, phone):
        record = PeriodRecord.objects.get(
            enrollment=signed_class.anh, class_period__period="end_year"
        )
        assessing.reopen_record(record=record, reason="Sai điểm", by=signed_class.hanh)

        sign_waiting(signed_class, prepared_run, phone[1].key)

        assert states(prepared_run) == [FAILED, SIGNED, SIGNED]
        assert "kết quả đã khác với lúc khởi tạo" in refusals(prepared_run)[0]

    def test_a_revoked_certificate_completes_nothing(
        self, signed_class, prepared_run, phone, demo_authority
    ):
        revoke(phone[0], demo_authority)
        with pytest.raises(CertificateNotUsable):
            sign_waiting(signed_class, prepared_run, phone[1].key)
        assert states(prepared_run) == [PREPARED] * 3

    def test_a_cancelled_run_takes_no_value(self, signed_class, prepared_run, phone):
        waiting = waiting_signatures(prepared_run)
        run = actions.cancel_signing_run(run=prepared_run, by=signed_class.ngoc)
        waiting[0].task.run = run

        with pytest.raises(RunIsOver):
            complete(signed_class, waiting[0], SignatureValues(b"too", b"late"))
        assert states(run) == [TaskState.CANCELLED] * 3
        assert waiting_signatures(run) == []


class TestRefusal:
    def refuse(self, cast, run, reason="Người ký bấm từ chối trên điện thoại."):
        [waiting, *_] = waiting_signatures(run)
        waiting.task.run = run
        return actions.refuse_prepared_signature(task=waiting.task, reason=reason, by=cast.ngoc)

    def test_the_card_says_what_the_signer_did(self, signed_class, prepared_run):
        self.refuse(signed_class, prepared_run)

        assert states(prepared_run) == [FAILED, PREPARED, PREPARED]
        assert refusals(prepared_run)[0] == "Người ký bấm từ chối trên điện thoại."
        assert AuditEvent.objects.filter(event="signing_run.signature_refused").count() == 1

    def test_a_signed_card_is_not_refused_any_more(self, signed_class, prepared_run, phone):
        task = waiting_signatures(prepared_run)[0].task
        sign_waiting(signed_class, prepared_run, phone[1].key)
        task.run = prepared_run

        actions.refuse_prepared_signature(task=task, reason="Không", by=signed_class.ngoc)

        assert states(prepared_run) == [SIGNED] * 3
        assert not AuditEvent.objects.filter(event="signing_run.signature_refused").exists()


class TestTimeOut:
    @pytest.fixture
    def later(self, prepared_run):
        with time_machine.travel(timezone.now() + WAIT_FOR_SIGNATURE + A_MOMENT, tick=False):
            yield prepared_run

    def test_an_overdue_card_says_so_and_can_be_tried_again(self, signed_class, later, phone):
        assert actions.fail_overdue_cards(run=later, by=signed_class.ngoc) == 3
        assert states(later) == [FAILED] * 3
        assert refusals(later)[0].startswith("Hết thời gian chờ chữ ký.")

        actions.retry_failed_cards(run=later, by=signed_class.ngoc)
        actions.prepare_signatures(run=later, by=signed_class.ngoc)
        sign_waiting(signed_class, later, phone[1].key)
        assert states(later) == [SIGNED] * 3

    def test_it_is_recorded_once_with_the_number_of_cards(self, signed_class, later):
        actions.fail_overdue_cards(run=later, by=signed_class.ngoc)
        actions.fail_overdue_cards(run=later, by=signed_class.ngoc)
        event = AuditEvent.objects.get(event="signing_run.timed_out")
        assert event.changes["cards"] == [None, 3]

    def test_a_value_that_comes_too_late_is_refused(self, signed_class, later, phone):
        task = later.tasks.select_related("report_card").first()
        task.run = later
        actions.complete_prepared_signature(
            task=task, values=SignatureValues(b"too", b"late"), by=signed_class.ngoc
        )
        assert (task.state, task.refusal[:19]) == (FAILED, "Hết thời gian chờ c")

    def test_its_digest_is_not_offered_any_more(self, later):
        assert waiting_signatures(later) == []

    def test_before_that_nothing_is_overdue(self, signed_class, prepared_run):
        assert actions.fail_overdue_cards(run=prepared_run, by=signed_class.ngoc) == 0
        assert states(prepared_run) == [PREPARED] * 3
