"""Each code of a verification has a sentence, and each sentence a code."""

import ast
import datetime
import re
from pathlib import Path

import pytest
from django.utils import translation

from reportcards.profiles import structure
from reportcards.profiles.violations import Violation
from reportcards.signing import trust
from reportcards.verification_sentences import (
    ARCHIVE_ANSWERS,
    OF_CERTIFICATES,
    OF_STRUCTURE,
    SENTENCES,
    SLOTS,
    STANDINGS,
    sentence_of,
    sentence_of_violation,
    shown_time,
)
from reportcards.verify import Archive, Finding, Standing
from reportcards.verify.reading import KINDS, UNWANTED
from tests.reportcards.authorities import V1_0
from tests.source import ROOT, tree_of
from tests.vietnamese import is_vietnamese

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
RAISED = {"Finding", "FieldRefused", "FileRefused", "SlotRefused"}
NOON = datetime.datetime(2027, 5, 31, 5, tzinfo=datetime.UTC)
PARAMS = {
    "most": 10,
    "line": 3,
    "uuid": "123e4567-e89b-42d3-a456-556642440000",
    "tag": "Transform",
    "expected": "NGAY_KY",
    "certified": "Nguyễn Thị Hạnh",
    "person": "Trần Thị Ngọc",
    "school": "Trường Tiểu học Kim Đồng",
    "issuer": "CHỨNG THƯ THỬ NGHIỆM",
    "algorithm": "RSA-1024",
    "reason": "keyCompromise",
    "on": NOON,
    "name": "/OpenAction",
    "caption": "Họ và tên:",
    "found": "Lê Minh Ánh",
}


def texts_in(node: ast.AST) -> set[str]:
    found = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
    return {text for text in found if isinstance(text, str)}


def codes_raised_in(files: list[Path], names: set[str]) -> set[str]:
    """The first argument of each, or of both branches where it is chosen before."""
    calls = [
        node for file in files for node in ast.walk(tree_of(file)) if isinstance(node, ast.Call)
    ]
    named = [each for each in calls if isinstance(each.func, ast.Name) and each.func.id in names]
    return {code for call in named if call.args for code in texts_in(call.args[0])}


def codes_of_verify() -> set[str]:
    files = sorted((ROOT / "reportcards/verify").glob("*.py"))
    chosen_before = {"algorithm_not_allowed", "signature_invalid", "weak_key", "unsupported_key"}
    return (
        codes_raised_in(files, RAISED) - PARAMS.keys() - {"SignatureMethod"}
        | set(KINDS.values())
        | set(UNWANTED.values())
        | chosen_before
    )


def test_every_code_has_its_sentence_and_no_sentence_is_idle():
    assert codes_of_verify() | set(OF_CERTIFICATES) == set(SENTENCES)


def test_every_refusal_of_a_certificate_has_its_sentence():
    """The names in its docstring are all that `check_certificate` gives."""
    text = (trust.check_certificate.__doc__ or "").partition("Refusals:")[2]
    listed = re.findall(r"\b[a-z]+(?:_[a-z]+)+\b|\bexpired\b|\brevoked\b", text)
    assert set(listed) - {"requires_crl"} == set(OF_CERTIFICATES)


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_vietnamese_and_whole(code: str):
    with translation.override("vi"):
        sentence = sentence_of(Finding(code, PARAMS))
    assert is_vietnamese(sentence)
    assert sentence.endswith(".")
    assert "%(" not in sentence


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_asks_for_nothing_that_no_finding_gives(code: str):
    with translation.override("vi"):
        assert set(PLACEHOLDER.findall(str(SENTENCES[code]))) <= set(PARAMS)


def test_every_code_of_the_structure_has_its_sentence():
    """But for what is refused before there is a tree to look at."""
    written = {
        node.value
        for node in ast.walk(tree_of(Path(structure.__file__)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    codes = {text for text in written if re.fullmatch(r"[a-z]+_[a-z_]+", text)}
    assert codes - {"not_xml", "document_type"} == set(OF_STRUCTURE)


@pytest.mark.parametrize("code", OF_STRUCTURE)
def test_a_sentence_about_the_structure_names_its_tag(code: str):
    with translation.override("vi"):
        violation = Violation("/HOC_BA", code, {"tag": "TEN_LOP", "expected": "MA_KHOI"})
        sentence = sentence_of_violation(violation)
    assert "TEN_LOP" in sentence
    assert is_vietnamese(sentence)


def test_slots_standings_and_answers_have_their_words():
    assert set(SLOTS) == {slot.key for slot in V1_0.slots}
    assert set(STANDINGS) == set(Standing)
    assert set(ARCHIVE_ANSWERS) == set(Archive) - {Archive.NOT_ASKED}


def test_times_are_vietnams():
    assert shown_time(NOON) == "31/05/2027 12:00:00"
    with translation.override("vi"):
        assert "từ 31/05/2027 12:00:00" in sentence_of(Finding("expired", PARAMS))
