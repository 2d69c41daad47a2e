"""Each card is signed in its PDF as well, in the same act."""

import datetime
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone
from pikepdf import Pdf

from reportcards.actions._renderings import lease_rendering
from reportcards.actions._tasks import UNTIL_LAID_OUT
from reportcards.card_pdf import pdf_of
from reportcards.models import DigitalSignature, Rendering, SigningCertificate, TaskState
from reportcards.renderings.cards import display_rendering
from reportcards.renderings.files import rendered_storage
from reportcards.trusted import issuers_of
from tests.reportcards.digital_cards import freeze, pupils_of
from tests.reportcards.signing_cases import homeroom_run, refusals, sign_next, states

pytestmark = pytest.mark.any_database

SIGNED, WAITING, FAILED = TaskState.SIGNED, TaskState.WAITING, TaskState.FAILED


@pytest.fixture
def run(signed_class, cards, certificates):
    return homeroom_run(signed_class, cards, certificates)


@pytest.fixture
def frozen_run(signed_class, own_storages, certificates):
    """No worker has laid their PDFs out yet."""
    cards = freeze(signed_class, pupils_of(signed_class)[:2])
    return homeroom_run(signed_class, cards, certificates)


def first_rendering(run):
    return display_rendering(run.tasks.in_class_order()[0].report_card)


def test_both_bear_the_same_time(signed_class, run, certificates):
    sign_next(signed_class, run, certificates)
    for signature in DigitalSignature.objects.select_related("report_card"):
        assert "2027-06-07T08:30:00+07:00" in signature.document
        with Pdf.open(BytesIO(pdf_of(signature.report_card))) as pdf:
            [value] = [field.V for field in pdf.Root.AcroForm.Fields if "/V" in field]
            assert str(value.M) == "D:20270607083000+07'00'"


def test_whoever_signs_before_the_worker_came_lays_them_out(signed_class, frozen_run, certificates):
    sign_next(signed_class, frozen_run, certificates)
    assert states(frozen_run) == [SIGNED] * 2


def test_a_card_that_a_worker_has_in_hand_waits_and_that_was_no_attempt(
    signed_class, frozen_run, certificates
):
    lease_rendering(first_rendering(frozen_run))
    sign_next(signed_class, frozen_run, certificates)
    assert states(frozen_run) == [WAITING, SIGNED]
    [waiting] = frozen_run.tasks.filter(state=WAITING)
    assert (waiting.attempts, waiting.leased_until) == (0, timezone.now() + UNTIL_LAID_OUT)


def test_soon_it_can_be_signed(signed_class, frozen_run, certificates):
    lease_rendering(first_rendering(frozen_run))
    sign_next(signed_class, frozen_run, certificates)
    Rendering.objects.update(leased_until=None)
    later = timezone.now() + UNTIL_LAID_OUT + datetime.timedelta(seconds=1)
    with time_machine.travel(later, tick=False):
        sign_next(signed_class, frozen_run, certificates)
    assert states(frozen_run) == [SIGNED] * 2


def test_a_pdf_that_cannot_be_laid_out_leaves_the_card_unsigned_and_says_why(
    signed_class, frozen_run, certificates
):
    rendering = first_rendering(frozen_run)
    Rendering.objects.filter(pk=rendering.pk).update(content={"payload": {}, "digest": ""})
    sign_next(signed_class, frozen_run, certificates)
    assert states(frozen_run) == [FAILED, SIGNED]
    assert refusals(frozen_run)[0].startswith("Không tạo được tài liệu này.")
    assert not rendering.report_card.signatures.exists()


def test_a_changed_file_is_signed_by_nobody(signed_class, run, certificates):
    stored = first_rendering(run)
    rendered_storage().delete(stored.name)
    rendered_storage().save(stored.name, ContentFile(b"%PDF-1.7"))
    sign_next(signed_class, run, certificates)
    assert states(run) == [FAILED, SIGNED, SIGNED]
    assert "bị mất hoặc đã bị sửa" in refusals(run)[0]


def test_issuers_are_known_of_a_key_that_came_without_them(certificates, demo_authority):
    """They go into the PDF, so that whoever has the root alone believes it."""
    assert set(issuers_of(SigningCertificate(pem=certificates.ngoc.pem))) == set(
        demo_authority.certificates
    )
