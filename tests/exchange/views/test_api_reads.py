import datetime

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import SystemJob
from exchange.api.actions import create_client, revoke_client
from exchange.models import ApiClient, ApiRead
from schools.models import School, StaffMember
from tests.cast import NOW, Cast

ADDRESS = reverse("api_reads")


@pytest.fixture
def api_client(cast: Cast) -> ApiClient:
    return create_client(
        name="Sở Giáo dục", schools=[cast.school, cast.other_school], by=SystemJob("tests")
    ).client


def log(client: ApiClient, school: School, **fields: object) -> ApiRead:
    values = {"path": "/api/v1/students/", "rows": 35, "address": "203.0.113.9", **fields}
    return ApiRead.objects.create(client=client, school=school, **values)


def open_page(staff: StaffMember, query: dict[str, str] | None = None) -> str:
    browser = Client()
    browser.force_login(staff.user)
    response = browser.get(ADDRESS, query)
    assert response.status_code == 200
    return response.content.decode()


def status_for(staff: StaffMember) -> int:
    browser = Client()
    browser.force_login(staff.user)
    return browser.get(ADDRESS).status_code


@pytest.mark.parametrize("name", ["hanh", "phuc", "kien"])
def test_school_leaders_and_the_administrator_see_the_page(name: str, cast: Cast):
    assert status_for(getattr(cast, name)) == 200


@pytest.mark.parametrize("name", ["ngoc", "binh", "suong", "tam", "van"])
def test_others_at_the_school_may_not(name: str, cast: Cast):
    assert status_for(getattr(cast, name)) == 403


def test_a_parent_finds_no_such_page(cast: Cast):
    browser = Client()
    browser.force_login(cast.hoa)
    assert browser.get(ADDRESS).status_code == 404


def test_who_is_not_logged_in_is_sent_to_the_login(cast: Cast):
    response = Client().get(ADDRESS)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("login"))


def test_the_page_only_shows(cast: Cast):
    browser = Client()
    browser.force_login(cast.hanh.user)
    assert browser.post(ADDRESS).status_code == 405


def test_a_read_says_who_what_when_and_how_much(cast: Cast, api_client: ApiClient):
    log(api_client, cast.school)
    page = open_page(cast.hanh)
    for text in ("Sở Giáo dục", "Học sinh", "20:30 05/01/2027", "35", "203.0.113.9"):
        assert text in page


def test_filters_are_said_in_words(cast: Cast, api_client: ApiClient):
    log(
        api_client,
        cast.school,
        query="school_year=2026-2027&period=end_term_1&cursor=abc&page_size=500&x=1",
    )
    page = open_page(cast.hanh)
    assert "năm học: 2026-2027 · thời điểm: Cuối học kỳ I · x: 1" in page
    assert "cursor" not in page


def test_a_single_row_is_named_by_its_number(cast: Cast, api_client: ApiClient):
    log(api_client, cast.school, path="/api/v1/period-records/12/", rows=1)
    assert "Kết quả đã ký duyệt số 12" in open_page(cast.hanh)


def test_an_address_that_is_no_list_is_shown_as_it_is(cast: Cast, api_client: ApiClient):
    log(api_client, cast.school, path="/api/v1/", rows=0)
    assert "/api/v1/" in open_page(cast.hanh)


def test_what_a_client_wrote_cannot_become_markup(cast: Cast, api_client: ApiClient):
    log(api_client, cast.school, query="school=%3Cscript%3Ealert(1)%3C/script%3E")
    page = open_page(cast.hanh)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_another_schools_reads_are_not_shown(cast: Cast, api_client: ApiClient):
    log(api_client, cast.other_school, address="198.51.100.7")
    assert "198.51.100.7" not in open_page(cast.hanh)
    assert "198.51.100.7" in open_page(cast.quang)


def test_without_reads_the_page_says_what_will_stand_here(cast: Cast):
    assert "Chưa có lượt đọc nào" in open_page(cast.hanh)


def test_the_newest_read_stands_first(cast: Cast, api_client: ApiClient):
    for days in (3, 1, 2):
        log(api_client, cast.school, at=NOW - datetime.timedelta(days=days))
    page = open_page(cast.hanh)
    places = [page.index(f"20:30 0{day}/01/2027") for day in (4, 3, 2)]
    assert places == sorted(places)


def test_a_client_is_listed_with_its_last_read_of_this_school(cast: Cast, api_client: ApiClient):
    log(api_client, cast.other_school, at=NOW + datetime.timedelta(days=1))
    assert "chưa đọc" in open_page(cast.hanh)
    log(api_client, cast.school, at=NOW - datetime.timedelta(days=1))
    page = open_page(cast.hanh)
    assert "chưa đọc" not in page
    assert page.count("20:30 04/01/2027") == 2


def test_a_revoked_client_stays_listed_with_the_time(cast: Cast, api_client: ApiClient):
    revoke_client(client=api_client, by=SystemJob("tests"))
    assert open_page(cast.hanh).count("20:30 05/01/2027") == 2


def test_a_client_of_another_school_only_is_not_listed(cast: Cast):
    create_client(name="Phòng khác", schools=[cast.other_school], by=SystemJob("tests"))
    assert "Phòng khác" not in open_page(cast.hanh)


def test_fifty_reads_stand_on_a_page(cast: Cast, api_client: ApiClient):
    for number in range(51):
        log(api_client, cast.school, address=f"203.0.113.{number}")
    assert "Trang 1 trên 2" in open_page(cast.hanh)
    assert "203.0.113.0<" not in open_page(cast.hanh).replace(" ", "").replace("\n", "")
    assert "203.0.113.0" in open_page(cast.hanh, {"page": "2"})


@pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
def test_a_page_number_out_of_range_is_no_error(page: str, cast: Cast):
    open_page(cast.hanh, {"page": page})


def test_queries_do_not_grow_with_the_reads(
    cast: Cast, api_client: ApiClient, django_assert_max_num_queries
):
    for _ in range(45):
        log(api_client, cast.school)
    browser = Client()
    browser.force_login(cast.hanh.user)
    with django_assert_max_num_queries(8):
        browser.get(ADDRESS)
