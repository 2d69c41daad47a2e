import functools
from io import StringIO

from django.core.management import call_command
from django.db import transaction

from assessments.models import SignOff
from audit.models import AuditEvent
from students.models import Student


def story(today):
    """What a seed tells: names, what was signed, and the whole log. It is rolled back."""
    with transaction.atomic():
        call_command(
            "seed_demo", f"--today={today}", "--streams=1", "--pupils=2", stdout=StringIO()
        )
        told = {
            "names": list(Student.objects.order_by("pk").values_list("full_name", "personal_id")),
            "signed": [
                _without_row_number(payload)
                for payload in SignOff.objects.order_by("pk").values_list("payload", flat=True)
            ],
            "log": list(AuditEvent.objects.order_by("pk").values_list("event", "at", "changes")),
        }
        transaction.set_rollback(True)
    return told


def _without_row_number(payload):
    """A database that has been used before numbers its rows differently."""
    return {**payload, "student": {**payload["student"], "id": None}}


kept_story = functools.cache(story)


def test_two_seeds_of_a_day_tell_the_same_story(db):
    first, second = kept_story("2027-03-10"), story("2027-03-10")
    assert first["names"] == second["names"]
    assert first["signed"] == second["signed"]
    assert first["log"] == second["log"]


def test_seeds_of_other_days_differ_in_their_dates_only(db):
    spring, summer = kept_story("2027-03-10"), story("2027-07-20")
    assert spring["names"] == summer["names"]
    assert spring["log"] != summer["log"]
    assert [event for event, *_ in spring["log"]] == [event for event, *_ in summer["log"]]
