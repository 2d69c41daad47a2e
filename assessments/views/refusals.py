"""Where a domain error becomes a sentence on the page; what is not permitted stays an error."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments.forms.steps import SignOffForm
from assessments.models import ClassPeriod, PeriodRecord
from assessments.policies import check_can_move
from assessments.workflow import Step
from audit.errors import DomainError, NotPermitted

UNPROCESSABLE = 422


@contextmanager
def refusals_as_messages(request: HttpRequest) -> Iterator[None]:
    try:
        yield
    except NotPermitted:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal.message))


@contextmanager
def refusals_on(form: forms.BaseForm) -> Iterator[None]:
    try:
        yield
    except NotPermitted:
        raise
    except DomainError as refusal:
        form.add_error(None, str(refusal.message))


def seen_at(request: HttpRequest) -> datetime.datetime | None:
    """When what the reader signs was handed in, as her page says."""
    form = SignOffForm(request.POST)
    return form.cleaned_data["seen_at"] if form.is_valid() else None


@dataclass(frozen=True, kw_only=True)
class AskPage:
    """A small page that asks for a reason; `take_step` gets it, while `check` lets it."""

    form_class: type[forms.Form]
    title: str
    lead: str
    button: str
    success: str
    back_url: str
    take_step: Callable[[str], object]
    check: Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class ReasonPage(AskPage):
    """The reason of a step of the workflow."""

    step: Step
    holder: ClassPeriod | PeriodRecord
    check: Callable[[], object] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "check", partial(check_can_move, self.step, self.holder))


def ask_for_reason(request: HttpRequest, page: AskPage) -> HttpResponse:
    if request.method != "POST":
        return _show_while_possible(request, page)
    form = page.form_class(request.POST)
    if form.is_valid():
        with refusals_on(form):
            page.take_step(form.cleaned_data["reason"])
            messages.success(request, page.success)
            return redirect(page.back_url)
    context = {"form": form, "page": page}
    return render(request, "assessments/reason.html", context, status=UNPROCESSABLE)


def _show_while_possible(request: HttpRequest, page: AskPage) -> HttpResponse:
    with refusals_as_messages(request):
        page.check()
        return render(request, "assessments/reason.html", {"form": page.form_class(), "page": page})
    return redirect(page.back_url)
