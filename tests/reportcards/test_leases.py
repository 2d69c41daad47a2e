"""A row is taken for a while; a dead worker's is free once the lease is over: in each queue."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from reportcards.models import PrintRun, Rendering, SigningTask
from reportcards.models.leases import LEASE, is_taken, taken_by_nobody
from tests.rows import saved_row

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2027, 6, 7, 1, 30, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
QUEUES = [PrintRun, Rendering, SigningTask]
UNTIL = {
    "never taken": (None, False),
    "long over": (NOW - LEASE, False),
    "just over": (NOW - SECOND, False),
    "ending now": (NOW, True),
    "just taken": (NOW + LEASE, True),
}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.mark.parametrize(("until", "expected"), UNTIL.values(), ids=UNTIL)
def test_whether_a_lease_holds(until, expected):
    assert is_taken(until) == expected


@pytest.mark.parametrize(("until", "expected"), UNTIL.values(), ids=UNTIL)
@pytest.mark.parametrize("queue", QUEUES)
def test_the_database_says_the_same(cast, queue, until, expected):
    row = saved_row(queue, cast)
    queue.objects.filter(pk=row.pk).update(leased_until=until)
    assert queue.objects.filter(taken_by_nobody(), pk=row.pk).exists() != expected


@pytest.mark.parametrize("queue", [Rendering, SigningTask])
def test_what_waits_and_nobody_has_is_free(cast, queue):
    row = saved_row(queue, cast)
    assert row in queue.objects.free()


@pytest.mark.parametrize("queue", [Rendering, SigningTask])
def test_what_somebody_has_is_not(cast, queue):
    row = saved_row(queue, cast)
    queue.objects.filter(pk=row.pk).update(leased_until=timezone.now() + LEASE)
    assert row not in queue.objects.free()


@pytest.mark.parametrize("queue", [Rendering, SigningTask])
def test_a_dead_workers_row_is_free_once_the_lease_is_over(cast, queue):
    row = saved_row(queue, cast)
    queue.objects.filter(pk=row.pk).update(leased_until=timezone.now() + LEASE)
    with time_machine.travel(NOW + LEASE + SECOND, tick=False):
        assert row in queue.objects.free()
