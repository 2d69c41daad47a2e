"""Each code of the signing side has a sentence, and each sentence a code."""

import ast
import datetime
import re

import pytest
from cryptography import x509
from django.utils import translation

from reportcards.signing.refusals import Refusal
from reportcards.signing.signers import TOKEN_ANSWERS
from reportcards.signing_sentences import REVOCATION_REASONS, SENTENCES, sentence_of
from tests.source import ROOT, tree_of
from tests.vietnamese import is_vietnamese

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
RAISED = {"SigningRefused", "Refusal", "_issuer_refusal"}
EVENING = datetime.datetime(2027, 5, 31, 18, tzinfo=datetime.UTC)
PARAMS = {
    "certified": "Trần Thị Ngọc",
    "person": "Nguyễn Thị Hạnh",
    "school": "Trường Tiểu học Kim Đồng",
    "issuer": "CHỨNG THƯ THỬ NGHIỆM",
    "algorithm": "RSA-1024",
    "module": "/usr/lib/token.so",
    "answer": "DeviceError",
    "slot": "leader",
    "reason": "keyCompromise",
    "on": EVENING,
}


def texts(node: ast.AST) -> set[str]:
    """The texts of an argument, also of a choice between two."""
    found = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
    return {text for text in found if isinstance(text, str)}


def codes_of(call: ast.Call) -> set[str]:
    named = {
        code
        for keyword in call.keywords
        if keyword.arg in {"missing", "several"}
        for code in texts(keyword.value)
    }
    is_raised = isinstance(call.func, ast.Name) and call.func.id in RAISED
    return named | (texts(call.args[0]) if is_raised and call.args else set())


def codes_in_the_source() -> set[str]:
    """Every code that reportcards/signing gives."""
    files = sorted((ROOT / "reportcards/signing").glob("*.py"))
    calls = [
        node for file in files for node in ast.walk(tree_of(file)) if isinstance(node, ast.Call)
    ]
    written = {code for call in calls for code in codes_of(call)}
    return written | set(TOKEN_ANSWERS.values())


def test_every_code_has_its_sentence_and_no_sentence_is_idle():
    given_by_variable = {"token_failed", "revoked", "issuer_revoked"}
    assert codes_in_the_source() | given_by_variable == set(SENTENCES)


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_vietnamese_and_names_a_way_out(code: str):
    with translation.override("vi"):
        sentence = sentence_of(Refusal(code, PARAMS))
    assert is_vietnamese(sentence)
    assert sentence.endswith(".")
    assert any(word in sentence for word in ("Hãy", "hãy", "Xin", "xin"))
    assert "%(" not in sentence


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_asks_for_nothing_that_no_refusal_gives(code: str):
    with translation.override("vi"):
        asked = set(PLACEHOLDER.findall(str(SENTENCES[code])))
    assert asked <= set(PARAMS)


def test_a_time_is_the_day_in_vietnam():
    with translation.override("vi"):
        sentence = sentence_of(Refusal("expired", {"certified": "Trần Thị Ngọc", "on": EVENING}))
    assert sentence.startswith("Chứng thư số của “Trần Thị Ngọc” đã hết hạn ngày 01/06/2027.")


def test_every_reason_of_the_standard_has_its_words():
    reasons = {reason.value for reason in x509.ReasonFlags} - {"removeFromCRL"}
    assert reasons == set(REVOCATION_REASONS)


def test_the_reason_of_a_revocation_is_said():
    refusal = Refusal("revoked", PARAMS)
    with translation.override("vi"):
        assert "thu hồi ngày 01/06/2027 (lộ khóa)" in sentence_of(refusal)
