"""What documents can print, letter for letter, and the sentence about what they cannot."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from schools import printable_characters
from schools.models import Department, School, SchoolClass, StaffMember, SubjectOffering
from schools.printable import unprintable_in
from schools.validators import unprintable_sentence, validate_printable
from students.models import Student

ROOT = Path(__file__).resolve().parent.parent.parent
LETTERS = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYaăâbcdđeêghiklmnoôơpqrstuưvxyfjwzFJWZ"
TONES = "\u0300\u0309\u0303\u0301\u0323"
EDE = "Ăă Ƀƀ Čč Đđ Ĕĕ Ê\u0306ê\u0306 Ĭĭ Ŏŏ Ô\u0306ô\u0306 Ơ\u0306ơ\u0306 Ŭŭ Ư\u0306ư\u0306 Ññ"


def test_the_table_is_what_the_typefaces_have():
    script = ROOT / "scripts" / "make-printable-characters"
    made = subprocess.run([sys.executable, script], capture_output=True, check=True, text=True)

    assert made.stdout == Path(printable_characters.__file__).read_text(encoding="utf-8")


@pytest.mark.parametrize("tone", ["", *TONES])
def test_every_vietnamese_letter_is_printed(tone):
    assert unprintable_in("".join(letter + tone for letter in LETTERS)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        EDE,
        "H'Hen Niê, H’Hen Niê, Y Bình Êban",
        "“Em” (10/10): 100% – tốt… • ½ ² ° ± ≥ → ♥ ☺ № & <b> @ # $ € ₫",
        "Đọc:\n\tto,\r\nrõ\u00a0ràng",
        "Ωμέγα Москва Straße Łódź",
    ],
)
def test_what_people_write_is_printed(text):
    assert unprintable_in(text) is None


@pytest.mark.parametrize(
    "character",
    [
        "👍",
        "中",
        "ก",
        "한",
        "א",
        "ع",
        "ﬁ",
        "\u25cc",
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2066",
        "\u200f",
        "\ufeff",
        "\ufe0f",
        "\u00ad",
        "\x07",
        "\x00",
        "\ufffc",
        "\ufffd",
        "\ue000",
        "\u2028",
        "\u3000",
    ],
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_what_is_not_printed_is_told_from_the_rest(character):
    assert unprintable_in(f"Em {character} chăm học") == character


@pytest.mark.parametrize("text", ["\u0301Em", "Em \u0301chăm", "1\u0301", "Em q\u0301\u0303"])
def test_an_accent_is_printed_over_a_letter_alone(text):
    assert unicodedata.category(unprintable_in(text)) == "Mn"


@given(st.text())
def test_both_unicode_forms_of_a_text_are_judged_alike(text):
    decomposed = unicodedata.normalize("NFD", text)
    assert unprintable_in(text) == unprintable_in(decomposed)


@given(st.text())
def test_what_is_left_without_the_character_is_judged_again(text):
    character = unprintable_in(text)
    assert character is None or character in unicodedata.normalize("NFC", text)


def test_the_sentence_shows_the_character():
    assert unprintable_sentence("👍") == (
        "Không in được ký tự “👍” (U+1F44D); hãy xóa hoặc thay bằng chữ khác."
    )


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\ufe0f", "\u0301", "א", "\x07"])
def test_the_sentence_does_not_show_what_would_spoil_it(character):
    sentence = unprintable_sentence(character)

    assert character not in sentence
    assert f"U+{ord(character):04X}" in sentence
    assert "hãy xóa" in sentence


def test_the_validator_says_the_sentence():
    with pytest.raises(ValidationError, match="U\\+1F44D") as refusal:
        validate_printable("Em giỏi 👍👍 中")
    assert refusal.value.code == "unprintable"


PRINTED = {
    Department: ["name"],
    School: ["name", "commune_name", "district_name", "province_name", "place_of_issue"],
    SchoolClass: ["name"],
    StaffMember: ["full_name", "position_title"],
    SubjectOffering: ["language_name"],
    Student: [
        "full_name",
        "ethnicity_as_written",
        "nationality",
        "birth_place",
        "home_town",
        "residence",
        "father_name",
        "mother_name",
        "guardian_name",
    ],
}


@pytest.mark.parametrize(
    ("model", "name"),
    [(model, name) for model, names in PRINTED.items() for name in names],
    ids=lambda part: getattr(part, "__name__", part),
)
def test_what_documents_name_is_refused_when_it_cannot_be_printed(model, name):
    field = model._meta.get_field(name)

    field.run_validators("Tên")
    with pytest.raises(ValidationError, match="U\\+1F600"):
        field.run_validators("Tên😀")
