import pytest

from audit.models import AuditEvent
from tests.constraints import Forbidden, check_database_refuses, check_form_is_told

CASES = [
    Forbidden("audit_event_one_of_each_number", AuditEvent, after={}),
    Forbidden("audit_event_digests_sha256", AuditEvent, {"digest": "1" * 63}),
    Forbidden("audit_event_digests_sha256", AuditEvent, {"previous_digest": ""}),
    Forbidden("audit_event_actor_or_system_job", AuditEvent, {"actor": None}),
    Forbidden("audit_event_actor_or_system_job", AuditEvent, {"system_job": "seed_demo"}),
]

every_case = pytest.mark.parametrize("case", CASES, ids=str)


@every_case
def test_the_database_refuses(case, cast):
    check_database_refuses(case, cast)


@every_case
def test_a_form_is_told_why(case, cast):
    check_form_is_told(case, cast)
