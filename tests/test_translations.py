"""The English catalogue has all that the screens say, and no more."""

import gettext
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from assessments.ruleset_names import RULESET_NAMES
from rulesets import RULESETS, Ruleset
from tests.source import PACKAGES, ROOT
from tests.vietnamese import is_vietnamese

CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|{\w*}")
WORD = re.compile(r"[^\W\d_]{2,}")


# Words of the ministry's sheet and form, which an English reader meets there, and names.
VIETNAMESE_IN_ENGLISH = (
    "BẢN NHÁP",
    "CHỨNG THƯ THỬ NGHIỆM",  # of a demo certificate's own words
    "Chuyển đến",
    "QĐ 1789",
    "Điều 12",
    "Đ21.7",
    "Khối",
    "Nghỉ học xin học lại",
    "Ngày nhập trạng thái",
    "Nữ",
    "Buôn Hồ",
    "H'Hen Niê",
    "Lê Thị Lan",
    "Lò Thị Mai",
    "Nguyễn Thu Hằng",
    "Trường Tiểu học Hoa Ban",
    "Vàng A Páo",
    "Đức",
)


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the source says now, from a copy: makemessages writes beside what it reads."""
    folder = tmp_path_factory.mktemp("messages")
    (folder / "locale").mkdir()
    for name in (*PACKAGES, "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc"))
    with pytest.MonkeyPatch.context() as patch, override_settings(LOCALE_PATHS=[]):
        patch.chdir(folder)
        call_command("makemessages", locale=["en"], no_wrap=True, verbosity=0)
    return folder / "locale/en/LC_MESSAGES/django.po"


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> dict[str | tuple[str, int], str]:
    """Msgstr by msgid, by msgid and form where there is a plural."""
    compiled = tmp_path_factory.mktemp("catalogue") / "django.mo"
    run("msgfmt", "--output-file", compiled, CATALOGUE)
    with compiled.open("rb") as file:
        catalogue: dict[str | tuple[str, int], str] = gettext.GNUTranslations(file)._catalog
    return {msgid: msgstr for msgid, msgstr in catalogue.items() if msgid}


def msgid_of(key: str | tuple[str, int]) -> str:
    return key if isinstance(key, str) else key[0]


def without_proper_words(text: str) -> str:
    for words in VIETNAMESE_IN_ENGLISH:
        text = text.replace(words, "")
    return text


def names_in(ruleset: Ruleset) -> Iterator[str]:
    for subject in ruleset.subjects:
        yield from (subject.name, subject.short_name)
    for row in ruleset.year_rows:
        yield from (row.name, row.short_name)
    for title in ruleset.reward_titles:
        yield from (title.name, title.wording)
    for entries in (ruleset.traits, ruleset.trait_groups):
        yield from (entry.name for entry in entries)
    for level in (*ruleset.subject_levels, ruleset.exempt_level, *ruleset.trait_levels):
        yield level.name
    for form in ruleset.summary_forms:
        for heading in form.trait_headings:
            yield heading.name
            yield from (name for _code, name in heading.groups if name)


def test_the_catalogue_compiles():
    checked = run("msgfmt", "--check", "--output-file", "/dev/null", CATALOGUE)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_every_string_of_the_screens_has_its_english(extracted):
    """msgcmp names the strings that are missing, empty or fuzzy."""
    compared = run("msgcmp", CATALOGUE, extracted)
    assert (compared.returncode, compared.stderr) == (0, "")


def test_an_extraction_without_strings_would_not_pass_unnoticed(extracted, english):
    assert extracted.read_text().count("\nmsgid ") > len(english) / 2


def test_placeholders_are_the_same_on_both_sides(english):
    different = {
        msgid_of(key): msgstr
        for key, msgstr in english.items()
        if sorted(PLACEHOLDER.findall(msgid_of(key))) != sorted(PLACEHOLDER.findall(msgstr))
    }
    assert different == {}


def test_what_is_the_same_in_both_languages_has_no_word(english):
    same = [msgstr for key, msgstr in english.items() if msgid_of(key) == msgstr]
    assert [text for text in same if WORD.search(PLACEHOLDER.sub("", text))] == []


def test_the_english_has_no_vietnamese_but_names_and_words_of_the_sheet(english):
    assert [text for text in english.values() if is_vietnamese(without_proper_words(text))] == []


def test_no_plural_is_left_out(english):
    """A msgid with a plural has both forms, and the first one is for one thing."""
    plural = {key[0] for key in english if isinstance(key, tuple)}
    assert plural
    assert all((msgid, form) in english for msgid in plural for form in (0, 1))


def test_the_header_names_the_language_and_nobody(english):
    header = CATALOGUE.read_text().split("\n\n")[0]
    assert '"Language: en\\n"' in header
    assert "nplurals=2; plural=(n != 1);" in header
    assert "@" not in header
    assert "://" not in header


@pytest.mark.parametrize("ruleset", RULESETS.values(), ids=str)
def test_every_name_of_a_ruleset_is_translated(ruleset, english):
    names = set(names_in(ruleset))
    assert names - RULESET_NAMES == set()
    assert names - set(english) == set()


def test_no_name_is_listed_that_no_ruleset_has():
    assert {name for ruleset in RULESETS.values() for name in names_in(ruleset)} >= RULESET_NAMES
