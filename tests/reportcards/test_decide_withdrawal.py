"""The page on which clerk or registrar record what the department answered."""

import pytest

from audit.models import AuditEvent
from reportcards.archive import archive_storage
from reportcards.models import ReportCard, WithdrawalRequest
from reportcards.workflow import CardState
from tests.pages import client_of
from tests.reportcards.card_pages import arrived_at, page, post, text, url_of
from tests.reportcards.withdrawing import (
    NUMBER,
    PDF,
    REASON,
    REFUSED,
    answered,
    requested,
    requested_for_civil_status,
)

ANSWER = {"is_granted": "yes", "number": NUMBER, "decided_on": "07/06/2027"}


@pytest.fixture
def card(issued_cards):
    return issued_cards[0]


@pytest.fixture
def url(card):
    return url_of("decide_withdrawal", card)


def state(card):
    return ReportCard.objects.get(pk=card.pk).state


def test_it_says_what_was_asked_by_whom_and_why(card, cast, url):
    requested(cast, card)
    shown = page(cast, "van", url)
    assert REASON in shown
    assert "Nguyễn Thị Hạnh" in shown
    assert "Nhà trường đã đề nghị thu hồi học bạ này" in shown
    assert 'name="number"' in shown


@pytest.mark.parametrize("role", ["van", "tam"])
def test_a_granted_withdrawal_leads_on_to_the_steps(card, cast, url, role):
    requested(cast, card)
    response = post(cast, role, url, **ANSWER)
    assert arrived_at(response) == url_of("replace_card", card)
    assert "Học bạ này không còn hiệu lực." in text(response)
    assert state(card) == CardState.WITHDRAWN


def test_a_refused_one_leads_back_to_the_card(card, cast, url):
    requested(cast, card)
    response = post(cast, "van", url, **ANSWER | {"is_granted": "no", "refusal": "Không sai."})
    assert arrived_at(response) == url_of("digital_card", card)
    assert state(card) == CardState.ISSUED
    assert WithdrawalRequest.objects.get().refusal == "Không sai."


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"is_granted": ""}, "Hãy chọn Sở cho hay không cho thu hồi."),
        ({"number": " "}, "Hãy ghi số văn bản của Sở."),
        ({"decided_on": ""}, "Hãy ghi ngày của văn bản."),
        ({"decided_on": "hôm qua"}, "dạng ngày/tháng/năm"),
        ({"decided_on": "08/06/2027"}, "Ngày văn bản của Sở không thể sau hôm nay."),
        ({"is_granted": "no"}, "Hãy ghi lý do Sở không cho thu hồi."),
    ],
)
def test_what_is_left_out_is_named(card, cast, url, form, sentence):
    requested(cast, card)
    response = post(cast, "van", url, **ANSWER | form)
    assert response.status_code == 422
    assert sentence in text(response)
    assert state(card) == CardState.WITHDRAWAL_REQUESTED


def test_a_leader_reads_and_does_not_record(card, cast, url):
    requested(cast, card)
    shown = page(cast, "hanh", url)
    assert "văn thư hoặc học vụ ghi ở trang này" in shown
    assert 'name="number"' not in shown
    assert post(cast, "hanh", url, **ANSWER).status_code == 403
    assert state(card) == CardState.WITHDRAWAL_REQUESTED


def test_an_answered_request_shows_its_answer_and_no_form(card, cast, url):
    answered(cast, requested(cast, card), REFUSED)
    shown = page(cast, "van", url)
    assert "Sở không cho thu hồi" in shown
    assert NUMBER in shown
    assert REFUSED.refusal in shown
    assert 'name="number"' not in shown


def test_a_granted_one_leads_to_the_steps_later_too(card, cast, url):
    answered(cast, requested(cast, card))
    assert url_of("replace_card", card) in page(cast, "ngoc", url)


def test_whoever_answers_late_is_told(card, cast, url):
    answered(cast, requested(cast, card), REFUSED)
    response = post(cast, "van", url, **ANSWER)
    assert arrived_at(response) == url
    assert "Đề nghị này đã có trả lời." in text(response)
    assert state(card) == CardState.ISSUED


def test_nothing_was_asked_nothing_is_here(card, cast, url):
    page(cast, "van", url, status=404)


# The attached decision


@pytest.fixture
def attachment(card, cast):
    requested_for_civil_status(cast, card)
    return url_of("withdrawal_attachment", card)


@pytest.mark.parametrize("role", ["hanh", "phuc", "tam", "van"])
def test_the_office_downloads_it(attachment, cast, role):
    response = client_of(cast, role).get(attachment)
    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_download_is_recorded(attachment, cast):
    client_of(cast, "tam").get(attachment)
    [event] = AuditEvent.objects.filter(event="report_card.downloaded")
    name = "Quyết định kèm theo, Lê Minh Anh.pdf"
    assert (event.actor, event.changes) == (cast.tam.user, {"file_name": [None, name]})


def test_the_homeroom_teacher_knows_of_it_and_does_not_read_it(attachment, card, cast, url):
    shown = page(cast, "ngoc", url)
    assert "Có quyết định kèm theo" in shown
    assert attachment not in shown
    page(cast, "ngoc", attachment, status=403)


def test_strangers_find_nothing(attachment, cast):
    page(cast, "quang", attachment, status=404)
    page(cast, "hoa", attachment, status=404)


def test_where_nothing_is_attached_there_is_nothing(card, cast):
    requested(cast, card)
    page(cast, "tam", url_of("withdrawal_attachment", card), status=404)


def test_a_lost_file_is_told(attachment, card, cast):
    archive_storage().delete(WithdrawalRequest.objects.get().attachment.name)
    response = client_of(cast, "tam").get(attachment, follow=True)
    assert "Tệp lưu trữ của học bạ này bị mất" in text(response)
