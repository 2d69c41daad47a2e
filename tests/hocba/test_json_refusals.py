"""A script is refused in JSON with a sentence, a person with a page, at the same address."""

import json

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from audit.errors import NotPermitted
from hocba.middleware import NotPermittedMiddleware, is_json
from tests.assessments.pages import log_in, subject_url
from tests.pages import client_of

JSON = "application/json"
PAGE = "text/html; charset=utf-8"


@pytest.fixture
def url(cast):
    return f"{subject_url(cast)}cells/"


def send(client, url):
    return client.post(url, json.dumps({"cells": []}), JSON)


def answer_to(exception):
    request = RequestFactory().post("/", "{}", JSON)
    return NotPermittedMiddleware(lambda request: None).process_exception(request, exception)


def sentence_of(response):
    return json.loads(response.content)["sentence"]


@pytest.mark.parametrize("content_type", [JSON, "application/json; charset=utf-8"])
def test_a_script_is_known_by_what_it_sends(content_type):
    assert is_json(RequestFactory().post("/", "{}", content_type))


def test_a_script_that_sends_a_form_is_known_by_what_it_takes():
    assert is_json(RequestFactory().post("/", {"secret": "x"}, headers={"accept": JSON}))


def test_a_browser_takes_anything_and_is_no_script():
    headers = {"accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8"}
    assert not is_json(RequestFactory().post("/", {"secret": "x"}, headers=headers))


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_whoever_sends_something_else_is_no_script(content_type):
    assert not is_json(RequestFactory().post("/", "", content_type))


def test_a_script_gets_the_sentence_of_a_refusal():
    assert sentence_of(answer_to(NotPermitted("Chỉ học vụ làm việc này."))) == (
        "Chỉ học vụ làm việc này."
    )


def test_a_refusal_of_a_script_is_a_403():
    assert answer_to(NotPermitted("Không.")).status_code == 403


def test_a_script_is_not_told_why_a_thing_is_not_found():
    with translation.override("vi"):
        told = sentence_of(answer_to(Http404("SchoolClass 12 of Lê Lợi")))
    assert told == "Không tìm thấy bảng này; hãy tải lại trang."


def test_an_error_of_ours_is_not_made_a_refusal():
    assert answer_to(ValueError("x")) is None


def test_a_script_of_a_stranger_is_answered_in_json(cast, url):
    response = send(client_of(cast, "quang"), url)
    assert (response.status_code, response["Content-Type"]) == (404, JSON)


def test_a_form_of_a_stranger_is_answered_with_a_page(cast, url):
    response = client_of(cast, "quang").post(url, {})
    assert (response.status_code, response["Content-Type"]) == (404, PAGE)


def test_a_form_of_a_colleague_is_refused_with_a_page(cast, url):
    response = client_of(cast, "suong").post(url, {})
    assert (response.status_code, response["Content-Type"]) == (403, PAGE)


def test_a_script_without_a_session_is_not_sent_elsewhere(cast, url):
    response = send(Client(), url)
    assert (response.status_code, "Location" in response) == (401, False)


def test_a_person_without_a_session_is_sent_to_the_log_in_page_and_back(cast):
    response = Client().get(subject_url(cast))
    assert response["Location"] == f"{reverse('login')}?next={subject_url(cast)}"


def test_an_ended_session_is_told_in_the_readers_language(cast, url):
    client = Client()
    client.cookies["django_language"] = "en"
    assert "log in" in sentence_of(send(client, url)).lower()


def test_a_script_whose_token_is_wrong_is_answered_in_json(cast, url):
    response = send(log_in(Client(enforce_csrf_checks=True), cast.ngoc), url)
    assert (response.status_code, response["Content-Type"]) == (403, JSON)


def test_a_form_whose_token_is_wrong_is_answered_with_a_page(cast, url):
    response = log_in(Client(enforce_csrf_checks=True), cast.ngoc).post(url, {})
    assert (response.status_code, response["Content-Type"]) == (403, PAGE)
