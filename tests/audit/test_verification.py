"""Whatever is done to the events past the program and its triggers is found, and where."""

import json

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import verification
from audit.chain import CONTENT, START, digest_of
from audit.events import Happening, Scope, record_event, record_events
from audit.models import AuditChain, AuditEvent, SystemJob
from audit.triggers import faulty_triggers
from audit.verification import Finding, Head, Tampering, chains, verify_chain
from tests.audit.triggers import on_postgresql, on_sqlite, run_sql
from tests.flush import remove_all_triggers

JOB = SystemJob("tests")
SCHOOL = 1
LENGTH = 6
OTHER_VALUES = {
    "event": "student.created",
    "at": "2020-01-01 00:00:00+00:00",
    "system_job": "seed_demo",
    "school_class_id": 99,
    "student_id": 99,
    "target_type": "students.enrollment",
    "target_id": 99,
    "changes": '{"level": ["C", "T"]}',
    "reason": "khác",
}
NOT_CONTENT_ALONE = {"chain", "number", "previous_digest", "school_id", "actor_id"}


@pytest.fixture
def events(cast):
    """Six of one school and one of another, with nothing that guards them any more."""
    happenings = [
        Happening(f"student.step_{number}", cast.anh.student, Scope(SCHOOL), {"step": (0, number)})
        for number in range(1, LENGTH + 1)
    ]
    events = record_events(happenings, by=JOB)
    record_event("student.updated", by=JOB, target=cast.anh.student, scope=Scope(2))
    remove_all_triggers()
    return events


def findings(chain: int = SCHOOL, **options) -> list[tuple[Tampering, int]]:
    return [(row.kind, row.number) for row in verify_chain(chain, **options).findings]


def tamper(number: int, /, **values: object) -> None:
    columns = ", ".join(f"{name} = %s" for name in values)
    run_sql(
        f"UPDATE audit_auditevent SET {columns} WHERE chain = %s AND number = %s",
        *values.values(),
        SCHOOL,
        number,
    )


def remove(*numbers: int) -> None:
    for number in numbers:
        run_sql("DELETE FROM audit_auditevent WHERE chain = %s AND number = %s", SCHOOL, number)


def set_head(**values: object) -> None:
    AuditChain._base_manager.filter(pk=SCHOOL).update(**values)


def compute_anew(first: int) -> None:
    """What somebody does who knows the program: digests and head fit again."""
    previous = AuditEvent.objects.filter(chain=SCHOOL, number=first - 1).first()
    digest = previous.digest if previous else START
    for event in AuditEvent.objects.filter(chain=SCHOOL, number__gte=first).order_by("number"):
        event.previous_digest = digest
        digest = digest_of(event)
        tamper(event.number, previous_digest=event.previous_digest, digest=digest)
    set_head(digest=digest)


def test_what_nobody_touched_is_whole(events):
    report = verify_chain(SCHOOL)
    assert (report.findings, report.count) == ([], 0)
    assert report.head == Head(LENGTH, events[-1].digest)


def test_a_chain_that_was_never_begun_is_whole(db):
    assert verify_chain(77).findings == []


def test_every_chain_is_known(events):
    assert chains() == [1, 2]


def test_a_chain_whose_head_is_gone_is_known_by_its_events(events):
    AuditChain._base_manager.all()._raw_delete("default")
    assert chains() == [1, 2]


@pytest.mark.parametrize("number", range(1, LENGTH + 1))
@pytest.mark.parametrize(("column", "value"), OTHER_VALUES.items())
def test_changed_content_is_found_where_it_is(events, number, column, value):
    tamper(number, **{column: value})
    assert findings() == [(Tampering.CONTENT, number)]
    assert findings(2) == []


def test_every_column_of_content_is_tried():
    assert set(CONTENT) == {*OTHER_VALUES, *NOT_CONTENT_ALONE}


def test_another_actor_is_found(events, cast):
    tamper(3, actor_id=cast.tam.user.pk, system_job="")
    assert findings() == [(Tampering.CONTENT, 3)]


def test_an_event_given_to_another_school_is_found(events):
    tamper(3, school_id=2)
    assert findings() == [(Tampering.CONTENT, 3)]


