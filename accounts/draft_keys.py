"""Keys with which a browser hides what a user has typed and not saved yet.

They are derived, so that nothing is stored that could be stolen or lost. See
docs/adr/0013-drafts-in-the-browser.md.
"""

import base64

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.models import User

PURPOSE = "accounts.draft_keys"


def draft_keys(user: User) -> list[str]:
    """Newest first: after SECRET_KEY has changed the browser still opens what is older."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_draft_key(user, secret) for secret in secrets]


def _draft_key(user: User, secret: str) -> str:
    digest = salted_hmac(PURPOSE, str(user.pk), secret=secret, algorithm="sha256").digest()
    return base64.b64encode(digest).decode()
