"""Workers as processes: killed in mid-run, two at once, cancelled; the key lies on SoftHSM."""

import datetime

import pytest
from django_tasks_db.models import DBTaskResult

from reportcards import actions
from reportcards.card_pdf import pdf_of
from reportcards.models import DigitalSignature, ReportCard, SigningRun, TaskState
from reportcards.models.leases import LEASE
from reportcards.profiles import get_profile
from reportcards.tasks import sign_run
from reportcards.workflow import CardState
from tests import factories
from tests.reportcards.digital_cards import freeze, pupils_of
from tests.reportcards.pdfsig import VALID, pdfsig_of
from tests.reportcards.signing_cases import hsm_certificate
from tests.reportcards.workers import workers_beside
from tests.reportcards.xmlsec import verifies
from tests.rivals import shared_database

PUPILS = 16
IN_MID_RUN = 3  # cards signed
AFTER_THE_LEASE = LEASE + datetime.timedelta(minutes=1)


@pytest.fixture
def cast(cast):
    """4A is large, so that there is time to kill."""
    for number in range(PUPILS - 3):
        student = factories.make_student(f"Nguyễn Hoàng Bảo {chr(65 + number % 26)}{number}")
        factories.enroll(student, cast.school_class)
    return cast


@pytest.fixture
def run(signed_class, certificates, demo_authority, token, settings):
    hsm = hsm_certificate(signed_class, demo_authority, token, settings)
    return actions.start_signing_run(
        report_cards=freeze(signed_class, pupils_of(signed_class)),
        slot="homeroom",
        certificate=hsm,
        by=signed_class.ngoc,
    )


@pytest.fixture
def workers(run, rivals, tmp_path):
    with workers_beside(rivals, tmp_path) as workers:
        yield workers


@pytest.fixture
def see(rivals):
    return rivals.see


def count(state):
    return SigningRun.objects.get().tasks.filter(state=state).count()


def signed():
    return count(TaskState.SIGNED)


def check_that_none_is_half_signed():
    """Each card has one signature, its state and its task say so; or it has none of the three.
    Its PDF has as many as its XML.
    """
    for task in SigningRun.objects.get().tasks.select_related("report_card"):
        is_signed = task.state == TaskState.SIGNED
        signatures = list(task.report_card.signatures.all())
        assert len(signatures) == is_signed
        assert all(row.document and row.pdf_update for row in signatures)
        assert (task.report_card.state == CardState.HOMEROOM_SIGNED) is is_signed
        steps = task.report_card.events.filter(event="signed_by_homeroom_teacher")
        assert steps.count() == is_signed
    return True


@shared_database
def test_a_killed_workers_cards_are_taken_up(workers, see, demo_authority, tmp_path):
    # Given a worker that is killed while it signs
    first = workers.start()
    workers.wait_until(lambda: see(signed) >= IN_MID_RUN)
    workers.kill(first)
    left = PUPILS - see(signed)
    assert left
    assert see(check_that_none_is_half_signed) is True

    # When the next one starts, after the dead one's lease
    assert workers.run("resume_signing", after=AFTER_THE_LEASE)
    workers.start(after=AFTER_THE_LEASE)
    workers.wait_until(lambda: see(signed) == PUPILS)

    # Then every card is signed once, and xmlsec and pdfsig believe them
    assert see(check_that_none_is_half_signed) is True
    documents = see(lambda: list(DigitalSignature.objects.values_list("document", flat=True)))
    assert len(documents) == PUPILS
    for uuid, document, pdf in see(some_documents):
        path = tmp_path / f"{uuid}.xml"
        path.write_text(document)
        slot = get_profile("v1.0").slot("homeroom")
        assert verifies(path, slot, demo_authority, uuid=str(uuid))
        assert pdfsig_of(tmp_path, pdf) == {"homeroom": VALID}


def some_documents():
    first, last = ReportCard.objects.order_by("pk").first(), ReportCard.objects.last()
    return [(card.uuid, card.signatures.get().document, pdf_of(card)) for card in (first, last)]


@shared_database
def test_two_workers_share_a_run_and_sign_each_card_once(workers, see):
    see(lambda: sign_run.enqueue(SigningRun.objects.get().pk))
    workers.start()
    workers.start()
    workers.wait_until(lambda: see(signed) == PUPILS)

    assert see(check_that_none_is_half_signed) is True
    attempts = see(lambda: set(SigningRun.objects.get().tasks.values_list("attempts", flat=True)))
    assert attempts == {1}


@pytest.mark.any_database
@shared_database
def test_a_run_that_is_cancelled_while_a_worker_signs_stops_there(workers, see, signed_class):
    workers.start()
    workers.wait_until(lambda: see(signed) >= IN_MID_RUN)

    see(lambda: actions.cancel_signing_run(run=SigningRun.objects.get(), by=signed_class.ngoc))

    signed_then = see(signed)
    workers.wait_until(lambda: see(is_worker_idle))
    assert see(signed) == signed_then < PUPILS
    assert see(lambda: count(TaskState.CANCELLED)) == PUPILS - signed_then
    assert see(check_that_none_is_half_signed) is True


def is_worker_idle():
    return not DBTaskResult.objects.filter(status="RUNNING").exists()
