import base64
import datetime

import pytest
from django.test import override_settings
from django.urls import reverse

from accounts.draft_keys import draft_keys
from tests.cast import NOW

URL = reverse("draft_key")
OLD, NEW = "an old secret " * 5, "a new secret " * 5


@pytest.fixture
def teacher(client, cast):
    client.force_login(cast.ngoc.user)
    return client


def keys_of(client):
    return client.get(URL).json()["keys"]


def test_a_user_gets_her_own_keys(teacher, cast):
    answer = teacher.get(URL).json()
    assert (answer["user"], answer["keys"]) == (cast.ngoc.user.pk, draft_keys(cast.ngoc.user))


def test_a_key_has_256_bits(teacher):
    [key] = keys_of(teacher)
    assert len(base64.b64decode(key)) == 32


def test_a_key_is_the_same_after_logging_in_again(teacher, cast):
    before = keys_of(teacher)
    teacher.logout()
    teacher.force_login(cast.ngoc.user)
    assert keys_of(teacher) == before


def test_a_key_survives_a_new_password(cast):
    before = draft_keys(cast.ngoc.user)
    cast.ngoc.user.set_password("another password 2027")
    assert draft_keys(cast.ngoc.user) == before


def test_no_two_users_have_the_same_key(cast):
    users = [cast.ngoc.user, cast.binh.user, cast.hanh.user, cast.quang.user, cast.hoa]
    assert len({draft_keys(user)[0] for user in users}) == len(users)


def test_no_request_asks_for_another_users_key(teacher, cast):
    answer = teacher.get(URL, {"user": cast.binh.user.pk}).json()
    assert answer["keys"] == draft_keys(cast.ngoc.user)


def test_whoever_is_not_logged_in_gets_no_key(client, cast):
    response = client.get(URL)
    assert response.status_code == 401
    assert response.json() == {"sentence": "Phiên làm việc đã hết."}


def test_whoever_has_logged_out_gets_no_key(teacher):
    teacher.logout()
    assert teacher.get(URL).status_code == 401


@pytest.mark.parametrize("directive", ["no-store", "private", "no-cache"])
def test_the_browser_keeps_no_copy(teacher, directive):
    assert directive in teacher.get(URL)["Cache-Control"]


def test_a_key_is_only_read(teacher):
    assert teacher.post(URL).status_code == 405


def test_the_answer_tells_the_servers_time(teacher):
    told = datetime.datetime.fromtimestamp(teacher.get(URL).json()["now"] / 1000, datetime.UTC)
    assert told == NOW


@override_settings(SECRET_KEY=OLD)
def test_a_new_secret_makes_a_new_key(cast):
    old = draft_keys(cast.ngoc.user)
    with override_settings(SECRET_KEY=NEW):
        assert not set(draft_keys(cast.ngoc.user)) & set(old)


@override_settings(SECRET_KEY=OLD)
def test_the_keys_of_former_secrets_come_after_the_new_one(cast):
    [old] = draft_keys(cast.ngoc.user)
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD]):
        new, former = draft_keys(cast.ngoc.user)
    assert former == old
    assert new != old


def test_a_key_tells_nothing_of_the_secret(cast, settings):
    assert settings.SECRET_KEY.encode() not in base64.b64decode(draft_keys(cast.ngoc.user)[0])
