"""No key, PIN or passphrase in the database, the logs, error reports, events or what is shown."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from audit.events import Scope, record_event
from audit.models import AuditEvent
from reportcards.actions import certificates as actions
from reportcards.certificates.forms import KeyFileForm
from reportcards.errors import CertificateNotUsable
from reportcards.models import StoredKey
from reportcards.sealed_keys import open_stored_key
from reportcards.signing.demo_authority import as_pkcs12
from reportcards.signing.refusals import SigningRefused
from tests.pages import user_of
from tests.reportcards.certificates.holders import of_person, of_school, registered_file
from tests.reportcards.digital_cards import PASSPHRASE

pytestmark = pytest.mark.usefixtures("trusted_demo")

NEW = reverse("new_certificate", args=["pkcs12"])
NEW_SEAL = reverse("new_seal_certificate", args=["pkcs12"])


@pytest.fixture
def issued(cast, demo_authority):
    return of_person(demo_authority, cast.ngoc)


@pytest.fixture
def container(issued, demo_authority):
    return as_pkcs12(issued, demo_authority, PASSPHRASE)


@pytest.fixture
def secrets(issued, container) -> list[bytes]:
    """What may stand nowhere: the passphrase, the file, and its key in every form."""
    numbers = issued.key.private_numbers()
    return [
        PASSPHRASE.encode(),
        container,
        container[40:80],
        issued.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        numbers.private_value.to_bytes(32),
        str(numbers.private_value).encode(),
    ]


def written_rows() -> Iterator[bytes]:
    """Every value of every table, as the database's files hold it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield from map(as_bytes, row)


def as_bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return str(value).encode()


def found(secrets: list[bytes], texts: list[bytes]) -> list[bytes]:
    """Also escaped, as reports and JSON write what is not ASCII."""
    forms = [
        form
        for secret in secrets
        for form in (
            secret,
            repr(secret).encode()[2:-1],
            secret.hex().encode(),
            ascii(secret.decode(errors="replace")).encode()[1:-1],
            json.dumps(secret.decode(errors="replace")).encode()[1:-1],
        )
    ]
    return [form for form in forms if any(form in text for text in texts)]


def upload(client, url, container, passphrase=PASSPHRASE):
    file = SimpleUploadedFile("khoa.p12", container)
    return client.post(url, {"container": file, "passphrase": passphrase})


@pytest.fixture
def ngoc(cast) -> Client:
    client = Client()
    client.force_login(user_of(cast, "ngoc"))
    return client


def test_the_search_finds_what_it_looks_for(cast, secrets):
    record_event(
        "x", by=cast.ngoc.user, target=cast.ngoc, scope=Scope(), changes={"x": (1, PASSPHRASE)}
    )
    assert found(secrets, list(written_rows()))


def test_nothing_secret_is_written_into_the_database(ngoc, container, secrets):
    assert upload(ngoc, NEW, container).status_code == 302
    row = StoredKey.objects.select_related("certificate").get().certificate
    assert open_stored_key(row, PASSPHRASE)
    assert found(secrets, list(written_rows())) == []


def test_a_refused_upload_leaves_nothing_either(cast, ngoc, demo_authority, secrets):
    other = as_pkcs12(of_person(demo_authority, cast.binh), demo_authority, PASSPHRASE)
    assert upload(ngoc, NEW, other).status_code == 422
    assert found([*secrets, other], list(written_rows())) == []


def test_nothing_secret_is_logged(ngoc, container, secrets, caplog):
    caplog.set_level(logging.DEBUG)
    for passphrase in (PASSPHRASE, PASSPHRASE + "x", PASSPHRASE):
        upload(ngoc, NEW, container, passphrase)
    texts = [record.getMessage().encode() for record in caplog.records]
    assert found(secrets, texts) == []


def test_nothing_secret_is_shown(ngoc, container, secrets):
    texts = [upload(ngoc, NEW, container, PASSPHRASE + "x").content]
    texts.append(ngoc.get(reverse("my_certificates")).content)
    assert found(secrets, texts) == []


def test_nothing_secret_stands_in_the_events(ngoc, container, secrets):
    upload(ngoc, NEW, container)
    events = AuditEvent.objects.filter(event__startswith="signing_certificate")
    assert events
    assert found(secrets, [str(event.changes).encode() for event in events]) == []


