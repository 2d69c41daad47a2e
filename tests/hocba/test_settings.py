import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "HOCBA_MODE": "production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "hocba.example",
    "KEY_SEALING_SECRET": secrets.token_urlsafe(64),
    "SIGNING_TRUST_FILE": "tests/hocba/a_root.pem",
}


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A process for each case: settings are read once in each."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def setting(name: str, **variables: str) -> str:
    process = python("-c", f"from hocba import settings; print(settings.{name})", **variables)
    assert process.returncode == 0, process.stderr
    return process.stdout.strip()


def refusal(**variables: str) -> str:
    process = python("-c", "import hocba.settings", **variables)
    assert process.returncode != 0
    return process.stderr.strip().splitlines()[-1]


def production_without(name: str) -> dict[str, str]:
    return {key: value for key, value in PRODUCTION.items() if key != name}


def test_production_starts_with_a_key_and_hosts():
    assert setting("IS_PRODUCTION", **PRODUCTION) == "True"


def test_whoever_sets_no_mode_gets_production():
    assert setting("IS_PRODUCTION", **production_without("HOCBA_MODE")) == "True"


def test_an_unknown_mode_is_refused():
    assert "HOCBA_MODE must be" in refusal(**PRODUCTION | {"HOCBA_MODE": "staging"})


def test_production_refuses_to_start_without_a_secret_key():
    assert "Production needs SECRET_KEY" in refusal(**production_without("SECRET_KEY"))


@pytest.mark.parametrize(
    "key", ["", "x" * 49, "development-only-never-in-production"], ids=["empty", "short", "default"]
)
def test_production_refuses_a_weak_secret_key(key):
    assert "Production needs SECRET_KEY" in refusal(**PRODUCTION | {"SECRET_KEY": key})


def test_a_refused_secret_key_is_not_printed():
    assert "tell-nobody" not in refusal(**PRODUCTION | {"SECRET_KEY": "tell-nobody"})


def test_production_refuses_debug():
    assert "DEBUG" in refusal(**PRODUCTION, DEBUG="on")


@pytest.mark.parametrize("hosts", [None, ""], ids=["missing", "empty"])
def test_production_refuses_to_start_without_allowed_hosts(hosts):
    variables = production_without("ALLOWED_HOSTS") | (
        {} if hosts is None else {"ALLOWED_HOSTS": hosts}
    )

    assert "Production needs ALLOWED_HOSTS" in refusal(**variables)


def test_development_starts_without_any_other_variable():
    assert setting("IS_PRODUCTION", HOCBA_MODE="development") == "False"


def test_development_serves_this_machine_only():
    hosts = setting("ALLOWED_HOSTS", HOCBA_MODE="development")

    assert hosts == "['127.0.0.1', 'localhost']"


def test_development_shows_no_debug_pages_unless_asked():
    assert setting("DEBUG", HOCBA_MODE="development") == "False"
    assert setting("DEBUG", HOCBA_MODE="development", DEBUG="on") == "True"


def test_the_database_is_a_file_unless_named():
    assert "sqlite3" in setting("DATABASES['default']['ENGINE']", **PRODUCTION)


def test_database_url_names_a_postgresql():
    database = setting(
        "DATABASES['default']", **PRODUCTION, DATABASE_URL="postgres://hocba:x@db.example/school"
    )

    assert "django.db.backends.postgresql" in database
    assert "db.example" in database


@pytest.mark.parametrize(
    "name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
)
def test_production_speaks_only_over_tls(name):
    assert setting(name, **PRODUCTION) == "True"
    assert setting(name, HOCBA_MODE="development") == "False"


def test_the_forwarded_protocol_is_believed_only_behind_a_proxy():
    name = "__dict__.get('SECURE_PROXY_SSL_HEADER')"

    assert setting(name, **PRODUCTION) == "None"
    assert "HTTP_X_FORWARDED_PROTO" in setting(name, **PRODUCTION, BEHIND_TLS_PROXY="on")


def test_the_content_security_policy_allows_nothing_inline_or_foreign():
    policy = setting("CONTENT_SECURITY_POLICY['DIRECTIVES']", **PRODUCTION)

    assert "unsafe" not in policy
    assert "://" not in policy


