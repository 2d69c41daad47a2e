"""`manage.py verify_audit`, as somebody runs it who suspects something."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from audit.events import Scope, record_event
from audit.models import AuditEvent, SystemJob
from schools.models import School
from tests.audit.triggers import installed_triggers, run_sql
from tests.cast import Cast
from tests.flush import remove_all_triggers

JOB = SystemJob("tests")


def record(cast: Cast, scope: Scope) -> AuditEvent:
    return record_event("student.updated", by=JOB, target=cast.anh.student, scope=scope)


@pytest.fixture
def events(cast):
    """Three of Kim Đồng, one of Lê Lợi, one of no school."""
    events = [record(cast, Scope(cast.school.pk)) for _ in range(3)]
    record(cast, Scope(cast.other_school.pk))
    record(cast, Scope())
    return events


@pytest.fixture
def changed(events):
    remove_all_triggers()
    run_sql("UPDATE audit_auditevent SET reason = 'khác' WHERE id = %s", events[1].pk)
    call_command("migrate", verbosity=0)  # whoever did it has put the triggers back
    return events[1]


def verify(*arguments: object) -> tuple[int, str]:
    """The exit code and what was printed."""
    output = io.StringIO()
    try:
        call_command("verify_audit", *map(str, arguments), stdout=output)
    except SystemExit as end:
        return int(end.code), output.getvalue()
    return 0, output.getvalue()


def test_whole_chains_end_well(events, cast):
    code, text = verify()
    assert code == 0
    assert f"Chain {cast.school.pk}, {cast.school.ministry_code} {cast.school.name}: 3" in text
    assert "Chain 0, of no school: 1 event(s), whole" in text
    assert f"head {events[-1].digest}" in text


def test_an_empty_database_ends_well(db):
    assert verify() == (0, "")


def test_a_changed_event_is_said_in_words(changed, cast):
    code, text = verify()
    assert code == 1
    assert f"Chain {cast.school.pk}, {cast.school.ministry_code} {cast.school.name}: 3" in text
    assert f"event 2 (id {changed.pk}): content: what the event says is not" in text


def test_one_school_alone_is_verified(changed, cast):
    assert verify("--school", cast.other_school.ministry_code)[0] == 0
    code, text = verify("--school", cast.school.ministry_code)
    assert (code, text.count("Chain")) == (1, 1)


def test_a_school_that_nobody_knows_is_told(db):
    with pytest.raises(CommandError, match="No school has the ministry code 404"):
        verify("--school", "404")


def test_a_school_without_events_ends_well(cast):
    assert verify("--school", cast.school.ministry_code)[0] == 0


def test_the_report_as_json(changed, cast):
    code, text = verify("--json", "--school", cast.school.ministry_code)
    report = json.loads(text)
    [chain] = report["chains"]
    assert code == 1
    assert (report["format"], report["faulty_triggers"]) == ("hocba.audit-report/1", [])
    assert (chain["chain"], chain["length"], chain["count"]) == (cast.school.pk, 3, 1)
    assert chain["findings"] == [{"kind": "content", "number": 2, "event_id": changed.pk}]


def test_a_report_kept_elsewhere_finds_a_tail_that_is_gone(events, cast, tmp_path):
    earlier = tmp_path / "report.json"
    earlier.write_text(verify("--json")[1])
    assert verify("--since", earlier)[0] == 0
    remove_all_triggers()
    run_sql("DELETE FROM audit_auditevent WHERE id = %s", events[-1].pk)
    run_sql(
        "UPDATE audit_auditchain SET length = 2, digest = %s WHERE chain = %s",
        events[-2].digest,
        cast.school.pk,
    )
    call_command("migrate", verbosity=0)
    assert verify()[0] == 0
    code, text = verify("--since", earlier)
    assert code == 1
    assert "event 3: rewritten" in text


def test_a_chain_that_only_the_earlier_report_knows_is_missed(events, cast, tmp_path):
    earlier = tmp_path / "report.json"
    earlier.write_text(verify("--json")[1])
    remove_all_triggers()
    run_sql("DELETE FROM audit_auditevent")
    run_sql("DELETE FROM audit_auditchain")
    call_command("migrate", verbosity=0)
    code, text = verify("--since", earlier)
    assert (code, text.count("rewritten")) == (1, 3)


@pytest.mark.parametrize("content", ["", "[]", '{"chains": [{"chain": 1}]}'])
def test_what_is_no_report_is_refused(db, tmp_path, content):
    path = tmp_path / "report.json"
    path.write_text(content)
    with pytest.raises(CommandError, match="is no report of this command"):
        verify("--since", path)


def test_a_report_that_is_not_there_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="is no report of this command"):
        verify("--since", tmp_path / "none.json")


def test_triggers_that_are_gone_are_named(events):
    remove_all_triggers()
    code, text = verify()
    assert code == 1
    assert "Trigger audit_auditevent_append_only_update is gone" in text
    assert not installed_triggers()


def test_a_school_that_is_gone_keeps_its_chain(cast):
    record(cast, Scope(987654))
    assert not School.objects.filter(pk=987654).exists()
    assert "Chain 987654, of a school that is gone: 1 event(s), whole" in verify()[1]


def test_of_many_findings_the_first_are_printed(changed, monkeypatch):
    monkeypatch.setattr("audit.verification.MOST_KEPT", 0)
    assert "  and 1 more" in verify()[1]
