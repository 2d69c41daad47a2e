"""What begins and ends sessions beside the log-in page: a way in for journeys of other things."""

import datetime
import re

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.server import Database, manage


def open_sessions(database: Database) -> None:
    """One for each person, which lies in the prepared database: hashing a password is slow."""
    statement = "from tests.e2e.sessions import write_sessions; write_sessions()"
    manage("shell", "--verbosity", "0", "--command", statement, database=database)


def write_sessions() -> None:
    expires = timezone.now() + datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    for user in get_user_model().objects.all():
        data = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        key = session_key_of(user.get_username())
        sealed = SessionStore().encode(data)
        Session.objects.create(session_key=key, session_data=sealed, expire_date=expires)


def session_key_of(username: str) -> str:
    return f"session-of-{username}"


def come_in(page: Page, username: str) -> None:
    """As who has logged in before; the log-in page has journeys of its own."""
    name, value = settings.SESSION_COOKIE_NAME, session_key_of(username)
    page.context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}])
    page.goto("/")
    expect(page).not_to_have_url(re.compile("/login/"))


def end_all_sessions(database: Database) -> None:
    """What an administrator does, or twelve hours."""
    statement = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"
    manage("shell", "--verbosity", "0", "--command", statement, database=database)
