"""How far the worker is with a run, on a page that looks again every other second."""

from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRefresh


class ProgressPage(Protocol):
    @property
    def is_going_on(self) -> bool: ...


def progress_or_refresh(request: HttpRequest, page: ProgressPage, template: str) -> HttpResponse:
    """What the page looks at while a run goes on; over, it looks at all of itself anew."""
    if request.htmx and not page.is_going_on:  # type: ignore[attr-defined]
        return HttpResponseClientRefresh()
    return render(request, template, {"page": page})
