"""The pages of the register of copies."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reportcards import actions
from reportcards.archive import archive_storage, newest_file
from reportcards.card_pdf import pdf_of
from reportcards.card_views import copies as copies_views
from reportcards.models import CertifiedCopy, CopyKind, FileKind
from tests.pages import client_of
from tests.reportcards.card_pages import arrived_at, page, post, text, url_of
from tests.reportcards.pdfsig import VALID, pdfsig_of
from tests.reportcards.reading import pages_of
from tests.reportcards.test_copies import give
from tests.reportcards.withdrawing import withdrawn

COPIES = "/copies/"
FORM = {
    "kind": "certified_copy",
    "name": "Phạm Thị Hòa",
    "identity": "Căn cước 066185001234",
    "purpose": "Nộp hồ sơ lớp 6",
}


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


@pytest.fixture
def given(card, cast):
    return give(cast, card)


def given_url(copy):
    return reverse("given_copy", args=[copy.pk])


def file_url(copy, kind):
    return reverse("given_copy_file", args=[copy.pk, kind])


# The register


def test_an_empty_register_says_how_it_fills(cast):
    assert "Chưa cấp bản sao nào" in page(cast, "van", COPIES)


def test_the_newest_line_stands_first(issued_cards, cast):
    for card in issued_cards:
        give(cast, card)
    shown = page(cast, "hanh", COPIES)
    names = [shown.index(name) for name in ("Võ Trí Đức", "H&#x27;Hen Niê", "Lê Minh Anh")]
    assert sorted(names) == [shown.index(name) for name in names_by_number(shown)]
    assert "3 dòng" in shown


def names_by_number(shown):
    lines = CertifiedCopy.objects.order_by("-number")
    names = [line.report_card.student.full_name for line in lines]
    return [name.replace("'", "&#x27;") for name in names]


def test_a_line_says_everything(given, cast):
    shown = page(cast, "tam", COPIES)
    for words in (
        "Lê Minh Anh",
        "2026-2027",
        "Bản sao có xác nhận",
        "Phạm Thị Hòa",
        "Căn cước 066185001234",
        "Nộp hồ sơ lớp 6",
        "Hồ Thị Vân",
    ):
        assert words in shown


@pytest.mark.parametrize(
    ("searched", "found"),
    [("duc", ["Võ Trí Đức"]), ("minh anh", ["Lê Minh Anh"]), ("Nguyễn", [])],
)
def test_a_pupil_is_searched_for_without_diacritics(issued_cards, cast, searched, found):
    for card in issued_cards:
        give(cast, card)
    shown = page(cast, "van", f"{COPIES}?q={searched}")
    names = ["Võ Trí Đức", "Lê Minh Anh"]
    assert [name for name in names if name in shown] == found
    assert ("Không tìm thấy dòng nào" in shown) is (found == [])


def test_a_long_register_is_read_in_pages(issued_cards, cast, monkeypatch):
    monkeypatch.setattr(copies_views, "COPIES_A_PAGE", 2)
    for card in issued_cards:
        give(cast, card)
    assert "Trang 1 trên 2" in page(cast, "van", COPIES)
    assert page(cast, "van", f"{COPIES}?page=2").count('<td class="table__number"') == 1


def test_a_register_takes_the_same_queries_for_one_line_and_for_three(issued_cards, cast):
    client = client_of(cast, "van")
    counts = []
    for card in issued_cards:
        give(cast, card)
        with CaptureQueriesContext(connection) as queries:
            client.get(COPIES)
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_another_school_reads_its_own(given, cast):
    assert "Lê Minh Anh" not in page(cast, "quang", COPIES)


@pytest.mark.parametrize("role", ["ngoc", "binh", "suong", "kien"])
def test_nobody_but_the_office_reads_it(cast, role):
    page(cast, role, COPIES, status=403)


# Giving


def test_the_page_asks_what_to_whom_and_why(card, cast):
    shown = page(cast, "van", url_of("give_copy", card))
    assert "Cấp bản sao, tệp học bạ của em Lê Minh Anh" in shown
    for name in ("kind", "name", "identity", "purpose"):
        assert f'name="{name}"' in shown


@pytest.mark.parametrize("kind", CopyKind)
def test_giving_leads_to_the_files(card, cast, kind):
    response = post(cast, "van", url_of("give_copy", card), **FORM | {"kind": kind})
    copy = CertifiedCopy.objects.get()
    assert arrived_at(response) == given_url(copy)
    assert "Đã ghi sổ, số 1." in text(response)
    assert file_url(copy, "pdf") in text(response)
    assert file_url(copy, "xml") in text(response)
    assert (copy.kind, copy.recipient_name) == (kind, "Phạm Thị Hòa")


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("kind", "Hãy chọn cấp gì."),
        ("name", "Hãy ghi họ tên người nhận."),
        ("identity", "Hãy ghi giấy tờ mà người nhận xuất trình."),
        ("purpose", "Hãy ghi mục đích."),
    ],
)
def test_what_is_left_out_is_named(card, cast, field, sentence):
    response = post(cast, "van", url_of("give_copy", card), **FORM | {field: ""})
    assert response.status_code == 422
    assert sentence in text(response)
    assert not CertifiedCopy.objects.exists()


def test_nothing_is_certified_from_a_withdrawn_card(card, cast):
    withdrawn(cast, card)
    assert "Học bạ đã thu hồi" in page(cast, "van", url_of("give_copy", card))
    response = post(cast, "van", url_of("give_copy", card), **FORM)
    assert response.status_code == 422
    assert "không cấp bản sao có xác nhận" in text(response)


def test_a_card_in_the_making_is_given_to_nobody(cards, cast):
    response = post(cast, "van", url_of("give_copy", cards[0]), **FORM)
    assert response.status_code == 422
    assert "Học bạ này chưa phát hành" in text(response)


@pytest.mark.parametrize(("role", "status"), [("ngoc", 403), ("quang", 404), ("hoa", 404)])
def test_whom_it_does_not_concern(card, cast, role, status):
    page(cast, role, url_of("give_copy", card), status=status)


# A line and its files


def test_a_line_has_a_page(given, cast):
    shown = page(cast, "van", given_url(given))
    assert "Sổ cấp bản sao học bạ, số 1" in shown
    assert str(given.report_card.uuid) in shown
    assert "Phạm Thị Hòa" in shown


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (CopyKind.FILE_AGAIN, "Cả hai tệp đều có đủ chữ ký số"),
        (CopyKind.CERTIFIED_COPY, "Tệp PDF là bản để in"),
        (CopyKind.EXTRACT, "không kèm chữ ký số"),
    ],
)
def test_it_says_what_the_pdf_is_worth(card, cast, kind, sentence):
    response = post(cast, "van", url_of("give_copy", card), **FORM | {"kind": kind})
    assert sentence in text(response)


def test_a_line_whose_card_was_withdrawn_says_so(given, card, cast):
    withdrawn(cast, card)
    assert "Học bạ đã thu hồi" in page(cast, "van", given_url(given))


def test_the_pdf_is_stamped(given, cast):
    response = client_of(cast, "van").get(file_url(given, "pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert (
        'filename="hoc-ba-le-minh-anh-2026-2027-ban-sao-1.pdf"' in response["Content-Disposition"]
    )
    assert all("BẢN SAO" in shown for shown in pages_of(response.content))


def test_the_xml_is_the_signed_one(given, card, cast):
    response = client_of(cast, "tam").get(file_url(given, "xml"))
    assert response.content == card.signatures.get(slot="seal").document.encode()
    assert response["Content-Type"] == "application/xml"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("kind", ["json", "payload", "decision", "exe"])
def test_there_is_no_other_file(given, cast, kind):
    page(cast, "van", file_url(given, kind), status=404)


def test_a_lost_file_is_told_on_the_page(given, card, cast):
    archive_storage().delete(newest_file(card, FileKind.XML).name)
    response = client_of(cast, "van").get(file_url(given, "xml"), follow=True)
    assert arrived_at(response) == given_url(given)
    assert "Tệp lưu trữ của học bạ này bị mất" in text(response)


@pytest.mark.parametrize(("role", "status"), [("ngoc", 403), ("quang", 404), ("hoa", 404)])
def test_a_line_and_its_files_are_the_offices(given, cast, role, status):
    page(cast, role, given_url(given), status=status)
    page(cast, role, file_url(given, "xml"), status=status)


# The card's own PDF


@pytest.mark.parametrize("role", ["ngoc", "hanh", "van", "tam"])
def test_whoever_reads_the_card_takes_the_signed_file(card, cast, role, tmp_path):
    response = client_of(cast, role).get(url_of("card_pdf", card))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert list(pdfsig_of(tmp_path, response.content).values()) == [VALID] * 3


def test_of_a_card_in_the_making_she_sees_what_she_will_sign(cards, cast):
    response = client_of(cast, "ngoc").get(url_of("card_pdf", cards[0]))
    assert response["Content-Disposition"].startswith("inline")
    assert response.content == pdf_of(cards[0])


def test_of_a_discarded_card_there_is_none(cards, cast):
    actions.discard_report_card(report_card=cards[0], reason="Sai ngày ký", by=cast.van)
    response = client_of(cast, "van").get(url_of("card_pdf", cards[0]), follow=True)
    assert "Học bạ này chưa phát hành" in text(response)


@pytest.mark.parametrize(("role", "status"), [("binh", 403), ("quang", 404), ("hoa", 404)])
def test_the_pages_are_not_for_everybody(card, cast, role, status):
    page(cast, role, url_of("card_pdf", card), status=status)
