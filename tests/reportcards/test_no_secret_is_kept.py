"""A passphrase or PIN stands in no row, log, event, session, task or report of an error."""

import logging
import sys
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.signals import got_request_exception
from django.db import connection
from django.urls import reverse
from django.views.debug import ExceptionReporter

from reportcards import actions
from reportcards.models import SlotKey
from reportcards.tasks import sign_run
from tests.pages import client_of
from tests.reportcards.digital_cards import PASSPHRASE, sign
from tests.reportcards.signing_cases import homeroom_run, hsm_certificate

MISTYPED = "ngọc-ký-học-bạ-2072"
TOKENS_PIN = "738291"


def every_value() -> Iterator[tuple[str, str]]:
    """Everything in the database, table by table, as text; bytes as Latin-1."""
    tables = connection.introspection.table_names()
    assert len(tables) > len(apps.get_app_configs())
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield from ((table, as_text(value)) for value in row)


def as_text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return str(value)


def places_of(secret: str) -> list[str]:
    spellings = {
        secret,
        secret.encode().decode("latin-1"),
        secret.encode("unicode_escape").decode(),
    }
    return [
        table for table, text in every_value() if any(spelling in text for spelling in spellings)
    ]


def post_secret(client, run, secret):
    return client.post(reverse("sign_next", args=[run.pk]), {"secret": secret})


@pytest.fixture
def everything_logged(caplog):
    caplog.set_level(logging.DEBUG)
    return caplog


def test_the_search_finds_what_is_there(signed_class):
    """Else the other tests would prove nothing."""
    assert "schools_staffmember" in places_of("Trần Thị Ngọc")


class TestDatabase:
    def test_a_passphrase_that_signed_is_nowhere(self, signed_class, cards, certificates):
        run = homeroom_run(signed_class, cards, certificates)
        post_secret(client_of(signed_class, "ngoc"), run, PASSPHRASE)
        assert run.tasks.filter(state="signed").count() == 3
        assert places_of(PASSPHRASE) == []

    def test_neither_is_one_that_was_mistyped(self, signed_class, cards, certificates):
        """It is nearly the right one."""
        run = homeroom_run(signed_class, cards, certificates)
        post_secret(client_of(signed_class, "ngoc"), run, MISTYPED)
        assert places_of(MISTYPED) == []

    def test_nor_the_pin_of_a_token(
        self, signed_class, cards, certificates, demo_authority, token, settings
    ):
        hsm = hsm_certificate(signed_class, demo_authority, token, settings)
        settings.PKCS11_PIN = ""
        run = actions.start_signing_run(
            report_cards=cards, slot="homeroom", certificate=hsm, by=signed_class.ngoc
        )
        post_secret(client_of(signed_class, "ngoc"), run, "000000")
        post_secret(client_of(signed_class, "ngoc"), run, token.pin)
        assert run.tasks.filter(state="signed").count() == 3
        assert places_of(TOKENS_PIN) == []

    def test_nor_the_servers_own_pin(
        self,
        signed_class,
        cards,
        certificates,
        demo_authority,
        token,
        settings,
        django_capture_on_commit_callbacks,
    ):
        hsm = hsm_certificate(signed_class, demo_authority, token, settings)
        with django_capture_on_commit_callbacks(execute=True):
            run = actions.start_signing_run(
                report_cards=cards, slot="homeroom", certificate=hsm, by=signed_class.ngoc
            )
        sign_run.call(run.pk)
        assert run.tasks.filter(state="signed").count() == 3
        assert places_of(TOKENS_PIN) == []


class TestLogs:
    @pytest.mark.parametrize("secret", [PASSPHRASE, MISTYPED])
    def test_no_line_has_it(self, signed_class, cards, certificates, everything_logged, secret):
        run = homeroom_run(signed_class, cards, certificates)
        response = post_secret(client_of(signed_class, "ngoc"), run, secret)
        assert secret not in everything_logged.text
        assert secret not in str(response.headers)


class TestReportOfAnError:
    """The seal cannot be archived: an error of the machine, in the middle of signing."""

    @pytest.fixture
    def report(self, signed_class, cards, certificates, settings, tmp_path):
        sign(SlotKey.HOMEROOM, cards, certificates.ngoc, certificates, by=signed_class.ngoc)
        sign(SlotKey.LEADER, cards, certificates.hanh, certificates, by=signed_class.hanh)
        run = actions.start_signing_run(
            report_cards=cards, slot="seal", certificate=certificates.seal, by=signed_class.van
        )
        no_folder = tmp_path / "full"
        no_folder.write_text("a file where the archive's folder should be")
        settings.STORAGES["archive"]["OPTIONS"]["location"] = str(no_folder)
        settings.STORAGES = {**settings.STORAGES}
        settings.PKCS11_PIN = TOKENS_PIN
        return self.report_of(client_of(signed_class, "van"), run)

    def report_of(self, client, run):
        client.raise_request_exception = False
        reports = []

        def keep(sender, request, **_rest):
            reporter = ExceptionReporter(request, *sys.exc_info())
            reports.append(reporter.get_traceback_html() + reporter.get_traceback_text())

        got_request_exception.connect(keep)
        try:
            assert post_secret(client, run, PASSPHRASE).status_code == 500
        finally:
            got_request_exception.disconnect(keep)
        [report] = reports
        return report

    def test_it_tells_what_happened(self, report):
        assert "NotADirectoryError" in report or "FileExistsError" in report
        assert "sign_next_cards" in report

    def test_the_passphrase_is_not_in_it(self, report):
        assert PASSPHRASE not in report

    def test_neither_is_the_servers_pin(self, report):
        assert "PKCS11_PIN" in report
        assert TOKENS_PIN not in report
