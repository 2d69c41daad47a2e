import base64
import hashlib

import pytest
from django.test import Client
from rest_framework.response import Response

from audit.models import SystemJob
from exchange.api.actions import create_client, revoke_client
from exchange.api.authentication import make_token
from exchange.api.throttling import ClientRateThrottle
from exchange.models import ApiClient, ApiRead
from tests.cast import Cast
from tests.exchange.api.conftest import Get

ADDRESSES = [
    "schools/",
    "schools/1/",
    "classes/",
    "classes/1/",
    "students/",
    "students/1/",
    "period-records/",
    "period-records/1/",
    "no-such-list/",
]


def ask(authorization: str | None, address: str = "schools/") -> Response:
    headers = {} if authorization is None else {"Authorization": authorization}
    return Client().get(f"/api/v1/{address}", headers=headers)


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_token_no_address_answers(address: str, cast: Cast):
    response = ask(None, address)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="hocba"'
    assert response.json()["error"]["code"] == "not_authenticated"


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer",
        "Bearer ",
        "Bearer unknown",
        "Bearer two words",
        "bearer unknown",
        "Bearer \xff\xfe",
        "Bearer " + "x" * 5000,
        "Bearer null\x00byte",
    ],
)
def test_an_unreadable_or_unknown_token_is_refused_plainly(authorization: str, cast: Cast):
    response = ask(authorization)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="hocba"'
    assert response.json() == {
        "error": {
            "code": "authentication_failed",
            "message": "Mã truy cập không đúng hoặc đã bị thu hồi.",
            "parameter": None,
        }
    }


def test_another_scheme_is_no_token(cast: Cast):
    credentials = base64.b64encode(b"hanh:mat-khau-thu-nghiem").decode()
    assert ask(f"Basic {credentials}").json()["error"]["code"] == "not_authenticated"


def test_a_person_who_is_logged_in_is_no_client(cast: Cast):
    browser = Client()
    browser.force_login(cast.hanh.user)
    assert browser.get("/api/v1/schools/").status_code == 401


def test_the_token_opens_the_lists(get: Get):
    assert get("schools/").status_code == 200


def test_the_scheme_may_be_written_in_small_letters(token: str):
    assert ask(f"bearer {token}").status_code == 200


def test_a_token_opens_no_page_for_people(token: str):
    response = Client().get("/", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code in {302, 404}


def test_the_digest_is_no_token(api_client: ApiClient):
    assert ask(f"Bearer {api_client.token_digest}").status_code == 401


def test_a_revoked_token_is_refused(get: Get, api_client: ApiClient):
    revoke_client(client=api_client, by=SystemJob("tests"))
    assert get("schools/").status_code == 401


def test_another_client_still_reads_when_one_is_revoked(
    get: Get, api_client: ApiClient, cast: Cast
):
    other = create_client(name="Bộ", schools=[cast.school], by=SystemJob("tests"))
    revoke_client(client=other.client, by=SystemJob("tests"))
    assert get("schools/").status_code == 200


def test_a_stranger_is_not_in_the_access_log(cast: Cast):
    ask("Bearer unknown")
    ask(None)
    assert not ApiRead.objects.exists()


def test_only_the_digest_of_a_token_is_kept(token: str, api_client: ApiClient):
    assert api_client.token_digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(ApiClient.objects.values())


def test_tokens_are_long_and_differ():
    tokens = {make_token() for _ in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 43


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_can_be_written(method: str, token: str):
    request = getattr(Client(), method)
    response = request("/api/v1/schools/", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 405
    assert response.json()["error"]["code"] == "method_not_allowed"


def test_head_answers_without_a_body(token: str):
    response = Client().head("/api/v1/schools/", headers={"Authorization": f"Bearer {token}"})
    assert (response.status_code, response.content) == (200, b"")


def test_an_unknown_address_answers_in_the_same_shape(get: Get):
    response = get("no-such-list/")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_another_format_is_not_offered(get: Get):
    response = get("schools/", Accept="application/xml")
    assert response.status_code == 406
    assert response.json()["error"]["code"] == "not_acceptable"


def test_another_format_and_an_unknown_token_together_are_refused(cast: Cast):
    response = Client().get(
        "/api/v1/schools/", headers={"Authorization": "Bearer unknown", "Accept": "text/html"}
    )
    assert response.status_code == 406


def test_a_client_that_runs_wild_must_wait(get: Get, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ClientRateThrottle, "rate", "2/min")
    assert [get("schools/").status_code for _ in range(3)] == [200, 200, 429]
    response = get("schools/")
    assert response.json()["error"]["code"] == "throttled"
    assert 0 < int(response["Retry-After"]) <= 60


def test_the_rate_is_each_clients_own(get: Get, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ClientRateThrottle, "rate", "1/min")
    get("schools/")
    assert get("schools/").status_code == 429
    other = create_client(name="Bộ", schools=[cast.school], by=SystemJob("tests"))
    assert ask(f"Bearer {other.token}").status_code == 200
