import datetime

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from audit.models import AuditEvent
from tests.cast import NOW
from tests.factories import PASSWORD, make_user
from tests.hocba.rendering import parse

LOGIN = reverse("login")
STRANGE = "Hãy nhập tên đăng nhập và mật khẩu đúng."


def log_in(client, username="ngoc", password=PASSWORD, **form):
    return client.post(LOGIN, {"username": username, "password": password, **form})


def is_logged_in(client):
    return client.get(reverse("password_change")).status_code == 200


def errors_on(response):
    return " ".join(response.context["form"].non_field_errors())


def test_the_right_password_leads_to_the_desk(client, cast):
    assert log_in(client).url == reverse("desk")
    assert is_logged_in(client)


def test_a_page_that_asked_for_the_login_is_opened_after_it(client, cast):
    page = reverse("password_change")
    refused = client.get(page)
    assert refused.url == f"{LOGIN}?next={page}"
    assert log_in(client, next=page).url == page


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_a_login_never_leads_to_another_site(client, cast, page):
    assert log_in(client, next=page).url == reverse("desk")


def test_a_wrong_password_does_not_say_whether_the_name_exists(client, cast):
    wrong, unknown = log_in(client, password="sai"), log_in(client, username="ai-do")
    assert wrong.status_code == unknown.status_code == 200
    assert errors_on(wrong) == errors_on(unknown) != ""
    assert not is_logged_in(client)


def test_a_wrong_password_is_not_shown_again(client, cast):
    page = parse(log_in(client, password="gan-dung").content.decode())
    assert "gan-dung" not in log_in(client, password="gan-dung").content.decode()
    assert page.by_id("id_username")["value"] == "ngoc"


def test_an_inactive_user_is_refused_like_a_wrong_password(client, cast):
    make_user("nghi", is_active=False)
    refused = log_in(client, username="nghi")
    assert errors_on(refused) == errors_on(log_in(client, password="sai"))
    assert not is_logged_in(client)


def test_who_becomes_inactive_is_out_at_once(client, cast):
    log_in(client)
    user = cast.ngoc.user
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert not is_logged_in(client)


def test_an_empty_form_says_what_is_missing(client, cast):
    response = log_in(client, username="", password="")
    assert set(response.context["form"].errors) == {"username", "password"}


def test_a_new_session_begins_with_the_login(client, cast):
    client.get(LOGIN)
    client.post(reverse("set_language"), {"language": "vi"})
    before = client.session.session_key
    log_in(client)
    assert client.session.session_key != before


def test_a_session_ends_after_a_working_day(client, cast):
    with time_machine.travel(NOW, tick=False) as clock:
        log_in(client)
        clock.shift(datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE - 60))
        assert is_logged_in(client)
        clock.shift(datetime.timedelta(seconds=61))
        assert not is_logged_in(client)
    assert settings.SESSION_COOKIE_AGE == 12 * 60 * 60


def test_scripts_and_other_sites_do_not_get_the_session(client, cast):
    log_in(client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_form_of_another_site_cannot_log_in(cast, client):
    client.handler.enforce_csrf_checks = True
    assert log_in(client).status_code == 403


def test_logging_out_ends_the_session(client, cast):
    log_in(client)
    assert client.post(reverse("logout")).url == LOGIN
    assert not is_logged_in(client)


def test_a_link_does_not_log_out(client, cast):
    log_in(client)
    assert client.get(reverse("logout")).status_code == 405
    assert is_logged_in(client)


def test_logging_in_and_out_changes_nothing_that_is_audited(client, cast):
    log_in(client)
    client.post(reverse("logout"))
    assert not AuditEvent.objects.exists()
