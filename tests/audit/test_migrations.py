"""Events from before the chains are chained, there and back, with their triggers afterwards."""

import pytest
from django.core.management import call_command

from audit.chain import OF_NO_SCHOOL
from audit.events import Scope, record_event
from audit.models import AuditChain, AuditEvent, SystemJob
from audit.verification import verify_chain
from tests.audit.triggers import refused, run_sql
from tests.cast import Cast

JOB = SystemJob("tests")

pytestmark = pytest.mark.any_database


def record(cast: Cast, *school_ids: int | None) -> None:
    for school_id in school_ids:
        record_event(
            "student.updated",
            by=JOB,
            target=cast.anh.student,
            scope=Scope(school_id),
            changes={"Điểm": (9.0, None)},
        )


def chain_anew() -> None:
    call_command("migrate", "audit", "0001", verbosity=0)
    call_command("migrate", verbosity=0)


def test_what_was_recorded_before_is_chained_by_school(transactional_db, cast, monkeypatch):
    record(cast, 1, 2, 1, None, 1)
    monkeypatch.setattr("audit.migrations.0002_chain.AT_ONCE", 2)
    chain_anew()
    assert not any(verify_chain(chain).findings for chain in (OF_NO_SCHOOL, 1, 2))
    heads = AuditChain.objects.order_by("pk").values_list("pk", "length")
    assert list(heads) == [(OF_NO_SCHOOL, 1), (1, 3), (2, 1)]


def test_it_is_the_chain_that_would_have_been(transactional_db, cast):
    record(cast, 1, 2, 1)
    before = list(AuditEvent.objects.order_by("pk").values("chain", "number", "digest"))
    chain_anew()
    assert list(AuditEvent.objects.order_by("pk").values("chain", "number", "digest")) == before


def test_events_follow_afterwards(transactional_db, cast):
    record(cast, 1, 1)
    chain_anew()
    record(cast, 1)
    assert AuditEvent.objects.latest("pk").number == 3
    assert verify_chain(1).findings == []


def test_the_events_are_guarded_afterwards(transactional_db, cast):
    record(cast, 1)
    chain_anew()
    with refused("append-only"):
        run_sql("UPDATE audit_auditevent SET number = 2")


def test_an_empty_table_is_chained(transactional_db):
    chain_anew()
    assert not AuditChain.objects.exists()
