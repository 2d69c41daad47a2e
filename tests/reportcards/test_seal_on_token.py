"""The school's seal lies on a token at the server: registered, approved and put by the pages."""

import datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reportcards.models import KeyPlace, ReportCard, SigningCertificate, SigningRun, SlotKey
from reportcards.profiles import get_profile
from reportcards.signing.demo_authority import issue_for_school
from reportcards.workflow import CardState
from tests.hocba.rendering import text_of
from tests.pages import client_of
from tests.reportcards.authorities import IN_SEPTEMBER
from tests.reportcards.digital_cards import sign
from tests.reportcards.tokens import MODULE
from tests.reportcards.xmlsec import verifies


@pytest.fixture
def client(signed_class):
    """The clerk's."""
    return client_of(signed_class, "van")


@pytest.fixture
def token_certificate(signed_class, demo_authority, token, settings):
    school = signed_class.school
    issued = issue_for_school(demo_authority, school.name, school.ministry_code, at=IN_SEPTEMBER)
    token.hold(issued, "con-dau", b"\x01")
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = MODULE, token.label
    settings.PKCS11_PIN = ""
    return issued.certificate.public_bytes(Encoding.PEM)


@pytest.fixture
def leader_signed(signed_class, cards, certificates):
    """All that is missing is the seal, whose old certificate is used no more."""
    sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)
    sign(SlotKey.LEADER, cards, certificates.hanh, certificates, by=signed_class.hanh)
    SigningCertificate.objects.filter(pk=certificates.seal.pk).update(
        ended_at=IN_SEPTEMBER, ended_by=signed_class.van.user
    )
    return cards


def register(client, content):
    url = reverse("new_seal_certificate", args=[KeyPlace.PKCS11])
    file = SimpleUploadedFile("con-dau.pem", content)
    response = client.post(url, {"certificate": file, "key_label": "con-dau"}, follow=True)
    assert response.status_code == 200
    return SigningCertificate.objects.in_use().of_seal().get()


def approve(client, certificate):
    url = reverse("certificate_approval", args=[certificate.pk])
    day = datetime.date(2027, 6, 1)
    form = {"approved_on": f"{day:%d/%m/%Y}", "reference": "123/SGDĐT-GDTH"}
    assert client.post(url, form).status_code == 302


def start(client, certificate):
    url = reverse("sign_cards", args=[2026])
    seen = client.get(url).context["page"].cards.seen
    response = client.post(url, {"certificate": certificate.pk, "seen": seen}, follow=True)
    return response, SigningRun.objects.latest("pk")


def send_pin(client, run, pin):
    return client.post(reverse("sign_next", args=[run.pk]), {"secret": pin}, follow=True)


def test_the_cards_are_issued_with_the_seal_of_the_token(
    client, token_certificate, leader_signed, token, demo_authority, tmp_path
):
    seal = register(client, token_certificate)
    assert "Sở chưa phê duyệt chứng thư này" in text_of(
        client.get(reverse("sign_cards", args=[2026]))
    )

    approve(client, seal)
    response, run = start(client, seal)
    assert "Mã PIN của USB token hoặc HSM" in text_of(response)
    assert "Sai mã PIN" in text_of(send_pin(client, run, "000000"))
    assert "Đã ký xong cả 3 học bạ." in text_of(send_pin(client, run, token.pin))

    for card in ReportCard.objects.all():
        signature = card.signatures.get(slot=SlotKey.SEAL)
        assert (card.state, signature.certificate) == (CardState.ISSUED, seal)
        path = tmp_path / f"{card.uuid}.xml"
        path.write_text(signature.document)
        for slot in get_profile("v1.0").slots:
            assert verifies(path, slot, demo_authority, uuid=str(card.uuid))


def test_with_the_token_pulled_out_nothing_is_issued(
    client, token_certificate, leader_signed, token, settings
):
    seal = register(client, token_certificate)
    approve(client, seal)
    _response, run = start(client, seal)
    settings.PKCS11_TOKEN = "another"

    assert "Không thấy thiết bị ký" in text_of(send_pin(client, run, token.pin))
    assert {card.state for card in ReportCard.objects.all()} == {CardState.LEADER_SIGNED}
