import os

os.environ.setdefault("HOCBA_MODE", "development")

from hocba.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "archive": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "renderings": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Each test client makes the middleware anew, and WhiteNoise would list every collected file.
WHITENOISE_AUTOREFRESH = True

# Whom a test trusts it says itself (tests/reportcards/digital_cards.py), whatever lies in var/.
SIGNING_TRUST_FILE = "/nowhere/trust.pem"
