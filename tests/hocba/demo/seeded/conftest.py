"""One small demo school for all tests of this folder; what a test writes is rolled back."""

import datetime
from collections.abc import Iterator
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from schools.models import School, SchoolYear

TODAY = datetime.date(2027, 3, 10)
NOON = datetime.datetime(2027, 3, 10, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))


@pytest.fixture(scope="package")
def own_authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Made as of this school's day: another seed's may begin later."""
    trust_file = tmp_path_factory.mktemp("demo-ca") / "trust.pem"
    with override_settings(SIGNING_TRUST_FILE=str(trust_file)):
        yield


@pytest.fixture(scope="package")
def seeded(own_authority: None, django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        around_all_tests = transaction.atomic()
        around_all_tests.__enter__()
        call_command(
            "seed_demo", f"--today={TODAY}", "--streams=2", "--pupils=4", stdout=StringIO()
        )
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around_all_tests.__exit__(None, None, None)


@pytest.fixture
def school(seeded: None, db: None) -> Iterator[School]:
    with time_machine.travel(NOON, tick=False):
        yield School.objects.get(ministry_code="66243051")


@pytest.fixture
def stranger(school: School) -> School:
    return School.objects.exclude(pk=school.pk).get()


@pytest.fixture
def running(school: School) -> SchoolYear:
    return school.school_years.get(first_year=2026)


@pytest.fixture
def past(school: School) -> SchoolYear:
    return school.school_years.get(first_year=2025)
