import pytest

from exchange.models import ApiClient, ApiRead
from tests.cast import NOW, Cast
from tests.exchange.api.conftest import Get
from tests.exchange.api.sign_offs import sign_off


def logged() -> list[tuple[int | None, str, str, int]]:
    reads = ApiRead.objects.order_by("pk")
    return [(read.school_id, read.path, read.query, read.rows) for read in reads]


def test_a_list_is_logged_with_the_rows_of_the_page(get: Get, cast: Cast, api_client: ApiClient):
    get("students/?page_size=2")
    read = ApiRead.objects.get()
    assert (read.client, read.school, read.at) == (api_client, cast.school, NOW)
    assert (read.path, read.query, read.rows) == ("/api/v1/students/", "page_size=2", 2)
    assert read.address == "127.0.0.1"


@pytest.mark.parametrize("kind", ["schools", "classes", "students", "period-records"])
def test_a_single_row_is_logged(get: Get, cast: Cast, kind: str):
    key = {
        "schools": cast.school.pk,
        "classes": cast.school_class.pk,
        "students": cast.anh.student_id,
        "period-records": sign_off(cast.anh, cast.hanh).record_id,
    }[kind]
    get(f"{kind}/{key}/")
    assert logged() == [(cast.school.pk, f"/api/v1/{kind}/{key}/", "", 1)]


def test_each_school_has_a_row_with_its_own_number(get: Get, api_client: ApiClient, cast: Cast):
    api_client.schools.add(cast.other_school)
    get("students/")
    assert logged() == [
        (cast.school.pk, "/api/v1/students/", "", 3),
        (cast.other_school.pk, "/api/v1/students/", "", 1),
    ]


def test_every_page_is_logged(get: Get, cast: Cast):
    first = get("students/?page_size=2").json()
    get(first["next"])
    assert [rows for *_, rows in logged()] == [2, 1]
    assert "cursor=" in logged()[1][2]


def test_an_empty_page_is_logged(get: Get, cast: Cast):
    get("period-records/")
    assert logged() == [(None, "/api/v1/period-records/", "", 0)]


def test_an_empty_page_of_a_named_school_is_that_schools(get: Get, cast: Cast):
    code = cast.school.ministry_code
    get(f"period-records/?school={code}")
    assert logged() == [(cast.school.pk, "/api/v1/period-records/", f"school={code}", 0)]


def test_a_refusal_is_logged_without_a_school(get: Get, cast: Cast):
    get(f"students/{cast.stranger.student_id}/")
    get("students/?school_year=2026")
    get("no-such-list/")
    assert [(school, rows) for school, _path, _query, rows in logged()] == [(None, 0)] * 3


def test_a_foreign_school_does_not_learn_who_tried_its_code(get: Get, cast: Cast):
    get(f"students/?school={cast.other_school.ministry_code}")
    assert [school for school, *_ in logged()] == [None]


def test_what_would_not_fit_is_cut(get: Get, cast: Cast):
    get("students/?school=" + "x" * 2000)
    get("s" * 2000)
    assert [(len(path), len(query)) for _school, path, query, _rows in logged()] == [
        (len("/api/v1/students/"), 500),
        (300, 0),
    ]


def test_letters_that_a_database_refuses_are_kept_escaped(get: Get, cast: Cast):
    get("no%00such%C4%91/?school=%00")
    assert logged() == [(None, "/api/v1/no%00such%C4%91/", "school=%00", 0)]


def test_a_client_may_not_choose_its_address(get: Get, cast: Cast):
    get("schools/", **{"X-Forwarded-For": "203.0.113.9"})
    assert ApiRead.objects.get().address == "127.0.0.1"


def test_behind_a_proxy_the_address_is_the_one_it_reports(get: Get, cast: Cast, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    get("schools/", **{"X-Forwarded-For": "198.51.100.7, 203.0.113.9"})
    get("schools/", **{"X-Forwarded-For": "unknown"})
    addresses = ApiRead.objects.order_by("pk").values_list("address", flat=True)
    assert list(addresses) == ["203.0.113.9", None]


def test_no_copy_on_the_way_answers_in_our_stead(get: Get, cast: Cast):
    assert get("students/")["Cache-Control"] == "no-store"


def test_the_document_is_read_without_a_trace(get: Get, cast: Cast):
    assert get("openapi.json").status_code == 200
    assert logged() == []


def test_nothing_is_answered_that_could_not_be_logged(
    get: Get, cast: Cast, api_client: ApiClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("exchange.api.access_log._address_of", lambda request: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        get("students/")
