import pytest
from django.urls import reverse

from tests.factories import PASSWORD

URL = reverse("password_change")
NEW = "mot-cau-dai-de-nho"


@pytest.fixture
def teacher(client, cast):
    client.force_login(cast.ngoc.user)
    return client


def change(client, old=PASSWORD, new=NEW, again=None):
    return client.post(
        URL,
        {"old_password": old, "new_password1": new, "new_password2": again or new},
    )


def password_of(cast):
    user = cast.ngoc.user
    user.refresh_from_db()
    return next(word for word in (PASSWORD, NEW) if user.check_password(word))


def test_the_new_password_holds(teacher, cast):
    assert change(teacher).url == "/"
    assert password_of(cast) == NEW


def test_she_stays_logged_in_here(teacher, cast):
    change(teacher)
    assert teacher.get(URL).status_code == 200


def test_her_other_sessions_end(teacher, cast, django_user_model):
    elsewhere = type(teacher)()
    elsewhere.force_login(cast.ngoc.user)
    change(teacher)
    assert elsewhere.get(URL).status_code == 302


def test_without_the_old_password_nothing_changes(teacher, cast):
    response = change(teacher, old="sai")
    assert "old_password" in response.context["form"].errors
    assert password_of(cast) == PASSWORD


def test_both_entries_of_the_new_one_must_agree(teacher, cast):
    response = change(teacher, again="mot-cau-dai-khac")
    assert "new_password2" in response.context["form"].errors
    assert password_of(cast) == PASSWORD


@pytest.mark.parametrize("weak", ["ngan", "tran thi ngoc", "password1234", "ngoc-ngoc"])
def test_a_weak_password_is_refused_at_its_field(teacher, cast, weak):
    response = change(teacher, new=weak)
    assert "new_password2" in response.context["form"].errors
    assert password_of(cast) == PASSWORD


def test_somebody_elses_password_is_not_changed(teacher, cast):
    change(teacher)
    assert cast.hanh.user.check_password(PASSWORD)