def test_an_event_that_moved_to_another_chain_is_found_in_both(events):
    tamper(3, chain=2, number=50)
    assert findings() == [(Tampering.MISSING, 3)]
    assert findings(2) == [(Tampering.HEAD, 1)]


def test_content_with_a_digest_that_fits_it_breaks_the_link(events):
    tamper(3, reason="khác")
    tamper(3, digest=digest_of(AuditEvent.objects.get(chain=SCHOOL, number=3)))
    assert findings() == [(Tampering.LINK, 4)]


def test_the_same_of_the_last_one_is_found_at_the_head(events):
    tamper(LENGTH, reason="khác")
    tamper(LENGTH, digest=digest_of(AuditEvent.objects.get(chain=SCHOOL, number=LENGTH)))
    assert findings() == [(Tampering.HEAD, LENGTH)]


@pytest.mark.parametrize("number", range(1, LENGTH + 1))
def test_a_changed_digest_is_found(events, number):
    tamper(number, digest="f" * 64)
    assert findings() == [(Tampering.DIGEST, number)]


def test_a_changed_link_is_found(events):
    tamper(3, previous_digest="f" * 64)
    assert findings() == [(Tampering.LINK, 3), (Tampering.CONTENT, 3)]


def test_content_and_digest_changed_without_care_are_found(events):
    tamper(3, reason="khác", digest="f" * 64)
    assert findings() == [(Tampering.CONTENT, 3), (Tampering.LINK, 4)]


@pytest.mark.parametrize(
    ("removed", "found"),
    [((1,), 1), ((3,), 3), ((3, 4), 3), ((1, 2, 3), 1), ((LENGTH - 1,), LENGTH - 1)],
)
def test_missing_events_are_found(events, removed, found):
    remove(*removed)
    assert findings() == [(Tampering.MISSING, found)]


def test_two_gaps_are_two_findings(events):
    remove(2, 5)
    assert findings() == [(Tampering.MISSING, 2), (Tampering.MISSING, 5)]


def test_a_gap_closed_by_other_numbers_is_found(events):
    remove(3)
    for number in range(4, LENGTH + 1):
        tamper(number, number=number - 1)
    assert (Tampering.LINK, 3) in findings()
    assert (Tampering.TRUNCATED, LENGTH) in findings()


@pytest.mark.parametrize("left", range(LENGTH))
def test_a_tail_that_is_gone_is_found(events, left):
    remove(*range(left + 1, LENGTH + 1))
    assert findings() == [(Tampering.TRUNCATED, left + 1)]


def test_a_changed_event_before_a_tail_that_is_gone_is_found_too(events):
    remove(LENGTH)
    tamper(LENGTH - 1, reason="khác")
    assert findings() == [(Tampering.CONTENT, LENGTH - 1), (Tampering.TRUNCATED, LENGTH)]


def test_a_changed_event_before_a_gap_is_found_too(events):
    remove(3)
    tamper(2, reason="khác")
    assert findings() == [(Tampering.CONTENT, 2), (Tampering.MISSING, 3)]


def test_two_events_in_each_others_place_are_found(events):
    for number, place in [(3, 100), (4, 3), (100, 4)]:
        tamper(number, number=place)
    assert {number for _kind, number in findings()} >= {3, 4, 5}


def test_an_event_put_in_at_the_end_is_found(events):
    last = AuditEvent.objects.get(chain=SCHOOL, number=LENGTH)
    last.pk, last.number, last.previous_digest = None, LENGTH + 1, last.digest
    last.digest = digest_of(last)
    last.save_base(force_insert=True)
    assert findings() == [(Tampering.HEAD, LENGTH)]


def test_a_head_with_another_digest_is_found(events):
    set_head(digest="f" * 64)
    assert findings() == [(Tampering.HEAD, LENGTH)]


@pytest.mark.parametrize(
    ("length", "found"),
    [(LENGTH + 1, Tampering.TRUNCATED), (LENGTH - 1, Tampering.HEAD), (0, Tampering.HEAD)],
)
def test_a_head_with_another_length_is_found(events, length, found):
    set_head(length=length)
    assert found in {kind for kind, _number in findings()}


def test_a_head_that_is_gone_is_found(events):
    AuditChain._base_manager.filter(pk=SCHOOL)._raw_delete("default")
    assert findings() == [(Tampering.HEAD, LENGTH)]