def test_check_deploy_has_nothing_to_say_about_production():
    process = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert process.returncode == 0, process.stderr
    assert "no issues (1 silenced)" in process.stdout
    assert setting("SILENCED_SYSTEM_CHECKS", **PRODUCTION) == "['axes.W006']"


@pytest.mark.parametrize("name", ["KEY_SEALING_SECRET", "SIGNING_TRUST_FILE"])
def test_check_deploy_says_what_signing_lacks(name, tmp_path):
    variables = production_without(name) | {"ARCHIVE_DIR": str(tmp_path)}
    if name == "SIGNING_TRUST_FILE":
        variables[name] = str(tmp_path / "missing.pem")
    process = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **variables)

    assert process.returncode != 0
    assert name in process.stderr
    assert "HINT" in process.stderr


def test_production_seals_key_files_with_no_other_secret():
    assert setting("KEY_SEALING_SECRET", **production_without("KEY_SEALING_SECRET")) == ""


def test_development_seals_key_files_without_being_told_how():
    assert setting("KEY_SEALING_SECRET", HOCBA_MODE="development") != ""


def test_development_prints_e_mails():
    assert setting("EMAIL_BACKEND", HOCBA_MODE="development").endswith("console.EmailBackend")


def test_production_sends_e_mails_by_the_server_that_it_is_given():
    variables = PRODUCTION | {"EMAIL_URL": "smtp+tls://hocba:secret@mail.example:587"}
    assert setting("EMAIL_HOST", **variables) == "mail.example"
    assert setting("EMAIL_USE_TLS", **variables) == "True"


def test_production_without_a_server_tries_this_machines():
    assert setting("EMAIL_HOST", **PRODUCTION) == "localhost"


@pytest.mark.parametrize("url", ["consolemail://", "dummymail://", "memorymail://"])
def test_production_refuses_to_lose_e_mails(url):
    assert "Production needs EMAIL_URL" in refusal(**PRODUCTION | {"EMAIL_URL": url})


CONNECT = "CONTENT_SECURITY_POLICY['DIRECTIVES']['connect-src']"


def test_no_program_on_the_signers_machines_is_asked_unless_it_is_named():
    assert setting(CONNECT, **PRODUCTION) == """["'self'"]"""


@pytest.mark.parametrize("address", ["http://127.0.0.1:13580", "https://localhost:13580/"])
def test_a_signing_program_on_the_signers_machines_may_be_asked(address):
    connect = setting(CONNECT, **PRODUCTION, LOCAL_SIGNING_SERVICE=address)
    assert address.rstrip("/") in connect


@pytest.mark.parametrize("address", ["https://sign.example", "13580", "http://127.0.0.1.example"])
def test_a_signing_program_elsewhere_is_refused(address):
    assert "at their own machine" in refusal(**PRODUCTION, LOCAL_SIGNING_SERVICE=address)


def test_an_installation_has_no_public_address_unless_it_is_named():
    assert setting("PUBLIC_ADDRESS", **PRODUCTION) == ""


def test_the_public_address_is_what_codes_begin_with():
    address = setting("PUBLIC_ADDRESS", **PRODUCTION, PUBLIC_ADDRESS="https://hocba.example/")
    assert address == "https://hocba.example"


@pytest.mark.parametrize("address", ["hocba.example", "ftp://hocba.example", "//hocba.example"])
def test_a_public_address_that_no_browser_opens_is_refused(address):
    assert "PUBLIC_ADDRESS" in refusal(**PRODUCTION, PUBLIC_ADDRESS=address)


def test_documents_lie_in_a_folder_of_their_own_or_in_a_bucket():
    in_a_folder = setting("STORAGES['renderings']", **PRODUCTION)
    assert "var/renderings" in in_a_folder
    in_a_bucket = setting("STORAGES['renderings']", **PRODUCTION, RENDERINGS_S3_BUCKET="pages")
    assert "'bucket_name': 'pages'" in in_a_bucket


def test_documents_which_are_deleted_do_not_lie_in_the_archives_bucket():
    buckets = {"ARCHIVE_S3_BUCKET": "kept", "RENDERINGS_S3_BUCKET": "kept"}
    assert "RENDERINGS_S3_BUCKET must be another bucket" in refusal(**PRODUCTION, **buckets)
