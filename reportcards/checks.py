"""`manage.py check --deploy`: what signing needs in production, and what to do where it lacks."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from reportcards.certificates.errors import TrustFileUnreadable
from reportcards.signing.certificates import is_demo
from reportcards.signing.trust import TrustStore
from reportcards.trusted import trust_store

SHORTEST_SECRET = 50
HOW_TO_MAKE_ONE = (
    "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(64))', and keep a copy "
    "apart from the database's backups: without it no stored key file opens."
)


@register(Tags.security, deploy=True)
def check_signing_settings(**kwargs: Any) -> list[CheckMessage]:
    if not settings.IS_PRODUCTION:
        return []
    return [*_sealing_secret(), *_trust_file()]


def _sealing_secret() -> Iterator[CheckMessage]:
    secret = settings.KEY_SEALING_SECRET
    if len(secret) < SHORTEST_SECRET:
        yield Error(
            f"KEY_SEALING_SECRET has fewer than {SHORTEST_SECRET} characters: "
            "key files of signers are not stored safely, or not at all.",
            hint=HOW_TO_MAKE_ONE,
            id="reportcards.E001",
        )
    elif secret == settings.SECRET_KEY:
        yield Error(
            "KEY_SEALING_SECRET is SECRET_KEY: neither can be changed alone.",
            hint=HOW_TO_MAKE_ONE,
            id="reportcards.E002",
        )


def _trust_file() -> Iterator[CheckMessage]:
    named = f"SIGNING_TRUST_FILE ({settings.SIGNING_TRUST_FILE})"
    trust = _read_trust_file()
    if trust is None or not trust.roots:
        yield Error(
            f"{named} is missing, no PEM file, or without a root: no certificate is believed, "
            "so nothing is signed.",
            hint="Put the roots and intermediates of the licensed authorities into one PEM file.",
            id="reportcards.E003",
        )
    elif any(is_demo(each) for each in (*trust.roots, *trust.intermediates)):
        yield Error(
            f"{named} holds the demo authority, whose keys protect nothing.",
            hint="Take its certificates out; what it issued is refused in production anyway.",
            id="reportcards.E004",
        )


def _read_trust_file() -> TrustStore | None:
    try:
        return trust_store()
    except TrustFileUnreadable:
        return None