def test_a_head_and_last_event_changed_to_fit_are_found_by_an_earlier_report(events):
    earlier = verify_chain(SCHOOL).head
    tamper(3, reason="khác")
    compute_anew(3)
    assert findings() == []
    assert findings(earlier=earlier) == [(Tampering.REWRITTEN, LENGTH)]


def test_a_tail_removed_with_its_head_is_found_by_an_earlier_report(events):
    earlier = verify_chain(SCHOOL).head
    remove(LENGTH)
    set_head(length=LENGTH - 1, digest=events[-2].digest)
    assert findings() == []
    assert findings(earlier=earlier) == [(Tampering.REWRITTEN, LENGTH)]


def test_a_whole_chain_that_is_gone_is_found_by_an_earlier_report(events):
    earlier = verify_chain(SCHOOL).head
    remove(*range(1, LENGTH + 1))
    AuditChain._base_manager.filter(pk=SCHOOL)._raw_delete("default")
    assert findings(earlier=earlier) == [(Tampering.REWRITTEN, LENGTH)]


def test_an_earlier_report_holds_while_the_chain_grows(events, cast):
    earlier = verify_chain(SCHOOL).head
    record_event("student.updated", by=JOB, target=cast.anh.student, scope=Scope(SCHOOL))
    assert findings(earlier=earlier) == findings(earlier=Head(0, START)) == []


def test_a_finding_names_the_row(events):
    tamper(3, reason="khác")
    assert verify_chain(SCHOOL).findings == [Finding(Tampering.CONTENT, 3, events[2].pk)]


def test_findings_beyond_the_most_are_counted(events, monkeypatch):
    monkeypatch.setattr(verification, "MOST_KEPT", 2)
    for number in range(1, LENGTH + 1):
        tamper(number, reason="khác")
    report = verify_chain(SCHOOL)
    assert (len(report.findings), report.count) == (2, LENGTH)


def test_events_are_fetched_a_few_at_a_time(events, monkeypatch):
    monkeypatch.setattr(verification, "AT_ONCE", 2)
    assert findings() == []


def test_every_kind_of_tampering_is_explained():
    assert set(verification.EXPLANATIONS) == set(Tampering)


@on_sqlite
@pytest.mark.parametrize("value", ["khi nao", "2027-13-45 00:00:00", 12])
def test_a_time_that_is_none_is_found(events, value):
    """SQLite keeps whatever it is given."""
    tamper(3, at=value)
    assert findings()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.integers(1, LENGTH),
    reason=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
    step=st.integers(-9, 9),
)
def test_a_chain_is_whole_if_and_only_if_nothing_differs(events, number, reason, step):
    tamper(number, reason=reason, changes=json.dumps({"step": [0, step]}))
    is_same = not reason and step == number
    assert (not findings()) == is_same
    tamper(number, reason="", changes=json.dumps({"step": [0, number]}))


def test_no_trigger_is_faulty_after_migrate(db):
    assert faulty_triggers(connection) == []


def test_triggers_that_are_gone_are_named(db):
    remove_all_triggers()
    faulty = faulty_triggers(connection)
    assert "audit_auditevent_append_only_update" in faulty
    assert "assessments_periodrecord_locked_delete" in faulty


@on_sqlite
def test_a_trigger_that_refuses_nothing_is_named(db):
    name = "audit_auditevent_append_only_update"
    run_sql(f"DROP TRIGGER {name}")
    run_sql(f"CREATE TRIGGER {name} BEFORE UPDATE ON audit_auditevent BEGIN SELECT 1; END")
    assert faulty_triggers(connection) == [name]


@on_postgresql
def test_a_function_that_refuses_nothing_is_named(db):
    name = "audit_auditevent_append_only_update"
    run_sql(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        " $$BEGIN RETURN NEW; END$$"
    )
    assert faulty_triggers(connection) == [name]


@on_postgresql
def test_a_trigger_that_is_switched_off_is_named(db):
    name = "audit_auditevent_append_only_update"
    run_sql(f"ALTER TABLE audit_auditevent DISABLE TRIGGER {name}")
    assert faulty_triggers(connection) == [name]
