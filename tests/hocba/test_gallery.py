import re

import pytest
from django.conf import settings
from django.urls import reverse

from hocba.templatetags.components import ROW_LOOKS, STATUS_LOOKS, drawn_icon, drawn_row_state
from tests.hocba.rendering import parse

COMPONENTS = sorted((settings.BASE_DIR / "templates" / "components").glob("*.html"))
NOT_IN_THE_GALLERY = {"error_page.html"}


@pytest.fixture
def html(client):
    response = client.get(reverse("gallery"), headers={"accept-language": "vi"})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def page(html):
    return parse(html)


def test_is_open_to_a_stranger(page):
    assert page.one("h1").text == "Các thành phần"


def test_shows_every_component(client):
    drawn_icon.cache_clear()
    drawn_row_state.cache_clear()  # what another test has drawn is not rendered again
    response = client.get(reverse("gallery"))

    shown = {template.name for template in response.templates}
    wanted = {
        f"components/{path.name}" for path in COMPONENTS if path.name not in NOT_IN_THE_GALLERY
    }
    assert wanted <= shown


def test_shows_every_status_and_every_state_of_a_row(page):
    text = page.text
    assert all(str(look.word) in text for look in [*STATUS_LOOKS.values(), *ROW_LOOKS.values()])


def test_shows_the_grid_with_an_invalid_and_a_conflicting_row(page):
    grid = page.all("table", css_class="grid")[0]

    assert len(grid.all("tr", css_class="grid__row")) == 6
    assert len(grid.all(css_class="grid__error")) == 1
    assert len(grid.all("fieldset", css_class="conflict")) == 1


def test_shows_the_locked_grid_without_controls(page):
    locked = page.one("table", css_class="grid--locked")

    assert not locked.all(css_class="grid__control")
    assert page.all(css_class="lock-bar")


def test_every_control_of_the_grid_names_its_pupil(page):
    for row in page.all("table", css_class="grid")[0].all("tr", css_class="grid__row"):
        name = row.one("th").text
        assert all(name in control["aria-label"] for control in row.all(css_class="grid__control"))


def test_no_id_stands_twice(page):
    ids = [element["id"] for element in page.all() if element["id"]]

    assert sorted(ids) == sorted(set(ids))


def test_what_describes_and_labels_exists(page):
    ids = {element["id"] for element in page.all()}
    for attribute in ("aria-describedby", "aria-labelledby", "for"):
        for element in page.all():
            assert set((element[attribute] or "").split()) <= ids


def test_the_strict_policy_has_nothing_to_forbid(html):
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)| style=| on[a-z]+=|javascript:", html)
