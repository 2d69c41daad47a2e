"""From a withdrawn card to the one in its place: taking back, the steps, the pupil's own data."""

import datetime

import pytest
from django.urls import reverse

from reportcards import actions
from reportcards.card_pages.replacement import Replacement
from reportcards.models import ReportCard
from reportcards.workflow import CardState
from students.models import Student
from tests.cast import Cast
from tests.reportcards.card_pages import arrived_at, page, post, text, url_of
from tests.reportcards.withdrawing import (
    issued_anew,
    made_anew,
    maths_corrected,
    record_of,
    refused_by_department,
    reopened,
    withdrawn,
    withdrawn_for_civil_status,
)


@pytest.fixture
def card(issued_cards: list[ReportCard]) -> ReportCard:
    return issued_cards[0]


@pytest.fixture
def url(card: ReportCard) -> str:
    return url_of("replace_card", card)


def steps(cast: Cast, card: ReportCard, reader: str = "hanh") -> list[tuple[bool, bool]]:
    """Of each step: whether it is done, whether it is the current one."""
    card = ReportCard.objects.with_pupil().get(pk=card.pk)
    shown = Replacement(card, getattr(cast, reader)).steps
    return [(step.is_done, step.is_current) for step in shown]


def links(cast: Cast, card: ReportCard, reader: str) -> list[str]:
    card = ReportCard.objects.with_pupil().get(pk=card.pk)
    return [step.url for step in Replacement(card, getattr(cast, reader)).steps]


DONE, CURRENT, LATER = (True, False), (False, True), (False, False)


# The steps after a mistake


def test_first_the_results_are_reopened(card, cast):
    withdrawn(cast, card)
    assert steps(cast, card) == [CURRENT, LATER, LATER, LATER, LATER]
    assert links(cast, card, "hanh")[0] == reverse("record_reopen", args=[record_of(cast.anh).pk])


def test_then_they_are_corrected_and_signed_off_again(card, cast):
    withdrawn(cast, card)
    reopened(cast, cast.anh)
    assert steps(cast, card) == [DONE, CURRENT, LATER, LATER, LATER]
    assert links(cast, card, "hanh")[0] == ""


def test_then_the_new_card_is_made(card, cast):
    withdrawn(cast, card)
    maths_corrected(cast, cast.anh)
    assert steps(cast, card) == [DONE, DONE, CURRENT, LATER, LATER]
    cards = reverse("class_cards", args=[cast.school_class.pk])
    assert links(cast, card, "van")[2] == cards
    assert links(cast, card, "hanh")[2] == ""


def test_then_it_is_signed(card, cast):
    withdrawn(cast, card)
    new = made_anew(cast, cast.anh)
    assert steps(cast, card) == [DONE, DONE, DONE, CURRENT, LATER]
    assert links(cast, card, "hanh")[3] == url_of("digital_card", new)


def test_issued_it_stands_in_the_old_ones_place(card, cast, certificates):
    withdrawn(cast, card)
    issued_anew(cast, cast.anh, certificates)
    assert steps(cast, card) == [DONE] * 5


def test_a_card_that_was_made_without_any_correction_is_enough(card, cast):
    """What was wrong was its date or its signer."""
    withdrawn(cast, card)
    made_anew(cast, cast.anh)
    assert steps(cast, card)[:3] == [DONE, DONE, DONE]


# The steps after a change of civil status


def test_first_the_registrar_corrects_the_pupil(card, cast):
    withdrawn_for_civil_status(cast, card)
    assert steps(cast, card, "tam") == [CURRENT, LATER, LATER, LATER]
    assert links(cast, card, "tam")[0] == url_of("correct_pupil", card)
    assert links(cast, card, "hanh")[0] == ""


def test_corrected_the_new_card_is_made_of_the_same_results(card, cast):
    withdrawn_for_civil_status(cast, card)
    actions.correct_pupil(report_card=card, details={"full_name": "Phạm Minh Anh"}, by=cast.tam)
    assert steps(cast, card) == [DONE, CURRENT, LATER, LATER]


# Their page


def test_the_page_names_the_pupil_and_the_decision(card, cast, url):
    withdrawn(cast, card)
    shown = page(cast, "hanh", url)
    assert "Thay học bạ của em Lê Minh Anh, lớp 4A" in shown
    assert "theo văn bản 45/SGDĐT-GDTH của Sở" in shown
    assert 'aria-current="step"' in shown


def test_only_the_registrar_is_led_to_the_pupils_data(card, cast, url):
    withdrawn(cast, card)
    assert url_of("correct_pupil", card) in page(cast, "tam", url)
    assert url_of("correct_pupil", card) not in page(cast, "van", url)


def test_with_a_new_card_the_two_are_compared(card, cast, url):
    withdrawn(cast, card)
    assert url_of("card_difference", card) not in page(cast, "ngoc", url)
    made_anew(cast, cast.anh)
    assert url_of("card_difference", card) in page(cast, "ngoc", url)


