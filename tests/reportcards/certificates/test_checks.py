"""manage.py check --deploy, where signing is concerned."""

import secrets
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEvent
from reportcards.actions.certificates import end_certificate
from reportcards.certificates.errors import KeyFileUnreadable
from reportcards.checks import check_signing_settings
from reportcards.models import SigningCertificate
from reportcards.sealed_keys import open_stored_key
from tests.reportcards.authorities import pem
from tests.reportcards.certificates.holders import registered_file
from tests.reportcards.digital_cards import PASSPHRASE

ROOT_OF_NOBODY = Path(__file__).parents[2] / "hocba" / "a_root.pem"


@pytest.fixture
def production(settings):
    settings.IS_PRODUCTION = True
    settings.KEY_SEALING_SECRET = secrets.token_urlsafe(64)
    settings.SIGNING_TRUST_FILE = str(ROOT_OF_NOBODY)
    return settings


def ids():
    return [message.id for message in check_signing_settings()]


def test_a_server_with_a_secret_and_an_authority_is_fine(production):
    assert ids() == []


@pytest.mark.parametrize("secret", ["", "x" * 49])
def test_a_missing_or_short_secret_is_an_error(production, secret):
    production.KEY_SEALING_SECRET = secret
    assert ids() == ["reportcards.E001"]


def test_the_secret_is_not_printed(production):
    production.KEY_SEALING_SECRET = "tell-nobody"
    [message] = check_signing_settings()
    assert "tell-nobody" not in str(message)
    assert "secrets.token_urlsafe" in message.hint


def test_the_secret_is_another_than_djangos(production):
    production.KEY_SEALING_SECRET = production.SECRET_KEY = secrets.token_urlsafe(64)
    assert ids() == ["reportcards.E002"]


@pytest.mark.parametrize("content", [None, b"", b"no PEM"])
def test_a_trust_file_that_says_nothing_is_an_error(production, tmp_path, content):
    path = tmp_path / "trust.pem"
    if content is not None:
        path.write_bytes(content)
    production.SIGNING_TRUST_FILE = str(path)
    assert ids() == ["reportcards.E003"]


def test_intermediates_alone_are_an_error(production, tmp_path, demo_authority):
    path = tmp_path / "trust.pem"
    path.write_bytes(pem(demo_authority.issuer.certificate))
    production.SIGNING_TRUST_FILE = str(path)
    assert ids() == ["reportcards.E003"]


def test_the_demo_authority_is_an_error(production, tmp_path, demo_authority):
    path = tmp_path / "trust.pem"
    path.write_bytes(ROOT_OF_NOBODY.read_bytes() + pem(*demo_authority.certificates))
    production.SIGNING_TRUST_FILE = str(path)
    assert ids() == ["reportcards.E004"]


def test_development_needs_nothing(settings, tmp_path):
    settings.KEY_SEALING_SECRET = ""
    settings.SIGNING_TRUST_FILE = str(tmp_path / "missing.pem")
    assert ids() == []


# Changing the secret


@pytest.fixture
def changed_secret(settings, cast, demo_authority, trusted_demo):
    row = registered_file(cast, demo_authority)
    settings.KEY_SEALING_SECRET_FALLBACKS = [settings.KEY_SEALING_SECRET]
    settings.KEY_SEALING_SECRET = "another secret of the tests"
    return row


def reseal():
    output = StringIO()
    call_command("reseal_keys", stdout=output)
    return output.getvalue()


def test_after_resealing_no_former_secret_is_needed(cast, demo_authority, changed_secret, settings):
    end_certificate(certificate=registered_file(cast, demo_authority), by=cast.ngoc)
    registered_file(cast, demo_authority, "hanh")
    assert "2 key files" in reseal()
    settings.KEY_SEALING_SECRET_FALLBACKS = []
    for row in SigningCertificate.objects.in_use():
        assert open_stored_key(row, PASSPHRASE)


def test_resealing_is_recorded_for_each_school(changed_secret):
    reseal()
    event = AuditEvent.objects.get(event="signing_certificate.resealed")
    assert (event.system_job, event.school_id) == ("reseal_keys", changed_secret.school_id)


def test_without_the_former_secret_nothing_is_changed(changed_secret, settings):
    former, settings.KEY_SEALING_SECRET_FALLBACKS = settings.KEY_SEALING_SECRET_FALLBACKS, []
    with pytest.raises(CommandError, match="không mở được"):
        reseal()
    with pytest.raises(KeyFileUnreadable):
        open_stored_key(changed_secret, PASSPHRASE)
    settings.KEY_SEALING_SECRET_FALLBACKS = former
    assert open_stored_key(changed_secret, PASSPHRASE)
