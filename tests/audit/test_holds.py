"""An app keeps a row of an app above it while one of its own rows stands on it."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Q
from django.utils import timezone

from assessments.models import IssueLock, PeriodRecord
from audit.holds import Hold
from audit.triggers import remove_triggers
from exchange.models import EditFate, SheetEdit
from tests.assessments.held_rows import hold
from tests.audit.locked_rows import CHANGES
from tests.audit.triggers import (
    column_values,
    insert_statement,
    installed_triggers,
    on_postgresql,
    on_sqlite,
    refused,
    run_sql,
    truncate,
)
from tests.cast import Cast
from tests.rows import saved_row

STANDING = (EditFate.CHANGES, "issued")
HOLD = Hold(
    held="assessments.IssueLock",
    by="exchange.SheetEdit",
    key="enrollment",
    condition=Q(fate__in=STANDING),
)
OPERATIONS = {
    "sqlite": ["insert", "update", "delete"],
    "postgresql": ["insert", "update", "delete", "truncate"],
}
HOLDING = {
    f"assessments_issuelock_held_by_sheetedit_{verb}" for verb in OPERATIONS[connection.vendor]
}


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if edits of a class sheet were cards: they are rows of a lower app with an enrolment."""
    exchange = apps.get_app_config("exchange")
    monkeypatch.setattr(exchange, "holds", (HOLD,), raising=False)
    install()
    yield
    remove_triggers(app_config=exchange, using=DEFAULT_DB_ALIAS)


@pytest.fixture
def declared_beside_rows(cast: Cast, declared: None) -> Cast:
    return cast


def install(**options: object) -> None:
    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS, **options)


@pytest.fixture
def card(declared_beside_rows: Cast) -> SheetEdit:
    """It stands on Anh's lock."""
    hold(declared_beside_rows.anh)
    return saved_row(SheetEdit, declared_beside_rows)


def test_the_lock_is_not_deleted(card):
    with refused("held"):
        IssueLock.objects.all().delete()
    with refused("held"):
        run_sql("DELETE FROM assessments_issuelock")


def test_the_lock_is_not_changed(card, cast):
    with refused("held"):
        IssueLock.objects.update(held_at=timezone.now())
    with refused("held"):
        run_sql("UPDATE assessments_issuelock SET enrollment_id = %s", cast.duc.pk)


@on_sqlite
def test_the_lock_is_not_replaced(card):
    lock = IssueLock.objects.get()
    with refused("held"):
        run_sql(insert_statement(lock, "INSERT OR REPLACE"), *column_values(lock))


@on_sqlite
def test_the_lock_is_not_pushed_out_by_another(card, cast):
    hold(cast.duc)
    with refused("held"):
        run_sql(
            "UPDATE OR REPLACE assessments_issuelock SET enrollment_id = %s"
            " WHERE enrollment_id = %s",
            cast.anh.pk,
            cast.duc.pk,
        )


@on_postgresql
def test_the_table_is_not_truncated(card):
    with refused("held"):
        truncate(IssueLock)


def test_a_row_that_does_not_fit_the_condition_holds_nothing(card):
    SheetEdit.objects.update(fate=EditFate.CONFLICT)
    IssueLock.objects.all().delete()
    assert not IssueLock.objects.exists()


def test_a_row_of_another_pupil_holds_nothing(card, cast):
    hold(cast.duc)
    IssueLock.objects.filter(enrollment=cast.duc).delete()
    assert [lock.enrollment for lock in IssueLock.objects.all()] == [cast.anh]


def test_the_chain_holds_from_the_card_to_the_results(card, cast):
    """While the card stands, the lock stays; while the lock stays, the results do."""
    name, value = CHANGES[PeriodRecord]
    record = PeriodRecord(class_period=cast.school_class.class_periods.create(period="end_term_1"))
    record.enrollment = cast.duc
    record.save()
    hold(cast.duc)
    with refused("locked"):
        PeriodRecord.objects.update(**{name: value})
    SheetEdit.objects.update(fate=EditFate.CONFLICT)
    IssueLock.objects.all().delete()
    PeriodRecord.objects.update(**{name: value})


def test_two_apps_hold_the_same_rows(declared_beside_rows):
    """Report cards hold the lock as well, by triggers of other names."""
    others = {name.replace("sheetedit", "reportcard") for name in HOLDING}
    assert installed_triggers() >= HOLDING | others


def test_migrate_installs_what_an_app_declares(declared_beside_rows):
    assert installed_triggers() >= HOLDING


def test_before_its_tables_are_there_nothing_is_installed(declared_beside_rows):
    install(apps=type(apps)())
    assert not installed_triggers() & HOLDING


@pytest.mark.parametrize(
    ("app", "target"), [("exchange", "zero"), ("assessments", "0010"), ("assessments", "zero")]
)
def test_either_app_is_migrated_back_and_forth(transactional_db, declared, app, target):
    call_command("migrate", app, target, verbosity=0)
    assert not installed_triggers() & HOLDING
    call_command("migrate", verbosity=0)
    assert installed_triggers() >= HOLDING


@pytest.mark.any_database
def test_a_migration_of_another_app_leaves_the_hold_as_it_was(transactional_db, card):
    """Its tables are rebuilt beneath the triggers, which are gone meanwhile."""
    call_command("migrate", "students", "0002", verbosity=0)
    call_command("migrate", verbosity=0)
    assert installed_triggers() >= HOLDING
