import datetime
import hashlib
import json

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from audit.chain import CONTENT, OF_NO_SCHOOL, START, digest_of, link
from audit.events import Happening, Scope, record_event, record_events, recorded_together
from audit.models import AuditChain, AuditEvent, FrozenError, SystemJob
from audit.verification import verify_chain
from tests.cast import NOW, Cast
from tests.rivals import Rivals, shared_database

JOB = SystemJob("tests")
HERE, THERE = Scope(1), Scope(2)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS | st.floats(-1e9, 1e9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


def record(cast: Cast, scope: Scope = HERE, name: str = "student.updated") -> AuditEvent:
    return record_event(name, by=JOB, target=cast.anh.student, scope=scope)


def happening(cast: Cast, scope: Scope, name: str = "student.updated") -> Happening:
    return Happening(name, cast.anh.student, scope)


def event(**values: object) -> AuditEvent:
    return AuditEvent(
        **{
            "chain": 7,
            "number": 3,
            "previous_digest": START,
            "event": "student.updated",
            "at": NOW,
            "system_job": "tests",
            "school_id": 7,
            "target_type": "students.student",
            "target_id": 1,
            **values,
        }
    )


def head_of(chain: int) -> AuditChain:
    return AuditChain.objects.get(pk=chain)


def test_the_first_event_starts_a_chain(cast):
    first = record(cast)
    assert (first.chain, first.number, first.previous_digest) == (1, 1, START)


def test_an_event_holds_the_digest_of_the_one_before(cast):
    events = [record(cast) for _ in range(3)]
    assert [row.number for row in events] == [1, 2, 3]
    assert [row.previous_digest for row in events[1:]] == [row.digest for row in events[:-1]]


def test_events_recorded_at_once_follow_each_other(cast):
    record(cast)
    events = record_events([happening(cast, HERE)] * 3, by=JOB)
    assert [row.number for row in events] == [2, 3, 4]
    assert verify_chain(1).findings == []


def test_the_head_stands_at_the_last_event(cast):
    last = [record(cast) for _ in range(2)][-1]
    assert (head_of(1).length, head_of(1).digest) == (2, last.digest)


def test_each_school_has_a_chain_of_its_own(cast):
    record(cast, HERE)
    assert record(cast, THERE).number == 1
    assert record(cast, HERE).number == 2


def test_events_of_several_schools_go_to_their_chains_in_one_call(cast):
    scopes = [HERE, THERE, Scope(), HERE]
    events = record_events([happening(cast, scope) for scope in scopes], by=JOB)
    assert [(row.chain, row.number) for row in events] == [
        (1, 1),
        (2, 1),
        (OF_NO_SCHOOL, 1),
        (1, 2),
    ]
    assert not any(verify_chain(chain).findings for chain in (OF_NO_SCHOOL, 1, 2))


def test_what_is_of_no_school_has_a_chain_too(cast):
    assert record(cast, Scope(student_id=4)).chain == OF_NO_SCHOOL


def test_a_further_event_takes_three_queries(cast, django_assert_num_queries):
    record(cast)
    with django_assert_num_queries(3):
        record(cast)


def test_two_schools_take_one_query_more(cast, django_assert_num_queries):
    record(cast, HERE), record(cast, THERE)
    with django_assert_num_queries(4):
        record_events([happening(cast, scope) for scope in (THERE, HERE) * 5], by=JOB)


def test_heads_are_locked_in_the_order_of_their_numbers(cast, django_assert_num_queries):
    record(cast, HERE), record(cast, THERE)
    with django_assert_num_queries(4) as queries:
        record_events([happening(cast, scope) for scope in (THERE, HERE)], by=JOB)
    assert 'ORDER BY "audit_auditchain"."chain"' in queries[0]["sql"]


def test_what_is_taken_back_leaves_the_chain_as_it_was(cast):
    record(cast)
    with transaction.atomic():
        record(cast)
        transaction.set_rollback(True)
    assert head_of(1).length == 1
    assert verify_chain(1).findings == []


def test_the_digest_is_that_of_the_written_form():
    """Spelled out once more: whoever verifies without this program needs no more than this."""
    row = event(changes={"Điểm": [9.0, 10]}, reason="Nhập nhầm", actor_id=None)
    content = {
        "format": "hocba.audit-event/1",
        "chain": 7,
        "number": 3,
        "previous_digest": "0" * 64,
        "event": "student.updated",
        "at": "2027-01-05T13:30:00.000000+00:00",
        "actor_id": None,
        "system_job": "tests",
        "school_id": 7,
        "school_class_id": None,
        "student_id": None,
        "target_type": "students.student",
        "target_id": 1,
        "changes": {"Điểm": [9, 10]},
        "reason": "Nhập nhầm",
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest_of(row) == hashlib.sha256(text.encode()).hexdigest()


def test_the_digest_is_over_everything_that_an_event_says():
    fields = {field.attname for field in AuditEvent._meta.concrete_fields}
    assert fields == {*CONTENT, "id", "digest"}


@pytest.mark.parametrize(
    ("name", "value"),
    {
        "chain": 8,
        "number": 4,
        "previous_digest": "1" * 64,
        "event": "student.created",
        "at": NOW + datetime.timedelta(microseconds=1),
        "actor_id": 5,
        "system_job": "other",
        "school_id": 8,
        "school_class_id": 1,
        "student_id": 1,
        "target_type": "students.enrollment",
        "target_id": 2,
        "changes": {"a": [1, 2]},
        "reason": " ",
    }.items(),
)
def test_any_other_value_gives_another_digest(name, value):
    assert digest_of(event(**{name: value})) != digest_of(event())


def test_every_part_is_tried():
    assert len({digest_of(event(number=number)) for number in range(50)}) == 50


@given(changes=st.dictionaries(TEXTS, st.tuples(VALUES, VALUES), max_size=3))
def test_a_stored_event_has_the_digest_that_it_was_given(django_db_blocker, changes):
    """Whatever a database makes of times, texts and numbers on the way."""
    with django_db_blocker.unblock(), transaction.atomic():
        row = event(changes={name: list(pair) for name, pair in changes.items()})
        link(row, AuditChain(chain=7, length=0, digest=START))
        row.save()
        assert digest_of(AuditEvent.objects.get(pk=row.pk)) == row.digest
        transaction.set_rollback(True)


test_a_stored_event_has_the_digest_that_it_was_given = pytest.mark.django_db(
    test_a_stored_event_has_the_digest_that_it_was_given
)


def test_a_head_is_neither_moved_elsewhere_nor_removed(cast):
    record(cast)
    with pytest.raises(FrozenError):
        AuditChain.objects.update(chain=9)
    with pytest.raises(FrozenError):
        head_of(1).delete()


def test_a_head_says_whose_it_is_and_how_long(cast):
    record(cast)
    assert str(head_of(1)) == "1: 1"


def test_events_recorded_together_are_written_at_the_end(cast):
    with transaction.atomic(), recorded_together():
        early = record(cast)
        assert early.pk is None
        assert not AuditEvent.objects.exists()
        record(cast, THERE)
    assert early.pk
    assert AuditEvent.objects.count() == 2
    assert not any(verify_chain(chain).findings for chain in (1, 2))


def test_they_keep_their_order_and_take_three_queries(cast, django_assert_num_queries):
    record(cast)
    with django_assert_num_queries(3), recorded_together():
        for number in range(5):
            record(cast, name=f"student.step_{number}")
    names = AuditEvent.objects.order_by("number").values_list("event", flat=True)
    assert list(names)[1:] == [f"student.step_{number}" for number in range(5)]


def test_one_together_within_another_waits_for_the_outer_one(cast):
    with recorded_together():
        with recorded_together():
            record(cast)
        assert not AuditEvent.objects.exists()
    assert AuditEvent.objects.count() == 1


def test_nothing_is_written_of_what_failed(cast):
    @recorded_together()
    def fail() -> None:
        record(cast)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not AuditEvent.objects.exists()
    record(cast)
    assert AuditEvent.objects.count() == 1


def test_nothing_recorded_together_is_nothing(cast, django_assert_num_queries):
    with django_assert_num_queries(0), recorded_together():
        pass


@shared_database
def test_two_writers_do_not_fork_the_chain(cast: Cast, rivals: Rivals) -> None:
    def write() -> None:
        for _ in range(10):
            record(cast)

    assert rivals.act_at_once(write, write) == [None, None]
    assert rivals.see(lambda: verify_chain(1).findings) == []
    assert rivals.see(lambda: head_of(1).length) == 20


@shared_database
def test_two_begin_a_chain(cast: Cast, rivals: Rivals) -> None:
    outcomes = rivals.act_at_once(*[lambda: record(cast).number] * 3)
    assert sorted(outcomes) == [1, 2, 3]
    assert rivals.see(lambda: verify_chain(1).findings) == []


@shared_database
def test_two_writers_to_two_chains_do_not_block_each_other(cast: Cast, rivals: Rivals) -> None:
    def write(*scopes: Scope) -> None:
        for _ in range(10):
            record_events([happening(cast, scope) for scope in scopes], by=JOB)

    outcomes = rivals.act_at_once(lambda: write(HERE, THERE), lambda: write(THERE, HERE))
    assert outcomes == [None, None]
    assert rivals.see(lambda: [head_of(chain).length for chain in (1, 2)]) == [20, 20]
