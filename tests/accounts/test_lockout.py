"""Ten wrong passwords within a quarter of an hour, and log-in waits."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.lockout import address_of
from tests.cast import NOW
from tests.factories import PASSWORD

LIMIT = settings.AXES_FAILURE_LIMIT
QUARTER_OF_AN_HOUR = datetime.timedelta(minutes=15)
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def clock(cast) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


def log_in(username="ngoc", password=PASSWORD, address=HERE, page="login"):
    form = {"username": username, "password": password}
    return Client(REMOTE_ADDR=address).post(reverse(page), form)


def fail(times, username="ngoc", address=HERE):
    for _ in range(times):
        response = log_in(username, "sai", address)
    return response


def is_let_in(response):
    return (response.status_code, response.headers.get("Location")) == (302, reverse("desk"))


def test_nine_wrong_passwords_are_forgiven(clock):
    assert fail(LIMIT - 1).status_code == 200
    assert is_let_in(log_in())


def test_after_ten_the_right_password_is_refused_too(clock):
    fail(LIMIT)
    assert log_in().status_code == 429


def test_the_tenth_already_says_when_to_try_again(clock):
    response = fail(LIMIT)
    assert response.status_code == 429
    assert response.context["form"].non_field_errors() == [
        "Đã nhập sai quá nhiều lần nên tạm ngừng đăng nhập. Xin thử lại từ 20:45."
    ]


def test_the_sentence_is_there_in_english(clock):
    fail(LIMIT)
    client = Client(REMOTE_ADDR=HERE, headers={"accept-language": "en"})
    response = client.post(reverse("login"), {"username": "ngoc", "password": PASSWORD})
    assert "try again from 20:45" in response.content.decode()


def test_programs_are_told_how_many_seconds_to_wait(clock):
    assert fail(LIMIT)["Retry-After"] == str(15 * 60)


def test_it_is_the_login_page_that_answers(clock):
    response = fail(LIMIT)
    assert "accounts/login.html" in [template.name for template in response.templates]
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("seconds", [0, 29, 30, 59])
def test_at_the_time_that_was_named_the_right_password_opens(clock, seconds):
    clock.shift(datetime.timedelta(seconds=seconds))
    [sentence] = fail(LIMIT).context["form"].non_field_errors()
    hour, minute = sentence.rstrip(".").split()[-1].split(":")
    clock.move_to(NOW.replace(hour=int(hour), minute=int(minute), second=1))
    assert is_let_in(log_in())


def test_a_moment_earlier_it_is_still_shut(clock):
    fail(LIMIT)
    clock.shift(QUARTER_OF_AN_HOUR - datetime.timedelta(seconds=1))
    assert log_in().status_code == 429


def test_trying_while_it_is_shut_does_not_prolong_the_wait(clock):
    fail(LIMIT)
    clock.shift(QUARTER_OF_AN_HOUR / 2)
    fail(LIMIT)
    clock.shift(QUARTER_OF_AN_HOUR / 2 + datetime.timedelta(seconds=1))
    assert is_let_in(log_in())


def test_a_user_name_is_protected_from_guesses_of_many_addresses(clock):
    for number in range(LIMIT):
        fail(1, address=f"203.0.113.{number}")
    assert log_in(address=ELSEWHERE).status_code == 429


def test_a_school_behind_one_address_does_not_shut_itself_out(clock):
    for number in range(2 * LIMIT):
        fail(1, username=f"gv{number}a")
    assert is_let_in(log_in())


def test_others_elsewhere_are_not_hindered(clock):
    fail(LIMIT)
    assert is_let_in(log_in("hanh", address=ELSEWHERE))


def test_a_login_of_ones_own_does_not_pay_for_guessing_others(clock):
    fail(LIMIT - 1, username="hanh")
    assert is_let_in(log_in("hoa"))
    assert fail(1, username="hanh").status_code == 429


def test_the_administration_is_guarded_too(clock):
    for _ in range(LIMIT):
        response = log_in("root", "sai", page="admin:login")
    assert response.status_code == 429


def test_an_empty_form_is_no_attempt(clock):
    for _ in range(LIMIT + 1):
        log_in("", "")
    assert is_let_in(log_in())


def test_who_is_logged_in_already_works_on(clock):
    client = Client(REMOTE_ADDR=HERE)
    client.post(reverse("login"), {"username": "ngoc", "password": PASSWORD})
    fail(LIMIT)
    assert client.get(reverse("desk")).status_code == 200


def request_from(address, *, forwarded=None):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


def test_without_a_proxy_a_header_is_not_believed(settings):
    settings.BEHIND_TLS_PROXY = False
    assert address_of(request_from(HERE, forwarded=ELSEWHERE)) == HERE


@pytest.mark.parametrize("forwarded", [ELSEWHERE, f"10.1.1.1, {ELSEWHERE}", f"x,{ELSEWHERE} "])
def test_behind_a_proxy_only_its_own_word_counts(settings, forwarded):
    settings.BEHIND_TLS_PROXY = True
    assert address_of(request_from("127.0.0.1", forwarded=forwarded)) == ELSEWHERE


def test_behind_a_proxy_that_says_nothing_it_is_the_proxys_address(settings):
    settings.BEHIND_TLS_PROXY = True
    assert address_of(request_from(HERE)) == HERE


@pytest.mark.parametrize("address", ["", "unix:", "không phải địa chỉ"])
def test_what_is_no_address_is_none(settings, address):
    settings.BEHIND_TLS_PROXY = False
    assert address_of(request_from(address)) is None
