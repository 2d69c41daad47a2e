"""Small pages that ask for what one step needs, whose form's fields are the step's arguments."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.views.refusals import UNPROCESSABLE, refusals_as_messages, refusals_on

ask_or_post = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class AskedPage:
    """As reason.html shows it."""

    title: str
    lead: str
    button: str
    back_url: str
    success: str
    next_url: str = ""  # where she may no longer read what she came from


def ask(
    request: HttpRequest,
    page: AskedPage,
    form: forms.BaseForm,
    take_step: Callable[..., object],
    *,
    check: Callable[[], object] = lambda: None,
) -> HttpResponse:
    """The form's fields, or its `arguments`, are what the step asks of a person.

    While `check` refuses, nothing is asked.
    """
    if request.method != "POST":
        with refusals_as_messages(request):
            check()
            return _render_asked(request, page, form)
        return redirect(page.back_url)
    if form.is_valid():
        with refusals_on(form):
            take_step(**getattr(form, "arguments", form.cleaned_data))
            messages.success(request, page.success)
            return redirect(page.next_url or page.back_url)
    return _render_asked(request, page, form, status=UNPROCESSABLE)


def _render_asked(
    request: HttpRequest, page: AskedPage, form: forms.BaseForm, *, status: int = 200
) -> HttpResponse:
    return render(request, "assessments/reason.html", {"form": form, "page": page}, status=status)
