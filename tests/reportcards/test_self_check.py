"""Nothing is issued that its receiver would find wanting."""

import datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils import timezone

from assessments.models import IssueLock
from reportcards import actions
from reportcards.card_pdf import pdf_of
from reportcards.errors import NotReady
from reportcards.models import ArchivedFile, ReportCard, SlotKey, TaskState
from reportcards.self_check import check_verifies
from reportcards.signing.demo_authority import Revocation, make_crl
from reportcards.workflow import CardState
from tests.reportcards.digital_cards import issue, sign

pytestmark = pytest.mark.any_database


@pytest.fixture
def sealed(cards, certificates, signed_class):
    issue(signed_class, cards, certificates)
    card = ReportCard.objects.first()
    return card, card.signatures.get(slot=SlotKey.SEAL).document.encode(), pdf_of(card)


def test_a_card_as_it_was_sealed_verifies(sealed, certificates):
    card, document, pdf = sealed
    check_verifies(card, document, pdf, certificates.seal)


def test_a_changed_value_is_found_and_named(sealed, certificates):
    card, document, pdf = sealed
    changed = document.replace(b"<MA_KHOI>04</MA_KHOI>", b"<MA_KHOI>05</MA_KHOI>")
    with pytest.raises(NotReady, match=card.student.full_name):
        check_verifies(card, changed, pdf, certificates.seal)


def test_a_card_that_its_schema_refuses_is_found(sealed, certificates):
    card, document, pdf = sealed
    changed = document.replace(b"<MA_KHOI>04</MA_KHOI>", b"")
    with pytest.raises(NotReady, match="chưa phát hành"):
        check_verifies(card, changed, pdf, certificates.seal)


def test_a_pdf_of_another_card_is_found(sealed, certificates):
    """Signed by the same people, and right by itself."""
    card, document, _pdf = sealed
    other = pdf_of(ReportCard.objects.exclude(pk=card.pk).first())
    with pytest.raises(NotReady, match="Dữ liệu kèm theo tệp PDF khác dữ liệu đã ký"):
        check_verifies(card, document, other, certificates.seal)


def test_a_pdf_that_was_not_sealed_is_found(sealed, certificates):
    card, document, pdf = sealed
    unsealed = pdf.removesuffix(card.signatures.get(slot=SlotKey.SEAL).pdf_update)
    with pytest.raises(NotReady, match="Thiếu chữ ký này"):
        check_verifies(card, document, unsealed, certificates.seal)


def test_pages_that_do_not_say_what_was_frozen_are_found(sealed, certificates):
    """Where the XML says nothing of it, and only the payload tells."""
    card, document, pdf = sealed
    card.payload["place_of_issue"] = "Ở nơi khác"
    with pytest.raises(NotReady, match="Trang in không đúng với dữ liệu học bạ"):
        check_verifies(card, document, pdf, certificates.seal)


def test_what_does_not_verify_is_not_issued(cards, certificates, signed_class, demo_authority):
    """The teacher's certificate had been revoked, which is only heard of before the seal."""
    cast = signed_class
    sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=cast.ngoc)
    sign(SlotKey.LEADER, cards, certificates.hanh, certificates, by=cast.hanh)
    tell_of_revocation(demo_authority, certificates.ngoc, by=cast.van)
    run = sign(SlotKey.SEAL, cards, certificates.seal, certificates, by=cast.van)
    assert set(run.tasks.values_list("state", flat=True)) == {TaskState.FAILED}
    assert "chưa phát hành" in run.tasks.first().refusal
    assert set(ReportCard.objects.values_list("state", flat=True)) == {CardState.LEADER_SIGNED}
    assert not IssueLock.objects.exists()
    assert not ArchivedFile.objects.exists()


def tell_of_revocation(authority, certificate, *, by):
    yesterday = timezone.now() - datetime.timedelta(days=1)
    revoked = Revocation(int(certificate.serial_number, 16), yesterday)
    crl = make_crl(authority.issuer, [revoked], number=2, at=timezone.now())
    actions.receive_revocation_list(content=crl.public_bytes(Encoding.PEM), by=by)
