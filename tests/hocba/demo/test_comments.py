"""The demo school's comment bank."""

import unicodedata

import pytest

from assessments.comment_drafts import draft_errors
from assessments.models import CommentEntry
from hocba.demo.comments import OWN, school_bank, write_comment_banks
from rulesets import get_ruleset

ENTRIES = [*school_bank(), *OWN]

every_entry = pytest.mark.parametrize(
    "entry", ENTRIES, ids=[f"{entry.purpose or 'any'}-{entry.code}" for entry in ENTRIES]
)


@every_entry
def test_an_entry_is_right(entry):
    assert draft_errors(entry, get_ruleset("tt27")) == {}


@every_entry
def test_a_text_is_a_sentence_in_composed_letters(entry):
    assert entry.text.endswith(".")
    assert unicodedata.is_normalized("NFC", entry.text)
    assert entry.text.startswith("{tên}") or entry.text[0].isupper()


def test_the_bank_is_large_enough_to_choose_from():
    assert len(list(school_bank())) >= 35
    for purpose in ("toan", "tieng_viet", "homeroom_comment"):
        levels = {entry.level for entry in school_bank() if entry.purpose == purpose}
        assert levels == {"T", "H", "C"}


def test_no_code_stands_twice():
    places = [entry.place for entry in school_bank()]
    assert len(set(places)) == len(places)
    assert len({entry.text for entry in ENTRIES}) == len(ENTRIES)


def test_both_banks_are_written_in_few_queries(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(21):
        write_comment_banks(cast.school, leader=cast.hanh, teacher=cast.ngoc)
    assert CommentEntry.objects.in_bank_of(None).count() == len(list(school_bank()))
    assert CommentEntry.objects.in_bank_of(cast.ngoc).count() == len(OWN)
