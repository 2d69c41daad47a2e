"""Refusals in the form in which they were asked for: a page, or JSON for a page's script."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from audit.errors import NotPermitted

JSON = "application/json"


def is_json(request: HttpRequest) -> bool:
    """Sent as JSON, or by a script that takes nothing else."""
    return JSON in {request.content_type, request.headers.get("Accept")}


def refusal_as_json(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)


class LogInMiddleware(LoginRequiredMiddleware):
    """A script cannot follow the way to the log-in page: it is told so, and keeps what it has.

    A page of which htmx would exchange a piece for the log-in page is loaded anew instead.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if is_json(request):
            sentence = _("Phiên làm việc đã hết nên chưa lưu được; hãy đăng nhập lại.")
            return refusal_as_json(sentence, 401)
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRefresh()
        return super().handle_no_permission(request, view_func)


class NotPermittedMiddleware:
    """A permission's refusal becomes the 403 page with its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Http404) and is_json(request):
            return refusal_as_json(_("Không tìm thấy bảng này; hãy tải lại trang."), 404)
        if not isinstance(exception, NotPermitted):
            return None
        if is_json(request):
            return refusal_as_json(str(exception.message), 403)
        return render(request, "403.html", {"message": exception.message}, status=403)
