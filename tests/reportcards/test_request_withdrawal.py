"""The page on which a leader asks the department to withdraw a card."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reportcards import actions
from reportcards.attachments import LARGEST
from reportcards.models import ReportCard, WithdrawalRequest
from reportcards.workflow import CardState
from tests.reportcards.card_pages import arrived_at, page, post, text, url_of
from tests.reportcards.digital_cards import ISSUED_ON
from tests.reportcards.withdrawing import JPEG, PDF, REASON, requested, withdrawn


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


@pytest.fixture
def url(card):
    return url_of("request_withdrawal", card)


def file_of(content, name="quyet-dinh.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def closed(cast):
    actions.close_card_year(
        school_year=cast.school_year, closed_on=ISSUED_ON, reference="77/SGDĐT", by=cast.hanh
    )


def test_it_says_what_will_happen(card, cast, url):
    shown = page(cast, "hanh", url)
    assert "Đề nghị thu hồi học bạ của em Lê Minh Anh" in shown
    assert str(card.uuid) in shown
    assert "Kết quả của các bạn cùng lớp vẫn khóa." in shown
    assert 'enctype="multipart/form-data"' in shown


def test_a_leader_asks(card, cast, url):
    response = post(cast, "phuc", url, cause="mistake", reason=REASON)
    assert "Đã ghi đề nghị thu hồi." in text(response)
    assert arrived_at(response) == url_of("decide_withdrawal", card)
    request = WithdrawalRequest.objects.get()
    assert (request.reason, request.asked_by) == (REASON, cast.phuc.user)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"reason": REASON}, "Hãy chọn nguyên nhân thu hồi."),
        ({"cause": "mistake", "reason": " "}, "Hãy ghi lý do thu hồi."),
        ({"cause": "civil_status", "reason": REASON}, "Thay đổi hộ tịch phải kèm quyết định"),
        ({"cause": "weather", "reason": REASON}, "weather"),
    ],
)
def test_what_is_left_out_is_named(card, cast, url, form, sentence):
    response = post(cast, "hanh", url, **form)
    assert response.status_code == 422
    assert sentence in text(response)
    assert not WithdrawalRequest.objects.exists()


@pytest.mark.parametrize(("content", "ending"), [(PDF, "pdf"), (JPEG, "jpg")])
def test_a_decision_is_attached_by_what_it_is_not_by_its_name(card, cast, url, content, ending):
    form = {"cause": "civil_status", "reason": "Đổi họ.", "attachment": file_of(content, "x.exe")}
    post(cast, "hanh", url, **form)
    assert WithdrawalRequest.objects.get().attachment.name.endswith(f".{ending}")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90 a program", "phải là bản PDF, ảnh JPEG hoặc ảnh PNG"),
        (PDF + b" " * LARGEST, "lớn hơn 5 MB"),
        (b"", "Tệp này trống."),
    ],
    ids=["program", "too large", "empty"],
)
def test_another_file_is_refused_at_its_field(card, cast, url, content, sentence):
    form = {"cause": "civil_status", "reason": "Đổi họ.", "attachment": file_of(content)}
    response = post(cast, "hanh", url, **form)
    assert response.status_code == 422
    assert sentence in text(response)
    assert ReportCard.objects.get(pk=card.pk).state == CardState.ISSUED


def test_a_closed_year_says_what_the_law_leaves_open(card, cast, url):
    closed(cast)
    shown = page(cast, "hanh", url)
    assert "Năm học đã chốt học bạ" in shown
    assert "77/SGDĐT" in shown
    assert "QĐ 1789, Điều 21" in shown
    assert "<textarea" not in shown


def test_a_closed_year_takes_no_request(card, cast, url):
    closed(cast)
    response = post(cast, "hanh", url, cause="mistake", reason=REASON)
    assert response.status_code == 422
    assert "77/SGDĐT" in text(response)
    assert not WithdrawalRequest.objects.exists()


def test_a_card_that_was_asked_back_already_is_not_asked_for_again(card, cast, url):
    requested(cast, card)
    shown = page(cast, "hanh", url)
    assert "Học bạ này không ở bước thu hồi được" in shown
    assert "<textarea" not in shown


def test_whoever_posts_late_is_told(card, cast, url):
    requested(cast, card)
    response = post(cast, "hanh", url, cause="mistake", reason=REASON)
    assert response.status_code == 422
    assert "có người vừa làm trước" in text(response)


def test_a_withdrawn_card_is_marked_here_too(card, cast, url):
    withdrawn(cast, card)
    assert "Học bạ đã thu hồi" in page(cast, "hanh", url)


@pytest.mark.parametrize("role", ["van", "tam", "ngoc"])
def test_who_reads_the_card_but_leads_nothing_is_refused(card, cast, url, role):
    page(cast, role, url, status=403)


@pytest.mark.parametrize(("role", "status"), [("binh", 403), ("quang", 404), ("hoa", 404)])
def test_strangers_and_colleagues_of_other_classes(card, cast, url, role, status):
    page(cast, role, url, status=status)
