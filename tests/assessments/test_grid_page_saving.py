"""What the page of a grid tells the scripts that save it."""

import pytest
from django.urls import reverse

from tests.assessments import states
from tests.hocba.rendering import parse
from tests.pages import client_of

GRIDS = ["trait_grid", "record_grid", "trait_notes"]
SENTENCES = {
    "saving", "saved", "changed", "network", "session", "stranger", "denied", "unknown-refusal",
    "to-mend", "to-choose", "lacking", "conflict", "empty",
}  # fmt: skip
STATES = {"changed", "waiting", "invalid", "conflict", "saved", "missing"}


def url_of(cast, name="subject_grid"):
    subject = {"subject_code": "toan"} if name == "subject_grid" else {}
    return reverse(
        name,
        kwargs={"school_class_id": cast.school_class.pk, "period": "end_term_1", **subject},
    )


@pytest.fixture
def response(cast):
    return client_of(cast, "ngoc").get(url_of(cast))


@pytest.fixture
def page(response):
    return parse(response.content.decode())


def the_form(page):
    [form] = [form for form in page.all("form") if "data-grid" in form.attributes]
    return form


def test_the_form_names_the_endpoint_of_its_cells(page, cast):
    assert the_form(page)["data-cells-url"] == reverse(
        "subject_cells",
        kwargs={
            "school_class_id": cast.school_class.pk,
            "period": "end_term_1",
            "subject_code": "toan",
        },
    )


def test_the_page_names_its_user_and_where_her_key_is(page, cast):
    [place] = [div for div in page.all("div") if "data-drafts" in div.attributes]
    assert place["data-user"] == str(cast.ngoc.user.pk)
    assert place["data-draft-key"] == reverse("draft_key")
    assert place["data-title"] == "Toán, Lớp 4A, Cuối học kỳ I"


def test_the_page_brings_every_sentence_that_its_scripts_say(page):
    brought = {template.attributes.get("data-say") for template in page.all("template")}
    assert brought >= SENTENCES


def test_the_page_brings_every_state_of_a_row(page):
    brought = {template.attributes.get("data-row-state") for template in page.all("template")}
    assert brought >= STATES


def test_the_key_itself_is_not_in_the_page(response, cast):
    [key] = client_of(cast, "ngoc").get(reverse("draft_key")).json()["keys"]
    assert key not in response.content.decode()


@pytest.mark.parametrize("name", ["subject_grid", *GRIDS])
def test_back_after_a_log_out_shows_nothing(cast, name):
    assert "no-store" in client_of(cast, "ngoc").get(url_of(cast, name))["Cache-Control"]


def test_a_locked_grid_still_shows_drafts(cast):
    states.signed_off(cast)
    page = parse(client_of(cast, "ngoc").get(url_of(cast)).content.decode())
    assert [div for div in page.all("div") if "data-drafts" in div.attributes]
    assert not [form for form in page.all("form") if "data-grid" in form.attributes]


@pytest.mark.parametrize(
    ("name", "owed"),
    [
        ("subject_grid", {"level", "score"}),
        ("record_grid", {"absences_with_leave", "absences_without_leave", "homeroom_comment"}),
        ("trait_notes", set()),
    ],
)
def test_the_form_names_the_columns_that_may_not_stay_empty(cast, name, owed):
    page = parse(client_of(cast, "ngoc").get(url_of(cast, name)).content.decode())
    assert set(the_form(page)["data-owed"].split()) == owed


def test_every_trait_is_owed(cast):
    page = parse(client_of(cast, "ngoc").get(url_of(cast, "trait_grid")).content.decode())
    traits = {control["name"].partition("-")[2] for control in page.all("select")}
    assert set(the_form(page)["data-owed"].split()) == traits