def test_the_clerk_is_led_to_no_results(card, cast, url):
    withdrawn(cast, card)
    assert links(cast, card, "van")[:2] == ["", ""]


def test_there_are_no_steps_while_the_card_is_in_force(card, cast, url):
    page(cast, "hanh", url, status=404)


@pytest.mark.parametrize(("role", "status"), [("binh", 403), ("quang", 404)])
def test_whom_it_does_not_concern(card, cast, url, role, status):
    withdrawn(cast, card)
    page(cast, role, url, status=status)


# Taking back


def test_a_refused_card_is_taken_back(card, cast):
    refused_by_department(cast, card)
    back = url_of("take_back_card", card)
    assert "không cần quyết định của Sở" in page(cast, "hanh", back)
    response = post(cast, "hanh", back, reason="Sửa mã trường.")
    assert arrived_at(response) == url_of("replace_card", card)
    assert ReportCard.objects.get(pk=card.pk).state == CardState.WITHDRAWN


def test_taking_back_asks_why(card, cast):
    refused_by_department(cast, card)
    response = post(cast, "hanh", url_of("take_back_card", card), reason="")
    assert response.status_code == 422
    assert "Hãy ghi lý do rút học bạ về." in text(response)


def test_a_card_that_nobody_refused_asks_nothing(card, cast):
    response = post(cast, "hanh", url_of("take_back_card", card), reason="Sai")
    assert response.status_code == 422
    assert ReportCard.objects.get(pk=card.pk).state == CardState.ISSUED


def test_its_page_leads_back_to_the_card(card, cast):
    assert page(cast, "hanh", url_of("take_back_card", card), status=302) == ""


def test_nobody_but_a_leader_takes_back(card, cast):
    refused_by_department(cast, card)
    page(cast, "van", url_of("take_back_card", card), status=403)


# The pupil's data

CIVIL_STATUS = {
    "full_name": " Phạm Minh Anh ",
    "given_name": "",
    "date_of_birth": "03/09/2016",
    "gender": "female",
    "personal_id": "",
    "ethnicity_code": "01",
    "ethnicity_as_written": "",
    "nationality": "Việt Nam",
    "birth_place": "Bệnh viện Buôn Hồ",
    "home_town": "Xã Ea Drông",
    "residence": "12 Trần Hưng Đạo",
    "father_name": "",
    "mother_name": "Phạm Thị Hòa",
    "guardian_name": "",
}


@pytest.fixture
def correction(card, cast):
    withdrawn_for_civil_status(cast, card)
    return url_of("correct_pupil", card)


def test_the_form_shows_what_is_in_the_file(correction, cast):
    shown = page(cast, "tam", correction)
    assert 'value="Lê Minh Anh"' in shown


def test_the_registrar_writes_what_the_decision_says(correction, card, cast):
    response = post(cast, "tam", correction, **CIVIL_STATUS)
    assert arrived_at(response) == url_of("replace_card", card)
    student = Student.objects.get(pk=card.student_id)
    assert student.full_name == "Phạm Minh Anh"
    assert student.date_of_birth == datetime.date(2016, 9, 3)
    assert student.personal_id is None


def test_the_old_card_still_bears_the_old_name(correction, card, cast):
    post(cast, "tam", correction, **CIVIL_STATUS)
    assert "Lê Minh Anh" in page(cast, "tam", url_of("digital_card", card))


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"full_name": ""}, "full_name"),
        ({"date_of_birth": "03-09"}, "dạng ngày/tháng/năm"),
        ({"personal_id": "123"}, "Số định danh cá nhân gồm đúng 12 chữ số."),
        ({"gender": ""}, "gender"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(correction, card, cast, form, sentence):
    response = post(cast, "tam", correction, **CIVIL_STATUS | form)
    assert response.status_code == 422
    assert sentence in text(response)
    assert Student.objects.get(pk=card.student_id).full_name == "Lê Minh Anh"


def test_somebody_elses_personal_id_is_refused(correction, card, cast):
    Student.objects.filter(pk=cast.duc.student_id).update(personal_id="066316009999")
    response = post(cast, "tam", correction, **CIVIL_STATUS | {"personal_id": "066316009999"})
    assert response.status_code == 422


def test_once_the_new_card_is_made_it_is_too_late(correction, card, cast):
    made_anew(cast, cast.anh)
    page(cast, "tam", correction, status=302)
    assert post(cast, "tam", correction, **CIVIL_STATUS).status_code == 422


@pytest.mark.parametrize(("role", "status"), [("hanh", 403), ("van", 403), ("quang", 404)])
def test_nobody_but_the_registrar_writes(correction, cast, role, status):
    page(cast, role, correction, status=status)
