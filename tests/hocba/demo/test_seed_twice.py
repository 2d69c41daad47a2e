import functools
import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from assessments.models import SignOff
from audit.models import AuditEvent
from students.models import Student

pytestmark = pytest.mark.any_database  # what is laid out, not how it is stored

MADE_ANEW = ("signing_certificate.", "revocation_list.", "report_card.")


def story(today):
    """What a seed tells: names, what was signed, and the whole log. It is rolled back."""
    with transaction.atomic():
        call_command(
            "seed_demo", f"--today={today}", "--streams=1", "--pupils=2", stdout=StringIO()
        )
        told = {
            "names": list(Student.objects.order_by("pk").values_list("full_name", "personal_id")),
            "signed": _unordered(
                {**payload, "student": {**payload["student"], "id": None}}
                for payload in SignOff.objects.values_list("payload", flat=True)
            ),
            "log": _unordered(_log()),
        }
        transaction.set_rollback(True)
    return told


def _log():
    """Keys and numbers of cards are made anew by each seed: what names one is left out."""
    for event in AuditEvent.objects.values("event", "at", "changes", "reason"):
        if event["event"].startswith(MADE_ANEW):
            event["changes"] = {}
        yield event


def _unordered(rows):
    """In which order a database keeps what happened at one moment, and by which number, is its."""
    return sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)


def events_in(told):
    return Counter(json.loads(row)["event"] for row in told["log"])


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
    assert events_in(spring) == events_in(summer)
