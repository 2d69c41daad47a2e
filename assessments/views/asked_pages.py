"""Small pages that ask for what one step needs, whose form's fields are the step's arguments."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments.views.refusals import UNPROCESSABLE, refusals_on


@dataclass(frozen=True)
class AskedPage:
    """As reason.html shows it."""

    title: str
    lead: str
    button: str
    back_url: str
    success: str
    next_url: str = ""  # where she may no longer read what she came from


def ask_and_take(
    request: HttpRequest, page: AskedPage, form: forms.Form, take_step: Callable[..., object]
) -> HttpResponse:
    """The form's fields are what the step asks of a person."""
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            take_step(**form.cleaned_data)
            messages.success(request, page.success)
            return redirect(page.next_url or page.back_url)
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {"form": form, "page": page}
    return render(request, "assessments/reason.html", context, status=status)
