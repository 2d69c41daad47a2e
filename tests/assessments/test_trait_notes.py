import pytest
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.models import TraitNote
from rulesets import Period
from tests.assessments.filling import assign_every_subject, fill_class
from tests.assessments.pages import GridForm, log_in
from tests.cast import Cast

END_TERM_1 = Period.END_TERM_1


@pytest.fixture
def url(cast: Cast) -> str:
    return reverse("trait_notes", args=[cast.school_class.pk, END_TERM_1])


@pytest.fixture
def binh(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.binh)


def type_note(client: Client, url: str, cast: Cast, text: str):
    return client.post(url, GridForm(client.get(url)).typed(**{f"e{cast.anh.pk}_text": text}))


def test_a_subject_teacher_leaves_notes(binh: Client, cast: Cast, url: str):
    response = type_note(binh, url, cast, "Hay giúp bạn phát âm.")

    assert response.status_code == 302
    note = TraitNote.objects.get()
    assert (note.text, note.author, note.record.enrollment) == (
        "Hay giúp bạn phát âm.",
        cast.binh,
        cast.anh,
    )


def test_a_note_is_changed_and_taken_back(binh: Client, cast: Cast, url: str):
    type_note(binh, url, cast, "Hay giúp bạn.")
    type_note(binh, url, cast, "Hay giúp bạn phát âm.")
    assert TraitNote.objects.get().text == "Hay giúp bạn phát âm."

    type_note(binh, url, cast, "")
    assert not TraitNote.objects.exists()


def test_each_teacher_sees_her_own_notes_only(client: Client, cast: Cast, url: str):
    type_note(log_in(client, cast.binh), url, cast, "Hay giúp bạn phát âm.")

    page = GridForm(log_in(client, cast.ngoc).get(url))

    assert page[f"e{cast.anh.pk}-text"] == ""


def test_a_note_is_read_on_screens_alone_and_may_have_a_picture(binh: Client, cast: Cast, url: str):
    type_note(binh, url, cast, "Rất chăm 👍")

    assert TraitNote.objects.get().text == "Rất chăm 👍"


def test_a_long_note_is_counted(binh: Client, cast: Cast, url: str):
    response = type_note(binh, url, cast, "ô" * 501)

    assert "Nhận xét dài tối đa 500 ký tự; đang có 501." in response.content.decode()


def test_a_note_changed_in_another_window_is_asked_about(binh: Client, cast: Cast, url: str):
    page = GridForm(binh.get(url))
    type_note(binh, url, cast, "Hay giúp bạn.")

    response = binh.post(url, page.typed(**{f"e{cast.anh.pk}_text": "Chăm chỉ."}))

    assert response.status_code == 422
    assert TraitNote.objects.get().text == "Hay giúp bạn."


def test_notes_are_read_only_once_the_class_was_handed_in(client: Client, cast: Cast, url: str):
    assign_every_subject(cast.school_class, cast.ngoc)
    type_note(log_in(client, cast.binh), url, cast, "Hay giúp bạn.")
    fill_class(
        cast.school_class, END_TERM_1, homeroom=cast.ngoc, teachers={"ngoai_ngu_1": cast.binh}
    )
    actions.submit_class_period(school_class=cast.school_class, period=END_TERM_1, by=cast.ngoc)

    response = client.get(url)

    assert "Hay giúp bạn." in response.content.decode()
    assert f"e{cast.anh.pk}-text" not in GridForm(response)


@pytest.mark.parametrize("person", ["suong", "hanh", "tam"])
def test_only_who_teaches_the_class_leaves_notes(person: str, client: Client, cast: Cast, url: str):
    log_in(client, getattr(cast, person))

    assert client.get(url).status_code == 403
    assert client.post(url).status_code == 403


def test_a_stranger_finds_nothing(client: Client, cast: Cast, url: str):
    assert log_in(client, cast.quang).get(url).status_code == 404
