"""Migrations that carry data over, there and back, with the locks in place afterwards."""

from django.core.management import call_command

from assessments.models import YearDecision
from tests.audit.triggers import refused
from tests.cast import Cast
from tests.rows import locked_row


def test_a_decision_signed_before_decisions_were_locked_is_locked(
    transactional_db: None, cast: Cast
) -> None:
    decision = locked_row(YearDecision, cast)
    call_command("migrate", "assessments", "0001", verbosity=0)
    call_command("migrate", verbosity=0)
    decision.refresh_from_db()
    assert decision.locked_at == decision.signed_off_at
    with refused("locked"):
        YearDecision.objects.update(reward="Học sinh Xuất sắc")
