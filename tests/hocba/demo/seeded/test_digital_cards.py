"""The past year's cards: a class issued, one of them twice, and a class half signed."""

from collections import Counter

import pytest

from hocba.demo.signing_keys import DEMO_PASSPHRASE
from reportcards.models import ArchivedFile, FileKind, Rendering, ReportCard, SigningTask, StoredKey
from reportcards.workflow import CardState
from students.models import Guardian

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored


@pytest.fixture
def cards(school):
    return ReportCard.objects.for_school(school)


def states_by_class(cards):
    return Counter(cards.values_list("enrollment__school_class__name", "state"))


def test_one_class_circulates_and_one_waits_for_the_leader(cards, past):
    classes = {
        state: {name for name, found in states_by_class(cards) if found == state}
        for state in CardState
    }
    assert len(classes[CardState.CIRCULATED]) == 1
    assert len(classes[CardState.HOMEROOM_SIGNED]) == 1
    assert classes[CardState.CIRCULATED] != classes[CardState.HOMEROOM_SIGNED]
    assert set(cards.values_list("school_year", flat=True)) == {past.pk}


def test_one_card_was_replaced(cards):
    [old] = cards.filter(state=CardState.SUPERSEDED)
    [new] = cards.filter(supersedes=old)
    assert new.state == CardState.ISSUED
    assert new.student == old.student


def test_a_mother_has_a_card_to_read(cards):
    children = Guardian.objects.confirmed().values("student")
    assert cards.in_force().filter(student__in=children).exists()


def test_every_signature_was_given(school):
    assert not SigningTask.objects.exclude(refusal="").exists()


def test_every_card_in_force_is_archived(cards):
    for card in cards.in_force():
        assert {FileKind.XML, FileKind.PAYLOAD, FileKind.CERTIFICATE} <= set(
            ArchivedFile.objects.filter(report_card=card).values_list("kind", flat=True)
        )


def test_nothing_waits_to_be_laid_out(school):
    """But for the pages that are signed, documents are laid out when somebody prints them."""
    laid_out = Rendering.objects.values_list("kind", "state").distinct()
    assert list(laid_out) == [("display", "ready")]


def test_the_passphrase_is_kept_nowhere(school):
    stored = b"".join(bytes(row.sealed) for row in StoredKey.objects.all())
    assert DEMO_PASSPHRASE.encode() not in stored
