import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from audit.errors import DomainError, NotPermitted
from hocba.middleware import NotPermittedMiddleware
from tests.hocba.rendering import parse
from tests.pages import client_of

SENTENCE = "Chỉ học vụ của trường được làm việc này."


def answer_to(exception, user=None):
    request = RequestFactory().get("/")
    request.user, request.session, request._messages = user, {}, []
    middleware = NotPermittedMiddleware(lambda request: HttpResponse("page"))
    return middleware.process_exception(request, exception)


@pytest.fixture
def refused(cast):
    with translation.override("vi"):
        return answer_to(NotPermitted(SENTENCE), cast.ngoc.user)


def test_a_refusal_is_a_403_with_its_sentence(refused):
    assert refused.status_code == 403
    assert SENTENCE in parse(refused.content.decode()).one("main").text


def test_a_sentence_is_never_markup(cast):
    response = answer_to(NotPermitted("<b>Lớp 4A</b>"), cast.ngoc.user)
    assert "<b>" not in response.content.decode()


@pytest.mark.parametrize("exception", [Http404(), DomainError("x"), ValueError("x")], ids=repr)
def test_other_failures_are_left_to_others(exception):
    assert answer_to(exception) is None


def test_a_page_that_answers_is_passed_on():
    middleware = NotPermittedMiddleware(lambda request: HttpResponse("page"))
    assert middleware(RequestFactory().get("/")).content == b"page"


def test_a_real_page_refuses_in_the_same_way(cast):
    response = client_of(cast, "suong").get(reverse("student_imports"))
    assert response.status_code == 403
    assert SENTENCE in response.content.decode()


def test_the_sentence_is_in_the_readers_language(cast):
    with translation.override("en"):
        response = answer_to(NotPermitted(_("Đổi mật khẩu")), cast.ngoc.user)
    assert "Change password" in response.content.decode()
