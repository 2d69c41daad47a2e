"""Rows of the permission matrix: who of the cast gets what, from which URL."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from tests.cast import Cast

ANONYMOUS = "anonymous"
COLLEAGUES = "hanh phuc ngoc binh suong tam van kien"
STRANGERS = "hoa quang"
LOGGED_IN = f"{COLLEAGUES} {STRANGERS}"
ANYBODY = f"{ANONYMOUS} {LOGGED_IN}"

# The framework's own pages, which have their own permissions.
NAMESPACES_LEFT_OUT = {"admin"}

Values = dict[str, Any]
FromCast = Callable[[Cast], Values]


def nothing(cast: Cast) -> Values:
    return {}


@dataclass(frozen=True)
class Page:
    """A colleague who is not allowed gets `refused`, a stranger `unknown`, others log in first."""

    method: str
    name: str
    allowed: str = ""
    kwargs: FromCast = nothing
    form: FromCast = nothing
    answer: int = 200
    refused: int = 403
    unknown: int = 404
    anonymous: int = 302
    except_for: Values = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.name}"

    def expected(self) -> dict[str, int]:
        answers = {
            ANONYMOUS: self.anonymous,
            **dict.fromkeys(COLLEAGUES.split(), self.refused),
            **dict.fromkeys(STRANGERS.split(), self.unknown),
            **dict.fromkeys(self.allowed.split(), self.answer),
        }
        return {**answers, **self.except_for}


def get(name: str, allowed: str = "", kwargs: FromCast = nothing, **options: Any) -> Page:
    return Page("GET", name, allowed, kwargs, **options)


def post(
    name: str,
    allowed: str = "",
    kwargs: FromCast = nothing,
    form: FromCast = nothing,
    **options: Any,
) -> Page:
    """Allowed: a redirect (`answer=302`). Each role posts into the same, untouched state."""
    return Page("POST", name, allowed, kwargs, form, **{"answer": 302, **options})


def user_of(cast: Cast, role: str) -> User:
    person = getattr(cast, role)
    return person if isinstance(person, User) else person.user


def client_of(cast: Cast, role: str) -> Client:
    client = Client()
    if role != ANONYMOUS:
        client.force_login(user_of(cast, role))
    return client


def statuses(page: Page, cast: Cast, roles: str = ANYBODY) -> dict[str, int]:
    """What each is answered; nobody sees what another one's request has changed."""
    url, form = reverse(page.name, kwargs=page.kwargs(cast)), page.form(cast)
    answers = {}
    for role in roles.split():
        client = client_of(cast, role)
        with transaction.atomic():
            response = client.generic(page.method, url) if not form else client.post(url, form)
            transaction.set_rollback(True)
        answers[role] = response.status_code
    return answers


def url_names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        elif pattern.namespace not in NAMESPACES_LEFT_OUT:
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from url_names(pattern, prefix + namespace)
