"""All settings, from the environment.

HOCBA_MODE is "production" unless it says "development": whoever forgets to set it
gets the strict settings, and a start that fails rather than one that is unsafe.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = environ.Env()

MODE = env.str("HOCBA_MODE", default="production")
if MODE not in {"production", "development"}:
    raise ImproperlyConfigured(f"HOCBA_MODE must be production or development, not {MODE!r}")
IS_PRODUCTION = MODE == "production"

DEVELOPMENT_SECRET_KEY = "development-only-never-in-production"  # noqa: S105
SHORTEST_SECRET_KEY = 50
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

SECRET_KEY = env.str("SECRET_KEY", default="" if IS_PRODUCTION else DEVELOPMENT_SECRET_KEY)
if IS_PRODUCTION and (
    SECRET_KEY == DEVELOPMENT_SECRET_KEY or len(SECRET_KEY) < SHORTEST_SECRET_KEY
):
    raise ImproperlyConfigured(
        f"Production needs SECRET_KEY: {SHORTEST_SECRET_KEY} random characters or more. "
        'Make one with: python -c "import secrets; print(secrets.token_urlsafe(64))"'
    )

DEBUG = env.bool("DEBUG", default=False)
if IS_PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG shows pupils' data in error pages: not in production")

# Former keys, newest first: what was signed or hidden with them can still be read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if IS_PRODUCTION else ["127.0.0.1", "localhost"]
)
if IS_PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Production needs ALLOWED_HOSTS, separated by commas")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DEFAULT_EXCEPTION_REPORTER_FILTER = "hocba.reports.ReportFilter"
CSRF_FAILURE_VIEW = "hocba.views.csrf.csrf_failure"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "import_export",
    "rest_framework",
    "audit",
    "accounts",
    "schools",
    "students",
    "assessments",
    "reportcards",
    "exchange",
    "hocba",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hocba.middleware.LogInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hocba.middleware.NotPermittedMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hocba.urls"
WSGI_APPLICATION = "hocba.wsgi.application"
FORM_RENDERER = "hocba.renderer.FormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hocba.context_processors.navigation",
            ],
        },
    }
]

DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'hocba.sqlite3'}")
}
# Connecting anew takes longer than saving a cell.
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
        ),
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "login"

# So many wrong passwords for one user name, or from one address, and log-in waits.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Not by address: a whole school stands behind one, and mistypes at the end of term.
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # wants addresses; a name alone cannot be rotated away
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "accounts.lockout.answer_too_many"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.address_of"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = ["hocba.formats"]

# A console is no e-mail: in production it would lose what the sender believes was sent.
EMAIL_CONFIG = env.email_url(
    "EMAIL_URL", default="smtp://localhost:25" if IS_PRODUCTION else "consolemail://"
)
if IS_PRODUCTION and not EMAIL_CONFIG["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
    raise ImproperlyConfigured("Production needs EMAIL_URL to name an SMTP server: smtp+tls://…")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="hocba@localhost")

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hocba.static_files.ModuleStaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "files"

# What a digital card is kept in for ever; in a bucket where one is named (pip install hocba[s3]).
ARCHIVE_BUCKET = env.str("ARCHIVE_S3_BUCKET", default="")
# Documents that were laid out: of cards in making until they are issued, of drafts for a day.
RENDERINGS_BUCKET = env.str("RENDERINGS_S3_BUCKET", default="")
if RENDERINGS_BUCKET and RENDERINGS_BUCKET == ARCHIVE_BUCKET:
    raise ImproperlyConfigured(
        "RENDERINGS_S3_BUCKET must be another bucket than the archive's: files are deleted from it"
    )


def files_of_cards(bucket: str, folder: str) -> dict[str, Any]:
    if bucket:
        options: dict[str, Any] = {"bucket_name": bucket, "file_overwrite": False}
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    options = {
        "location": folder,
        "file_permissions_mode": 0o600,  # nobody else of this machine reads pupils' cards
        "directory_permissions_mode": 0o700,
    }
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


STORAGES["archive"] = files_of_cards(
    ARCHIVE_BUCKET, env.str("ARCHIVE_DIR", default=str(VAR_DIR / "archive"))
)
STORAGES["renderings"] = files_of_cards(
    RENDERINGS_BUCKET, env.str("RENDERINGS_DIR", default=str(VAR_DIR / "renderings"))
)

# Only the trigger: what is to be signed stands in rows of our own, with leases (ADR 22).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Whose certificates are trusted: roots and intermediates, PEM.
SIGNING_TRUST_FILE = env.str("SIGNING_TRUST_FILE", default=str(VAR_DIR / "demo-ca" / "trust.pem"))
# Seals stored key files; another key than SECRET_KEY, so that either can be changed alone.
KEY_SEALING_SECRET = env.str("KEY_SEALING_SECRET", default="" if IS_PRODUCTION else SECRET_KEY)
# Former ones, newest first: what they sealed still opens, until reseal_keys has sealed it anew.
KEY_SEALING_SECRET_FALLBACKS = env.list("KEY_SEALING_SECRET_FALLBACKS", default=[])
# An HSM whose PIN the server holds, so that the worker signs by itself.
PKCS11_MODULE = env.str("PKCS11_MODULE", default="")
PKCS11_TOKEN = env.str("PKCS11_TOKEN", default="")
PKCS11_PIN = env.str("PKCS11_PIN", default="")
# A signing program on the signers' own machines, "http://127.0.0.1:13580"; off without it.
LOCAL_SIGNING_SERVICE = env.str("LOCAL_SIGNING_SERVICE", default="").rstrip("/")
if LOCAL_SIGNING_SERVICE and urlsplit(LOCAL_SIGNING_SERVICE).hostname not in LOOPBACK:
    raise ImproperlyConfigured("LOCAL_SIGNING_SERVICE is asked by browsers at their own machine")

# Where anybody reaches this installation, "https://hocba.example.edu.vn": the QR codes on cards
# lead there, and whoever has none prints no code.
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", default="").rstrip("/")
if PUBLIC_ADDRESS and urlsplit(PUBLIC_ADDRESS).scheme not in {"http", "https"}:
    raise ImproperlyConfigured("PUBLIC_ADDRESS begins with https://")

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a grid of 45 pupils with every field and its version

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_SECURE = IS_PRODUCTION
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=IS_PRODUCTION)
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_TLS_PROXY = env.bool("BEHIND_TLS_PROXY", default=False)
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF, *([LOCAL_SIGNING_SERVICE] if LOCAL_SIGNING_SERVICE else [])],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["exchange.api.authentication.ClientTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
    "NUM_PROXIES": 1 if BEHIND_TLS_PROXY else 0,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
    # At DEBUG it writes out what is signed: the whole card of a pupil.
    "loggers": {"signxml": {"level": "INFO"}},
}
