"""`manage.py grant_application_role`: what it grants, and to whom it does not."""

import pytest
from django.core.management import CommandError
from django.db import transaction
from django.db.utils import ProgrammingError

from assessments.models import PeriodRecord
from audit.application_role import privileges_of
from audit.models import AuditChain, AuditEvent
from tests.audit.roles import ROLE, acting_as, grant, granted, make_role
from tests.audit.triggers import on_postgresql, on_sqlite, run_sql


@pytest.fixture
def role(db: None) -> str:
    return make_role()


@on_sqlite
def test_sqlite_has_no_roles(db):
    with pytest.raises(CommandError, match="Only PostgreSQL has roles"):
        grant(ROLE)


def test_what_each_kind_of_model_needs():
    assert privileges_of(PeriodRecord) == "SELECT, INSERT, UPDATE, DELETE"
    assert privileges_of(AuditEvent) == "SELECT, INSERT"
    assert privileges_of(AuditChain) == 'SELECT, INSERT, UPDATE ("length", "digest")'


@on_postgresql
def test_twice_is_as_once(role):
    before = granted()
    grant(ROLE)
    assert granted() == before


@on_postgresql
def test_it_takes_back_what_was_granted_otherwise(role):
    before = granted()
    run_sql(f"GRANT ALL ON audit_auditevent TO {ROLE}")
    run_sql(f"GRANT UPDATE (reason) ON audit_auditevent TO {ROLE}")
    run_sql("GRANT DELETE ON assessments_signoff TO PUBLIC")
    grant(ROLE)
    assert granted() == before


@on_postgresql
def test_it_makes_the_role_where_it_is_told_to(db):
    grant("another_app", "--create")
    assert granted("another_app")


@on_postgresql
def test_a_role_that_is_there_is_not_made_again(role):
    grant(ROLE, "--create")


@on_postgresql
def test_a_role_that_nobody_knows_is_told(db):
    with pytest.raises(CommandError, match="No role is named nobody_app"):
        grant("nobody_app")


@on_postgresql
def test_a_superuser_is_refused(db):
    run_sql("CREATE ROLE strong_app SUPERUSER")
    with pytest.raises(CommandError, match="strong_app is a superuser"):
        grant("strong_app")


@on_postgresql
def test_who_belongs_to_the_owner_is_refused(db):
    run_sql("CREATE ROLE owner_app")
    run_sql("ALTER TABLE audit_auditevent OWNER TO owner_app")
    run_sql("CREATE ROLE member_app IN ROLE owner_app")
    for name in ("owner_app", "member_app"):
        with pytest.raises(CommandError, match="owns tables, or is a member"):
            grant(name)


@on_postgresql
def test_it_prints_the_statements_for_somebody_else_to_run(db):
    printed = grant("printed_app", "--sql")
    assert 'GRANT SELECT, INSERT ON "audit_auditevent" TO "printed_app";' in printed
    with pytest.raises(CommandError):
        grant("printed_app")


@on_postgresql
def test_a_name_is_quoted(db):
    grant("học bạ", "--create")
    assert granted("học bạ")


@on_postgresql
def test_a_former_versions_table_is_out_of_reach(db):
    run_sql("CREATE TABLE of_a_former_version (id integer)")
    run_sql(f"CREATE ROLE {ROLE}")
    grant(ROLE)
    with acting_as(ROLE), pytest.raises(ProgrammingError), transaction.atomic():
        run_sql("SELECT * FROM of_a_former_version")
