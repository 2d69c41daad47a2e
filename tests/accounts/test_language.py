import pytest
from django.urls import reverse

from tests.hocba.rendering import parse

LOGIN = reverse("login")


def choose(client, language, next_page=LOGIN):
    return client.post(reverse("set_language"), {"language": language, "next": next_page})


def language_of(response):
    return parse(response.content.decode()).one("html")["lang"]


def test_whoever_chose_nothing_reads_vietnamese(client, db):
    assert language_of(client.get(LOGIN)) == "vi"


def test_the_choice_holds_on_the_next_page(client, db):
    choose(client, "en")
    page = client.get(LOGIN)
    assert language_of(page) == "en"
    assert "Log in" in page.content.decode()


def test_and_back_again(client, db):
    choose(client, "en")
    choose(client, "vi")
    assert language_of(client.get(LOGIN)) == "vi"


def test_a_browser_that_prefers_english_is_answered_in_english(client, db):
    assert language_of(client.get(LOGIN, headers={"accept-language": "en-GB,en"})) == "en"


@pytest.mark.parametrize("header", ["fr", "km,fr;q=0.8"])
def test_a_browser_of_another_language_is_answered_in_vietnamese(client, db, header):
    assert language_of(client.get(LOGIN, headers={"accept-language": header})) == "vi"


def test_a_language_that_is_not_there_changes_nothing(client, db):
    choose(client, "fr")
    assert language_of(client.get(LOGIN)) == "vi"


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_never_leads_to_another_site(client, db, page):
    assert choose(client, "en", page).url == "/"


def test_a_link_changes_nothing(client, db):
    client.get(reverse("set_language"), {"language": "en"})
    assert language_of(client.get(LOGIN)) == "vi"


def test_the_choice_outlives_the_session(client, cast):
    client.force_login(cast.ngoc.user)
    choose(client, "en")
    client.post(reverse("logout"))
    assert language_of(client.get(LOGIN)) == "en"
