import pytest
from django.urls import reverse

from tests.hocba.rendering import parse

URL = reverse("appearance")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_choice_is_remembered_and_the_page_shown_again(client, theme):
    response = client.post(URL, {"theme": theme, "next": "/components/"})

    assert response.url == "/components/"
    assert client.cookies["theme"].value == theme
    assert client.cookies["theme"]["httponly"]


def test_as_the_machine_has_it_forgets_the_choice(client):
    client.cookies["theme"] = "dark"

    client.post(URL, {"theme": "system"})

    assert client.cookies["theme"].value == ""


def test_an_unknown_theme_is_refused(client):
    assert client.post(URL, {"theme": "pink"}).status_code == 400


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_never_leads_to_another_site(client, page):
    assert client.post(URL, {"theme": "dark", "next": page}).url == "/"


def test_is_not_changed_by_a_link(client):
    assert client.get(URL).status_code == 405


def test_the_dark_sheet_follows_the_machine_unless_chosen(client):
    assert sheets(client)["css/dark.css"] == "screen and (prefers-color-scheme: dark)"


def test_the_dark_sheet_follows_the_choice(client):
    client.cookies["theme"] = "dark"

    assert sheets(client)["css/dark.css"] == "screen"


def test_the_light_choice_leaves_the_dark_sheet_out(client):
    client.cookies["theme"] = "light"

    assert "css/dark.css" not in sheets(client)


def sheets(client):
    page = parse(client.get(reverse("gallery")).content.decode())
    return {
        link["href"].removeprefix("/static/"): link["media"]
        for link in page.all("link")
        if link["rel"] == "stylesheet"
    }
