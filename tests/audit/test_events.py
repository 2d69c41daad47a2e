import datetime

import pytest
from django.db import IntegrityError, transaction

from audit.events import Happening, Scope, record_event, record_events
from audit.models import AuditEvent, SystemJob
from tests.cast import NOW
from tests.rows import saved_row

JOB = SystemJob("tests")
EVENT = "student.updated"


def record(cast, by=None, event=EVENT, scope=None, **options):
    return record_event(
        event,
        by=by or cast.tam.user,
        target=cast.anh.student,
        scope=scope or Scope(cast.school.pk, cast.school_class.pk, cast.anh.student_id),
        **options,
    )


def stored(event):
    return AuditEvent.objects.get(pk=event.pk)


def test_an_event_says_who_what_and_when(cast):
    event = stored(record(cast))
    assert (event.actor, event.event, event.at) == (cast.tam.user, EVENT, NOW)


def test_an_event_says_of_which_row(cast):
    event = stored(record(cast))
    assert (event.target_type, event.target_id) == ("students.student", cast.anh.student_id)


def test_an_event_holds_old_and_new(cast):
    event = stored(record(cast, changes={"residence": ("Buôn Hồ", None)}))
    assert event.changes == {"residence": ["Buôn Hồ", None]}


def test_vietnamese_and_numbers_come_back_as_they_were(cast):
    event = stored(record(cast, changes={"Điểm KTĐK": (9, 10), "Nhận xét": ("", "Đọc tốt ✓")}))
    assert event.changes == {"Điểm KTĐK": [9, 10], "Nhận xét": ["", "Đọc tốt ✓"]}


def test_without_changes_there_is_an_empty_list_of_them(cast):
    assert stored(record(cast)).changes == {}


def test_a_reason_is_kept(cast):
    assert stored(record(cast, reason="Nhập nhầm điểm Toán")).reason == "Nhập nhầm điểm Toán"


def test_a_job_acts_by_its_name(cast):
    event = stored(record(cast, by=JOB))
    assert (event.actor, event.system_job) == (None, "tests")


def test_nobody_cannot_act(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        record(cast, by=SystemJob(""))


def test_many_events_are_one_insert(cast, django_assert_num_queries):
    happenings = [Happening(EVENT, cast.anh.student, Scope(cast.school.pk)) for _ in range(20)]
    record(cast)
    with django_assert_num_queries(3):  # the chain's head, the events, the head again
        record_events(happenings, by=JOB)
    assert AuditEvent.objects.count() == 21


def test_no_happening_is_no_event(cast):
    assert record_events([], by=JOB) == []


def test_events_keep_their_order(cast):
    names = [f"student.step_{number}" for number in range(5)]
    record_events([Happening(name, cast.anh.student, Scope()) for name in names], by=JOB)
    assert list(AuditEvent.objects.order_by("pk").values_list("event", flat=True)) == names


def test_an_event_goes_with_a_transaction_that_is_taken_back(cast):
    with transaction.atomic():
        record(cast)
        transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()


def test_an_event_outlives_what_it_speaks_of(cast):
    event = record(cast)
    student_id = cast.anh.student_id
    type(cast.anh).objects.filter(pk=cast.anh.pk).delete()
    cast.anh.student.guardians.all().delete()
    cast.anh.student.delete()
    assert stored(event).student_id == student_id


def test_the_histories_are_of_a_school_a_class_and_a_pupil(cast):
    here = record(cast)
    record(cast, scope=Scope(cast.other_school.pk, cast.other_class.pk, cast.stranger.student_id))
    events = AuditEvent.objects
    assert list(events.for_school(cast.school.pk)) == [here]
    assert list(events.about_class(cast.school_class.pk)) == [here]
    assert list(events.about_student(cast.anh.student_id)) == [here]


def test_an_event_of_the_whole_school_is_in_no_pupils_history(cast):
    record(cast, scope=Scope(cast.school.pk))
    assert not AuditEvent.objects.about_student(cast.anh.student_id).exists()
    assert not AuditEvent.objects.about_class(cast.school_class.pk).exists()


def test_the_newest_event_stands_first(cast):
    events = [record(cast, event=f"student.step_{number}") for number in range(3)]
    assert list(AuditEvent.objects.newest_first()) == events[::-1]


def test_the_newest_is_so_by_its_time(cast):
    late = saved_row(AuditEvent, cast, at=NOW + datetime.timedelta(hours=1), chain=999)
    record(cast)
    assert AuditEvent.objects.newest_first().first() == late


def test_an_event_reads_as_what_happened_to_what(cast):
    assert str(record(cast)) == f"student.updated students.student {cast.anh.student_id}"
