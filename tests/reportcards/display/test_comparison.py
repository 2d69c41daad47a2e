from dataclasses import replace

import pytest

from reportcards.display.comparison import Difference, first_difference
from reportcards.display.form import DisplayForm, display_form
from reportcards.display.reading import page_texts
from reportcards.documents.display_pdf import display_pdf
from tests.reportcards.cards import card_payload

DIGEST = "0123456789abcdef" * 4


@pytest.fixture(scope="module")
def form() -> DisplayForm:
    return display_form(card_payload(), digest=DIGEST)


@pytest.fixture(scope="module")
def texts() -> tuple[str, ...]:
    return page_texts(display_pdf(card_payload(), digest=DIGEST))


def test_a_form_that_is_printed_as_it_is_has_no_difference(texts, form):
    assert first_difference(texts, form) is None


def test_another_name_is_found_with_what_is_there(texts, form):
    difference = first_difference(texts, replace(form, full_name="Lê Minh Ánh"))

    assert difference == Difference("full_name", "Họ và tên học sinh", "Lê Minh Ánh", "Lê Minh Anh")
