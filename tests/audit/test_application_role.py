"""The role that the program connects as does its work, and cannot touch what is kept."""

import pytest
from django.db import connection, models
from django.utils import timezone

from assessments import actions
from assessments.issue_locks import hold_enrollments, release_enrollment
from assessments.models import IssueLock, PeriodRecord, SignOff, SubjectResult
from audit.application_role import privileges_of
from audit.events import Scope, record_event
from audit.models import AuditChain, SystemJob
from audit.verification import verify_chain
from tests.assessments import states
from tests.audit.frozen import Charter, create_charters
from tests.audit.roles import ROLE, acting_as, forbidden, make_role
from tests.audit.triggers import APPEND_ONLY, FROZEN, LOCKABLE, on_postgresql, refused, run_sql
from tests.models import our_models
from tests.rows import locked_row, saved_row, valid_row

JOB = SystemJob("tests")
GUARDED = [*APPEND_ONLY, *FROZEN, *LOCKABLE]

pytestmark = on_postgresql


@pytest.fixture
def role(db: None) -> str:
    return make_role()


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_it_adds_and_reads_append_only_rows(role, model, cast):
    row = valid_row(model, cast)
    with acting_as(role):
        row.save()
        assert model._base_manager.count() == 1


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_it_changes_and_removes_none_of_them(role, model, cast):
    saved_row(model, cast)
    table = model._meta.db_table
    with acting_as(role):
        for statement in [f"UPDATE {table} SET id = id", f"DELETE FROM {table}"]:
            with forbidden():
                run_sql(statement)


@pytest.mark.parametrize("model", FROZEN)
def test_it_changes_the_living_fields_of_frozen_rows_alone(role, model, cast):
    saved_row(model, cast)
    table = model._meta.db_table
    living = [model._meta.get_field(name).column for name in model.living_fields]
    with acting_as(role):
        for column in living:
            run_sql(f"UPDATE {table} SET {column} = {column}")
        for field in model._meta.concrete_fields:
            if field.column not in living:
                with forbidden():
                    run_sql(f"UPDATE {table} SET {field.column} = {field.column}")
        with forbidden():
            run_sql(f"DELETE FROM {table}")


@pytest.mark.parametrize("model", LOCKABLE)
def test_locked_rows_hold_against_it(role, model, cast):
    locked_row(model, cast)
    table = model._meta.db_table
    with acting_as(role):
        for statement in [f"UPDATE {table} SET id = id", f"DELETE FROM {table}"]:
            with refused("locked"):
                run_sql(statement)


@pytest.mark.parametrize("model", GUARDED)
def test_it_neither_empties_nor_owns_a_table(role, model):
    table = model._meta.db_table
    trigger = f"{table}_{kind_of(model)}_update"
    with acting_as(role):
        for statement in [
            f"TRUNCATE {table} CASCADE",
            f"DROP TABLE {table} CASCADE",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"DROP TRIGGER {trigger} ON {table}",
            f"ALTER TABLE {table} RENAME TO gone",
            f"CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION {trigger}()",
            f"CREATE RULE mine AS ON INSERT TO {table} DO INSTEAD NOTHING",
        ]:
            with forbidden():
                run_sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id integer)",
        "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE TEMPORARY TABLE mine (id integer)",
        "CREATE SCHEMA mine",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
        "DROP FUNCTION audit_auditevent_append_only_update() CASCADE",
    ],
)
def test_it_makes_and_switches_nothing(role, statement):
    with acting_as(role), forbidden():
        run_sql(statement)


def test_a_temporary_table_hides_no_lock(role, cast):
    """Where somebody let the role make one all the same."""
    saved_row(PeriodRecord, cast)
    hold_enrollments([cast.anh], timezone.now())
    run_sql(f'GRANT TEMPORARY ON DATABASE "{connection.settings_dict["NAME"]}" TO {role}')
    with acting_as(role):
        run_sql("CREATE TEMPORARY TABLE assessments_issuelock (enrollment_id bigint)")
        with refused("locked"):
            run_sql("UPDATE assessments_periodrecord SET height_cm = 120")


def test_it_does_the_work_of_a_term(role, cast):
    with acting_as(role):
        signed = states.signed_off(cast)
        actions.reopen_class_period(class_period=signed, reason="Sai điểm", by=cast.hanh)
        states.submit(cast)
    assert SignOff.objects.count() == 3
    assert verify_chain(cast.school.pk).findings == []


def test_it_begins_the_chain_of_a_new_school(role, cast):
    with acting_as(role):
        for _ in range(2):
            record_event("x.y", by=JOB, target=cast.school, scope=Scope(4321))
    assert AuditChain.objects.get(pk=4321).length == 2


def test_it_holds_and_releases(role, cast):
    row = saved_row(SubjectResult, cast)
    with acting_as(role):
        hold_enrollments([cast.anh], timezone.now())
        with refused("locked"):
            row.delete()
        release_enrollment(cast.anh)
        row.delete()
    assert not IssueLock.objects.exists()


@pytest.mark.parametrize("model", our_models())
def test_it_reads_and_fills_every_table(role, model, cast):
    row = valid_row(model, cast)
    with acting_as(role):
        row.save()
        assert model._base_manager.filter(pk=row.pk).exists()


def test_it_changes_a_frozen_rows_state_as_the_table_says(db):
    create_charters()
    Charter.objects.create(text="Em", number=1)
    run_sql(f"CREATE ROLE {ROLE}")
    run_sql(f"GRANT {privileges_of(Charter)} ON audit_charter TO {ROLE}")
    with acting_as(ROLE):
        Charter.objects.update(state="signed")
        with refused("frozen"):
            Charter.objects.update(state="created")
        with forbidden():
            run_sql("UPDATE audit_charter SET text = 'khác'")


def kind_of(model: type[models.Model]) -> str:
    kinds = {"append_only": APPEND_ONLY, "frozen": FROZEN, "locked": LOCKABLE}
    return next(kind for kind, guarded in kinds.items() if model in guarded)
