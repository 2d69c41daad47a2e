"""Migrations that carry data over, there and back, with the locks in place afterwards."""

import pytest
from django.core.management import call_command

from assessments.models import Commendation, YearDecision
from tests.audit.triggers import refused, run_sql
from tests.cast import Cast
from tests.rows import locked_row, saved_row

pytestmark = pytest.mark.any_database


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
    decision = saved_row(YearDecision, cast)
    call_command("migrate", "assessments", "0007", verbosity=0)
    run_sql("UPDATE assessments_yeardecision SET extraordinary_reward = 'Cứu bạn'")
    call_command("migrate", verbosity=0)
    commendation = Commendation.objects.get()
    assert (commendation.enrollment, commendation.wording) == (cast.anh, "Cứu bạn")
    assert commendation.is_printed_on_card
    assert commendation.decided_by_id == decision.decided_by_id


def test_a_reward_of_before_titles_is_the_title_that_its_result_brings(
    transactional_db: None, cast: Cast
) -> None:
    decision = saved_row(YearDecision, cast)
    call_command("migrate", "assessments", "0007", verbosity=0)
    run_sql("UPDATE assessments_yeardecision SET reward = 'Đạt danh hiệu Học sinh Xuất sắc'")
    call_command("migrate", verbosity=0)
    decision.refresh_from_db()
    assert decision.reward_title == "excellent_pupil"
