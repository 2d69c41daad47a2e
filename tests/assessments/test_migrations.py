"""Migrations that carry data over, there and back, with the locks in place afterwards."""

from django.core.management import call_command
from django.db import connection

from assessments.models import Commendation, YearDecision
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


def test_a_text_of_the_old_field_becomes_an_awarded_commendation(
    transactional_db: None, cast: Cast
) -> None:
    decision = locked_row(YearDecision, cast)
    call_command("migrate", "assessments", "0007", verbosity=0)
    with connection.cursor() as cursor:
        table = "UPDATE assessments_yeardecision SET"
        cursor.execute(f"{table} locked_at = NULL, signed_off_at = NULL, signed_off_by_id = NULL")
        cursor.execute(f"{table} extraordinary_reward = 'Cứu bạn'")
    call_command("migrate", verbosity=0)
    commendation = Commendation.objects.get()
    assert (commendation.enrollment, commendation.wording) == (cast.anh, "Cứu bạn")
    assert commendation.is_printed_on_card
    assert commendation.decided_by_id == decision.decided_by_id
