"""A parameter that cannot be read is refused by its name, never ignored."""

import pytest

from exchange.api.query import EXPECTED, LARGEST_PAGE_SIZE, PeriodRecordQuery
from rulesets import Period
from tests.exchange.api.conftest import Get

BAD_VALUES = [
    ("school", ""),
    ("school", "x" * 21),
    ("school", "null\x00byte"),
    ("school_year", ""),
    ("school_year", "2026"),
    ("school_year", "2026-2026"),
    ("school_year", "2026-2028"),
    ("school_year", "2026-27"),
    ("school_year", "2026–2027"),
    ("school_year", "٢٠٢٦-٢٠٢٧"),
    ("school_year", "2026-2027\n2026-2027"),
    ("period", ""),
    ("period", "END_TERM_1"),
    ("period", "summer"),
    ("updated_since", ""),
    ("updated_since", "yesterday"),
    ("updated_since", "2027-01-05"),
    ("updated_since", "2027-01-05T20:30:00"),
    ("updated_since", "2027-01-05T20:30:00 07:00"),
    ("updated_since", "2027-13-05T20:30:00+07:00"),
    ("updated_since", "0001-01-01T00:00:00+07:00"),
    ("updated_since", "1799166600"),
    ("page_size", ""),
    ("page_size", "0"),
    ("page_size", "-1"),
    ("page_size", "501"),
    ("page_size", "many"),
    ("page_size", "9" * 5000),
    ("cursor", ""),
    ("cursor", "made-up"),
    ("cursor", "WyIyMDI3Il0:1tXyZ:c2lnbmF0dXJl"),
    ("cursor", "null\x00byte"),
]


@pytest.mark.parametrize(("parameter", "value"), BAD_VALUES)
def test_a_bad_value_names_its_parameter(get: Get, parameter: str, value: str):
    response = get("period-records/", {parameter: value})
    assert response.status_code == 400
    assert response.json() == {
        "error": {
            "code": "invalid_parameter",
            "message": str(EXPECTED[parameter]),
            "parameter": parameter,
        }
    }


def test_a_plus_sign_that_the_address_swallowed_is_explained(get: Get):
    response = get("period-records/?updated_since=2027-01-05T20:30:00+07:00")
    assert response.status_code == 400
    assert "%2B" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("period-records/", "update_since"),
        ("period-records/", "offset"),
        ("students/", "period"),
        ("classes/", "period"),
        ("schools/", "school_year"),
        ("schools/1/", "school"),
        ("period-records/1/", "page_size"),
    ],
)
def test_a_parameter_that_an_address_does_not_have_is_refused(
    get: Get, address: str, parameter: str
):
    response = get(address, {parameter: "1"})
    assert response.status_code == 400
    error = response.json()["error"]
    assert (error["code"], error["parameter"]) == ("unknown_parameter", parameter)


def test_a_parameter_given_twice_is_refused(get: Get):
    response = get("classes/?school_year=2025-2026&school_year=2026-2027")
    assert response.status_code == 400
    assert response.json()["error"]["parameter"] == "school_year"


def test_every_parameter_has_its_sentence():
    assert set(EXPECTED) == set(PeriodRecordQuery().fields)


def test_the_sentences_name_what_is_allowed():
    assert all(period.value in str(EXPECTED["period"]) for period in Period)
    assert str(LARGEST_PAGE_SIZE) in str(EXPECTED["page_size"])


def test_refusals_are_vietnamese_unless_english_is_asked_for(get: Get):
    assert get("schools/", {"page_size": "0"})["Content-Language"] == "vi"
    english = get("schools/", {"page_size": "0"}, **{"Accept-Language": "en"})
    assert english["Content-Language"] == "en"