def test_nothing_secret_stands_in_what_objects_say_of_themselves(
    cast, demo_authority, issued, container, secrets
):
    row = registered_file(cast, demo_authority, issued=issued)
    signer = open_stored_key(row, PASSPHRASE)
    form = KeyFileForm({"passphrase": PASSPHRASE}, {"container": SimpleUploadedFile("x.p12", b"1")})
    told = [repr(each) for each in (row, row.stored_key, signer, form)]
    told += [str(each) for each in (row, row.stored_key, signer)]
    assert found(secrets, [text.encode() for text in told]) == []


@pytest.mark.parametrize("passphrase", ["another-2027", PASSPHRASE + "x"])
def test_nothing_secret_stands_in_a_refusal(
    cast, demo_authority, issued, container, secrets, passphrase
):
    row = registered_file(cast, demo_authority, issued=issued)
    with pytest.raises(SigningRefused) as refusal:
        open_stored_key(row, passphrase)
    with pytest.raises(CertificateNotUsable) as other:
        actions.register_key_file(
            container=container, passphrase=passphrase, owner=cast.ngoc, by=cast.ngoc
        )
    texts = [f"{error.value!r} {error.value.args}".encode() for error in (refusal, other)]
    assert found([*secrets, passphrase.encode()], texts) == []


# What a report about an error shows of the frames that it passed


@pytest.fixture
def reports() -> Iterator[list[str]]:
    """As the administrator of a server in production gets them, with the frames' variables."""
    kept: list[str] = []

    def keep(request, **kwargs):
        reporter = ExceptionReporter(request, *sys.exc_info())
        kept.extend((reporter.get_traceback_html(), reporter.get_traceback_text()))

    got_request_exception.connect(keep, weak=False)
    yield kept
    got_request_exception.disconnect(keep)


class Broken(Exception):
    pass


def break_with_secrets_in_its_frame(container, **kwargs):
    """Stands where the file is sealed, with the file among its variables."""
    unguarded = container
    raise Broken(len(unguarded))


def test_an_error_report_of_the_page_shows_nothing_secret(
    ngoc, container, secrets, reports, monkeypatch, settings
):
    settings.DEBUG = False
    monkeypatch.setattr(actions, "seal", break_with_secrets_in_its_frame)
    ngoc.raise_request_exception = False
    assert upload(ngoc, NEW, container).status_code == 500
    assert all("Broken" in report for report in reports)
    assert "break_with_secrets_in_its_frame" in reports[0]
    assert found(secrets, [report.encode() for report in reports]) == []


def test_an_error_report_about_the_seal_shows_nothing_secret(
    cast, demo_authority, reports, monkeypatch, settings
):
    settings.DEBUG = False
    container = as_pkcs12(of_school(demo_authority, cast.school), demo_authority, PASSPHRASE)
    monkeypatch.setattr(actions, "_register", break_with_secrets_in_its_frame)
    client = Client(raise_request_exception=False)
    client.force_login(cast.van.user)
    assert upload(client, NEW_SEAL, container).status_code == 500
    assert reports
    secrets = [PASSPHRASE.encode(), container]
    assert found(secrets, [report.encode() for report in reports]) == []


def report_of(function, *args, **kwargs) -> bytes:
    try:
        function(*args, **kwargs)
    except Broken:
        return ExceptionReporter(None, *sys.exc_info()).get_traceback_html().encode()
    raise AssertionError("nothing was raised")


def test_an_error_report_of_a_command_that_registers_shows_nothing_secret(
    cast, container, secrets, monkeypatch, settings, tmp_path
):
    """Where no view stands around the action."""
    settings.DEBUG = False
    monkeypatch.setattr(actions, "seal", break_with_secrets_in_its_frame)
    path = tmp_path / "khoa.p12"
    path.write_bytes(container)

    def register(path):
        actions.register_key_file(
            container=path.read_bytes(), passphrase=PASSPHRASE, owner=cast.ngoc, by=cast.ngoc
        )

    report = report_of(register, path)
    assert b"break_with_secrets_in_its_frame" in report
    assert found(secrets, [report]) == []


def test_an_error_report_of_signing_shows_nothing_secret(
    cast, demo_authority, issued, secrets, monkeypatch, settings
):
    settings.DEBUG = False
    row = registered_file(cast, demo_authority, issued=issued)

    def broken(container, passphrase):
        raise Broken

    monkeypatch.setattr("reportcards.sealed_keys.Pkcs12Signer.open", broken)
    typed = list(PASSPHRASE)
    report = report_of(lambda: open_stored_key(row, "".join(typed)))
    assert found(secrets, [report]) == []
