"""A program goes by the code, its reader by the sentence in the language that was asked for."""

import pytest
from django.test import Client
from rest_framework.response import Response

from exchange.api.errors import MESSAGES
from exchange.api.throttling import ClientRateThrottle
from tests.exchange.api.conftest import Get
from tests.vietnamese import is_vietnamese

CASES = {
    "not_found": ("schools/987654/", {}),
    "unknown_parameter": ("schools/", {"colour": "red"}),
    "invalid_parameter": ("period-records/", {"period": "summer"}),
}

every_case = pytest.mark.parametrize("code", list(CASES))


def refusal(response: Response) -> dict[str, str]:
    return response.json()["error"]


@every_case
def test_the_code_is_the_same_in_both_languages(get: Get, code: str):
    address, query = CASES[code]
    english = refusal(get(address, query, **{"Accept-Language": "en"}))
    assert (refusal(get(address, query))["code"], english["code"]) == (code, code)


@every_case
def test_the_sentence_is_in_the_language_that_was_asked_for(get: Get, code: str):
    address, query = CASES[code]
    english = refusal(get(address, query, **{"Accept-Language": "en"}))["message"]
    assert not is_vietnamese(english)
    assert is_vietnamese(refusal(get(address, query))["message"])


@every_case
def test_another_language_is_answered_in_vietnamese(get: Get, code: str):
    address, query = CASES[code]
    french = refusal(get(address, query, **{"Accept-Language": "fr"}))
    assert french == refusal(get(address, query))


def test_a_missing_token_is_told_in_english_too(cast):
    response = Client().get("/api/v1/schools/", headers={"Accept-Language": "en"})
    assert not is_vietnamese(refusal(response)["message"])


def test_a_wrong_token_is_told_in_english_too(cast):
    headers = {"Authorization": "Bearer unknown", "Accept-Language": "en"}
    response = Client().get("/api/v1/schools/", headers=headers)
    assert not is_vietnamese(refusal(response)["message"])


def test_who_must_wait_is_told_how_long(get: Get, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ClientRateThrottle, "rate", "1/min")
    get("schools/")
    assert 0 < int(get("schools/")["Retry-After"]) <= 60


def test_who_must_wait_is_told_in_english_too(get: Get, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ClientRateThrottle, "rate", "1/min")
    get("schools/")
    assert not is_vietnamese(refusal(get("schools/", **{"Accept-Language": "en"}))["message"])


@pytest.mark.parametrize("code", list(MESSAGES))
def test_every_refusal_is_a_whole_sentence(code: str):
    assert str(MESSAGES[code]).endswith(".")


@every_case
def test_a_refusal_has_the_three_members_and_no_other(get: Get, code: str):
    address, query = CASES[code]
    assert set(refusal(get(address, query))) == {"code", "message", "parameter"}
