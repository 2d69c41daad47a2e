"""The document is valid, and what is served is what it says."""

from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from exchange.api.query import LARGEST_PAGE_SIZE
from exchange.api.schema import document
from rulesets import Period
from tests import factories
from tests.assessments import year_ends
from tests.cast import Cast
from tests.exchange.api.conftest import Get
from tests.exchange.api.sign_offs import sign_off

LISTS = ["schools", "classes", "students", "period-records"]


@pytest.fixture
def served(db: None) -> dict[str, Any]:
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    return response.json()


def check(document: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    whole = {**schema, "components": document["components"]}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(value)


def response_schema(document: dict[str, Any], path: str, status: int = 200) -> dict[str, Any]:
    response = document["paths"][path]["get"]["responses"][str(status)]
    return response["content"]["application/json"]["schema"]


def test_it_is_a_valid_openapi_document(served: dict[str, Any]):
    validate(served)
    assert served["openapi"].startswith("3.")


def test_it_is_public_and_the_same_in_every_language(served: dict[str, Any]):
    english = Client().get("/api/v1/openapi.json", headers={"Accept-Language": "en"})
    assert english.json() == served == document()


def test_it_names_every_address_of_the_export(served: dict[str, Any]):
    lists = {f"/api/v1/{name}/" for name in LISTS}
    rows = {f"/api/v1/{name}/{{id}}/" for name in LISTS}
    assert set(served["paths"]) == lists | rows


def test_it_describes_reading_only(served: dict[str, Any]):
    assert {method for path in served["paths"].values() for method in path} == {"get"}


def test_every_address_demands_the_bearer_token(served: dict[str, Any]):
    (scheme,) = served["components"]["securitySchemes"].items()
    assert (scheme[1]["type"], scheme[1]["scheme"]) == ("http", "bearer")
    for path in served["paths"].values():
        assert path["get"]["security"] == [{scheme[0]: []}]


def test_every_address_says_what_it_is_and_how_it_refuses(served: dict[str, Any]):
    for path in served["paths"].values():
        assert path["get"]["summary"]
        assert path["get"]["description"]
        assert set(path["get"]["responses"]) == {"200", "400", "401", "404", "429"}


def test_every_parameter_is_explained(served: dict[str, Any]):
    for path in served["paths"].values():
        assert all(parameter["description"] for parameter in path["get"]["parameters"])


def test_the_parameters_of_the_period_records(served: dict[str, Any]):
    parameters = {
        parameter["name"]: parameter["schema"]
        for parameter in served["paths"]["/api/v1/period-records/"]["get"]["parameters"]
    }
    assert set(parameters) == {
        "cursor",
        "page_size",
        "period",
        "school",
        "school_year",
        "updated_since",
    }
    assert parameters["updated_since"]["format"] == "date-time"
    assert parameters["page_size"]["maximum"] == LARGEST_PAGE_SIZE
    assert parameters["period"]["enum"] == [period.value for period in Period]


def test_every_example_fits_its_schema(served: dict[str, Any]):
    for path in served["paths"].values():
        for response in path["get"]["responses"].values():
            content = response["content"]["application/json"]
            assert content["examples"]
            for example in content["examples"].values():
                check(served, content["schema"], example["value"])


@pytest.mark.parametrize("name", LISTS)
def test_what_is_served_fits_the_document(get: Get, cast: Cast, served: dict[str, Any], name: str):
    sign_off(cast.anh, cast.hanh)
    sign_off(cast.hhen, cast.hanh, period=Period.END_YEAR)
    body = get(f"{name}/").json()
    assert body["results"]
    check(served, response_schema(served, f"/api/v1/{name}/"), body)
    for row in body["results"]:
        single = get(f"{name}/{row['id']}/").json()
        check(served, response_schema(served, f"/api/v1/{name}/{{id}}/"), single)


@pytest.mark.parametrize("name", LISTS)
def test_the_document_leaves_out_no_field_that_is_served(
    get: Get, cast: Cast, served: dict[str, Any], name: str
):
    sign_off(cast.anh, cast.hanh)
    (row, *_rest) = get(f"{name}/").json()["results"]
    reference = response_schema(served, f"/api/v1/{name}/{{id}}/")["$ref"]
    described = served["components"]["schemas"][reference.rsplit("/", 1)[-1]]
    assert set(described["properties"]) == set(described["required"]) == set(row)


def test_the_payload_is_described_field_by_field(get: Get, cast: Cast, served: dict[str, Any]):
    sign_off(cast.anh, cast.hanh)
    payload = get("period-records/").json()["results"][0]["payload"]
    described = served["components"]["schemas"]["Payload"]
    assert set(described["required"]) == set(payload)
    assert set(described["properties"]) == {*payload, "supplementary"}


def test_a_summer_has_one_field_more(get: Get, in_may: Cast, served: dict[str, Any]):
    year_ends.decided(in_may)
    body = get("period-records/", {"period": "supplementary"}).json()
    check(served, response_schema(served, "/api/v1/period-records/"), body)
    [row] = body["results"]
    assert set(row["payload"]) == set(served["components"]["schemas"]["Payload"]["properties"])


def test_a_page_that_has_a_next_one_fits(get: Get, cast: Cast, served: dict[str, Any]):
    factories.enroll(factories.make_student("Hoàng Gia Bảo"), cast.school_class)
    body = get("students/", {"page_size": 1}).json()
    assert body["next"]
    check(served, response_schema(served, "/api/v1/students/"), body)


@pytest.mark.parametrize(
    ("address", "status"),
    [("students/?school_year=2026", 400), ("students/0/", 404), ("students/?shool=1", 400)],
)
def test_a_refusal_fits_the_document(
    get: Get, cast: Cast, served: dict[str, Any], address: str, status: int
):
    response = get(address)
    assert response.status_code == status
    check(served, response_schema(served, "/api/v1/students/", status), response.json())


def test_a_missing_token_fits_the_document(cast: Cast, served: dict[str, Any]):
    body = Client().get("/api/v1/students/").json()
    check(served, response_schema(served, "/api/v1/students/", 401), body)
