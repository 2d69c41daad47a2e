"""A guardian's page with her child's digital cards."""

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from reportcards.archive import archive_storage, newest_file
from reportcards.models import FileKind
from tests.pages import client_of
from tests.reportcards.card_pages import arrived_at, page, text
from tests.reportcards.pdfsig import VALID, pdfsig_of
from tests.reportcards.withdrawing import (
    issued_anew,
    made_anew,
    maths_corrected,
    refused_by_department,
    requested,
    withdrawn,
)

pytestmark = pytest.mark.any_database


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


@pytest.fixture
def url(cast):
    return reverse("child_cards", args=[cast.anh.student_id])


def file_url(card, kind, student_id=None):
    return reverse("child_card_file", args=[student_id or card.student_id, card.uuid, kind])


def test_a_mother_reads_her_childs_issued_card(card, cast, url):
    shown = page(cast, "hoa", url)
    assert "Lê Minh Anh" in shown
    assert "Năm học 2026-2027, lớp 4A" in shown
    assert "Có hiệu lực" in shown
    assert str(card.uuid) in shown
    assert file_url(card, "pdf") in shown
    assert file_url(card, "xml") in shown
    assert "Cả hai tệp đều có đủ chữ ký số" in shown


def test_no_other_pupils_card_is_on_it(issued_cards, cast, url):
    shown = page(cast, "hoa", url)
    assert str(issued_cards[1].uuid) not in shown
    assert str(issued_cards[2].uuid) not in shown


def test_a_card_signed_by_way_of_trial_says_so(card, cast, url):
    assert "CHỨNG THƯ THỬ NGHIỆM" in page(cast, "hoa", url)


def test_before_the_first_card_the_page_says_when_one_comes(cast, url):
    assert "Chưa có học bạ số nào" in page(cast, "hoa", url)


def test_what_is_in_the_making_is_not_hers_yet(cards, cast, url):
    assert str(cards[0].uuid) not in page(cast, "hoa", url)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (requested, "Có hiệu lực, đang đề nghị thu hồi"),
        (withdrawn, "Đã thu hồi"),
        (refused_by_department, "Sở từ chối"),
    ],
)
def test_what_becomes_of_a_card_is_said(card, cast, url, step, words):
    step(cast, card)
    assert words in page(cast, "hoa", url)


def test_a_replaced_card_leads_to_the_one_in_its_place(card, cast, url, certificates):
    withdrawn(cast, card)
    maths_corrected(cast, cast.anh)
    new = issued_anew(cast, cast.anh, certificates)
    shown = page(cast, "hoa", url)
    assert "Đã được thay thế" in shown
    assert f'href="#card-{new.uuid}"' in shown
    assert f'id="card-{new.uuid}"' in shown
    assert shown.index(str(new.uuid)) < shown.index(f'id="card-{card.uuid}"')


def test_a_withdrawn_card_stays_readable_while_the_new_one_is_made(card, cast, url):
    withdrawn(cast, card)
    made_anew(cast, cast.anh)
    assert file_url(card, "xml") in page(cast, "hoa", url)


def test_she_downloads_the_signed_xml(card, cast):
    response = client_of(cast, "hoa").get(file_url(card, "xml"))
    assert response.content == card.signatures.get(slot="seal").document.encode()
    assert response["Content-Disposition"].startswith("attachment")


def test_she_downloads_the_signed_pdf(card, cast, tmp_path):
    response = client_of(cast, "hoa").get(file_url(card, "pdf"))
    assert list(pdfsig_of(tmp_path, response.content).values()) == [VALID] * 3


def test_each_download_is_recorded(card, cast):
    client = client_of(cast, "hoa")
    for _time in range(2):
        client.get(file_url(card, "xml"))
    events = AuditEvent.objects.filter(event="report_card.downloaded")
    assert [(event.actor, event.student_id) for event in events] == [
        (cast.hoa, card.student_id)
    ] * 2


def test_a_lost_file_is_told(card, cast, url):
    archive_storage().delete(newest_file(card, FileKind.XML).name)
    response = client_of(cast, "hoa").get(file_url(card, "xml"), follow=True)
    assert arrived_at(response) == url
    assert "Tệp lưu trữ của học bạ này bị mất" in text(response)


@pytest.mark.parametrize("kind", ["json", "payload", "png"])
def test_there_is_no_other_file(card, cast, kind):
    page(cast, "hoa", file_url(card, kind), status=404)


def test_another_childs_card_is_not_found_under_her_own(issued_cards, cast):
    other = file_url(issued_cards[1], "xml", student_id=cast.anh.student_id)
    page(cast, "hoa", other, status=404)
    page(cast, "hoa", file_url(issued_cards[1], "xml"), status=404)


@pytest.mark.parametrize("role", ["hanh", "ngoc", "van", "quang"])
def test_it_is_nobodys_page_but_a_guardians(card, cast, url, role):
    page(cast, role, url, status=404)
    page(cast, role, file_url(card, "xml"), status=404)


def test_the_childs_results_lead_here(card, cast, url):
    assert url in page(cast, "hoa", reverse("child_card", args=[cast.anh.student_id]))
