import datetime

import time_machine

from audit.models import SystemJob
from exchange.api.actions import create_client
from schools.models import School
from tests import factories
from tests.cast import NOW, Cast
from tests.exchange.api.conftest import Get


def test_a_row(get: Get, cast: Cast):
    assert get(f"schools/{cast.school.pk}/").json() == {
        "id": cast.school.pk,
        "ministry_code": cast.school.ministry_code,
        "name": "Trường Tiểu học Kim Đồng",
        "department": {"code": "66", "name": "Sở Giáo dục và Đào tạo Đắk Lắk"},
        "commune_name": "Phường Buôn Hồ",
        "commune_code": "",
        "district_name": "",
        "province_name": "Tỉnh Đắk Lắk",
        "province_code": "",
        "updated_at": "2027-01-05T20:30:00+07:00",
    }


def test_the_list_holds_the_clients_schools_only(get: Get, cast: Cast):
    body = get("schools/").json()
    assert [row["id"] for row in body["results"]] == [cast.school.pk]
    assert body["next"] is None


def test_a_list_row_and_a_single_row_are_the_same(get: Get, cast: Cast):
    assert get("schools/").json()["results"] == [get(f"schools/{cast.school.pk}/").json()]


def test_a_client_of_two_schools_reads_both(cast: Cast, client):
    token = create_client(
        name="Bộ", schools=[cast.school, cast.other_school], by=SystemJob("tests")
    ).token
    response = client.get("/api/v1/schools/", headers={"Authorization": f"Bearer {token}"})
    assert {row["id"] for row in response.json()["results"]} == {
        cast.school.pk,
        cast.other_school.pk,
    }


def test_another_school_does_not_exist(get: Get, cast: Cast):
    foreign = get(f"schools/{cast.other_school.pk}/")
    missing = get("schools/999999/")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json() == missing.json()


def test_the_filter_by_code(get: Get, cast: Cast):
    body = get("schools/", {"school": cast.school.ministry_code}).json()
    assert [row["id"] for row in body["results"]] == [cast.school.pk]


def test_the_filter_refuses_another_school_as_it_refuses_an_unknown_one(get: Get, cast: Cast):
    foreign = get("schools/", {"school": cast.other_school.ministry_code})
    unknown = get("schools/", {"school": "00000000"})
    assert foreign.status_code == 404
    assert foreign.json()["error"]["parameter"] == "school"
    assert foreign.json() == unknown.json()


def test_what_changed_since(get: Get, cast: Cast):
    later = NOW + datetime.timedelta(minutes=1)
    assert not get("schools/", {"updated_since": later.isoformat()}).json()["results"]
    with time_machine.travel(later, tick=False):
        School.objects.filter(pk=cast.school.pk).update(name="Trường Tiểu học Kim Đồng I")
    (row,) = get("schools/", {"updated_since": later.isoformat()}).json()["results"]
    assert (row["name"], row["updated_at"]) == (
        "Trường Tiểu học Kim Đồng I",
        "2027-01-05T20:31:00+07:00",
    )


def test_queries_do_not_grow_with_the_rows(
    get: Get, api_client, cast: Cast, django_assert_num_queries
):
    with django_assert_num_queries(4):
        assert len(get("schools/").json()["results"]) == 1
    api_client.schools.add(*[factories.make_school(f"Trường số {n}") for n in range(44)])
    with django_assert_num_queries(4):
        assert len(get("schools/").json()["results"]) == 45
