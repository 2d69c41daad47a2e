"""What is done to a card's PDF after it has been signed."""

import pytest

from reportcards.profiles.document import data_node
from reportcards.verify import Grounds, verify_pdf
from tests.reportcards.authorities import V1_0
from tests.reportcards.cards import card_payload
from tests.reportcards.verify.pdfs import (
    Append,
    appended,
    draw,
    note,
    one_more_page,
    other_data,
    refusals,
    rewritten,
    script,
    update_lengths,
    without_signature,
)

pytestmark = pytest.mark.any_database

OTHER = data_node(card_payload(student={"full_name": "Lê Minh Ánh"}), V1_0)


def test_a_pdf_as_it_was_signed_is_valid(pdf: bytes, card: bytes, grounds: Grounds):
    assert refusals(pdf, grounds) == set()
    assert refusals(pdf, grounds, xml=card) == set()


@pytest.mark.parametrize(
    ("change", "others"),
    [
        pytest.param(lambda writer: draw(writer, b"1 g 0 0 500 500 re f"), set(), id="drawn over"),
        pytest.param(note, {"unexpected_content"}, id="a note over a level"),
        pytest.param(one_more_page, set(), id="one more page"),
        pytest.param(script, {"unexpected_content"}, id="a script"),
        pytest.param(other_data(OTHER), set(), id="other data"),
        pytest.param(without_signature("leader"), {"signature_missing"}, id="no signature"),
        pytest.param(lambda writer: writer.update_root(), set(), id="nothing new"),
    ],
)
def test_what_is_appended_is_found(pdf: bytes, grounds: Grounds, change: Append, others: set[str]):
    assert refusals(appended(pdf, change), grounds) == {"changed_after_signing"} | others


def test_of_a_changed_file_no_signature_is_called_intact(pdf: bytes, grounds: Grounds):
    [card] = verify_pdf(appended(pdf, note), grounds).cards
    assert [each.is_intact for each in card.signatures] == [False] * 3


@pytest.mark.parametrize("kept", [1, 2])
def test_what_is_cut_off_is_missing(pdf: bytes, grounds: Grounds, kept: int):
    """The file as it was before the last signatures is a right one; it is not whole."""
    before = pdf[: update_lengths(pdf)[kept]]
    assert refusals(before, grounds) == {"signature_missing"}


def test_a_file_that_is_written_anew_has_no_signature_left(pdf: bytes, grounds: Grounds):
    assert "not_whole" in refusals(rewritten(pdf), grounds)
