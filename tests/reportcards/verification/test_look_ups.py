"""A card by its number and date of birth: who is told what."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import AuditEvent
from reportcards import actions
from reportcards.models import LookUpCount, ReportCard, SlotKey
from reportcards.verification.look_ups import ANSWERS, NOT_FOUND, Answer, look_up
from reportcards.workflow import IN_MAKING, CardState, CardStep
from tests.reportcards.digital_cards import ISSUED_ON
from tests.reportcards.verification.asking import (
    ANOTHER_DAY,
    UNKNOWN_UUID,
    answer_on,
    ask,
    ask_about,
    birthday,
    text_of,
)
from tests.reportcards.withdrawing import (
    issued_anew,
    refused_by_department,
    requested,
    withdrawn,
)


@pytest.fixture
def card(issued_cards: list[ReportCard]) -> ReportCard:
    return issued_cards[0]


def test_the_page_asks_for_number_and_day(db):
    response = Client().get(reverse("verify"))
    assert response.status_code == 200
    text = text_of(response)
    assert "Mã tra cứu học bạ" in text
    assert "Ngày sinh của học sinh" in text
    assert "Tệp XML hoặc PDF đã ký của học bạ" in text


def test_a_card_in_force_is_valid(card, cast):
    found = answer_on(card)
    assert found.answer == Answer.VALID
    assert (found.school, found.school_year) == (cast.school.name, "2026-2027")
    assert found.issued_on == ISSUED_ON
    assert [(signed.slot, signed.name) for signed in found.signatures] == [
        (SlotKey.HOMEROOM, cast.ngoc.full_name),
        (SlotKey.LEADER, cast.hanh.full_name),
        (SlotKey.SEAL, cast.school.name),
    ]


def test_the_page_says_so_in_one_sentence_and_then_the_details(card, cast):
    response = ask_about(card)
    assert response.status_code == 200
    text = text_of(response)
    assert "CHỨNG THƯ THỬ NGHIỆM" in text
    assert "Hợp lệ Học bạ này do nhà trường phát hành và đang có hiệu lực." in text
    assert f"Trường {cast.school.name}" in text
    assert "Năm học 2026-2027" in text
    assert "Ngày ký phát hành 07/06/2027" in text
    assert f"Ký: cán bộ quản lý {cast.hanh.full_name}, lúc" in text


def test_nothing_that_is_the_pupils_own_is_told(card, cast):
    """Her name, class, results, people and numbers; the day the visitor knew herself."""
    told = text_of(ask_about(card))
    payload = card.payload
    secrets = [
        *payload["student"].values(),
        payload["school_class"]["name"],
        payload["comments"]["homeroom"],
        payload["year_decision"]["result_name"],
        payload["leader"]["personal_id"],
        payload["homeroom_signer"]["personal_id"],
        str(card.uuid),
        cast.van.full_name,
    ]
    public = {"Việt Nam", "Kinh"}  # words of any page
    for secret in {text for text in secrets if text} - public:
        assert str(secret) not in told
    assert "Kinh" not in told.split()


def test_a_card_on_its_way_to_the_department_is_valid(card, cast):
    for step in (CardStep.SEND, CardStep.ACCEPT, CardStep.CIRCULATE):
        actions.record_delivery(report_card=card, step=step, by=cast.van)
        assert answer_on(card).answer == Answer.VALID


def test_a_card_that_is_asked_back_is_valid_until_the_department_decides(card, cast):
    requested(cast, card)
    assert answer_on(card).answer == Answer.VALID


def test_a_card_that_the_department_refused_is_not_in_force(card, cast):
    refused_by_department(cast, card)
    assert answer_on(card).answer == Answer.NOT_IN_FORCE
    assert "Không có hiệu lực" in text_of(ask_about(card))


def test_a_withdrawn_card_is_withdrawn(card, cast):
    withdrawn(cast, card)
    assert answer_on(card).answer == Answer.WITHDRAWN
    assert "Đã thu hồi Học bạ này không còn hiệu lực." in text_of(ask_about(card))


def test_a_card_that_was_replaced_does_not_say_by_which(card, cast, certificates):
    withdrawn(cast, card)
    successor = issued_anew(cast, card.enrollment, certificates)
    text = text_of(ask_about(card))
    assert "Đã được thay thế" in text
    assert str(successor.uuid) not in text
    assert answer_on(successor).answer == Answer.VALID


def test_a_card_in_the_making_is_none(cards):
    assert answer_on(cards[0]) == NOT_FOUND


def test_a_discarded_card_is_none(cards, cast):
    actions.discard_report_card(report_card=cards[0], reason="Sai người ký", by=cast.van)
    assert answer_on(cards[0]) == NOT_FOUND


def test_every_state_that_the_world_has_heard_of_has_its_answer():
    silent = {*IN_MAKING, CardState.DISCARDED}
    assert set(ANSWERS) == set(CardState) - silent


# Strangers


def test_another_day_is_not_found(card):
    assert look_up(uuid=card.uuid, date_of_birth=ANOTHER_DAY) == NOT_FOUND


def test_a_miss_is_a_miss_whatever_the_reason(card):
    answers = {
        text_of(ask(card.uuid, ANOTHER_DAY)),
        text_of(ask(UNKNOWN_UUID, birthday(card))),
        text_of(ask(UNKNOWN_UUID, ANOTHER_DAY)),
    }
    assert len(answers) == 1
    assert "Không tìm thấy" in answers.pop()


def test_a_card_in_the_making_is_as_an_unknown_one(cards):
    assert text_of(ask_about(cards[0])) == text_of(ask(UNKNOWN_UUID, ANOTHER_DAY))


def test_a_miss_takes_the_same_queries_as_a_hit(card, django_assert_num_queries):
    tries = [
        (card.uuid, birthday(card)),
        (card.uuid, ANOTHER_DAY),
        (UNKNOWN_UUID, birthday(card)),
    ]
    for uuid, day in tries:
        with django_assert_num_queries(2):
            look_up(uuid=uuid, date_of_birth=day)


def test_the_page_behind_the_qr_code_is_the_same_for_every_number(card, django_assert_num_queries):
    """It looks at no card: asking is what is counted."""
    pages = []
    for uuid in (str(card.uuid), UNKNOWN_UUID):
        with django_assert_num_queries(0):
            response = Client().get(reverse("verify_card", args=[uuid]))
        assert response.status_code == 200
        assert f'value="{uuid}"' in response.content.decode()
        pages.append(text_of(response))
    assert pages[0] == pages[1]
    assert "Mã tra cứu đã có từ mã QR." in pages[0]


def test_search_engines_are_asked_not_to_keep_a_number(db):
    response = Client().get(reverse("verify_card", args=[UNKNOWN_UUID]))
    assert response["X-Robots-Tag"] == "noindex"


def test_no_cache_keeps_an_answer(db):
    page = Client().get(reverse("verify_card", args=[UNKNOWN_UUID]))
    for response in (ask(UNKNOWN_UUID, ANOTHER_DAY), page):
        assert "no-store" in response["Cache-Control"]


def test_the_day_stands_in_no_address(db):
    """Addresses are logged by servers and kept by browsers."""
    url = reverse("verify_card", args=[UNKNOWN_UUID])
    assert 'method="post" action="/verify/"' in Client().get(url).content.decode()
    assert Client().post(url, {"date_of_birth": "02/09/2016"}).status_code == 405


# What is typed


@pytest.mark.parametrize(
    ("uuid", "day", "sentence"),
    [
        ("", "02/09/2016", "Hãy ghi mã tra cứu in trên học bạ."),
        ("123", "02/09/2016", "Mã tra cứu gồm 32 chữ số và chữ từ a đến f"),
        (UNKNOWN_UUID, "", "Hãy ghi ngày sinh của học sinh."),
        (UNKNOWN_UUID, "31/02/2016", "Hãy ghi ngày theo dạng ngày/tháng/năm"),
    ],
)
def test_says_what_is_wrong_with_what_was_typed(uuid, day, sentence, db):
    response = ask(uuid, day)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not LookUpCount.objects.exists()


def test_takes_a_number_as_people_type_it(card):
    uuid = str(card.uuid)
    for typed in (uuid.upper(), f"  {uuid} ", uuid.replace("-", "")):
        assert "Hợp lệ" in text_of(ask(typed, birthday(card)))


# What is left behind


def test_nothing_of_a_look_up_is_recorded(card):
    before = AuditEvent.objects.count()
    ask_about(card)
    ask(card.uuid, ANOTHER_DAY)
    assert AuditEvent.objects.count() == before
    kept = json.dumps(list(LookUpCount.objects.values("key", "count")))
    assert str(card.uuid) not in kept
    assert "203.0.113" not in kept
