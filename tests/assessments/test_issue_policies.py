"""No action writes results behind a report card in force; the sentence says what to do instead."""

import pytest
import time_machine

from assessments import actions
from assessments.errors import CardInForce
from assessments.issue_locks import release_enrollment
from assessments.issue_policies import check_not_issued
from assessments.merge import Edit, RowEdit
from assessments.models import PeriodRecord, SignOff, SubjectResult
from assessments.workflow import Status
from audit.models import AuditEvent
from rulesets import Period
from students.models import Enrollment
from tests.assessments import states, year_ends
from tests.assessments.calls import CALLS, Call
from tests.assessments.filling import subject_row
from tests.assessments.held_rows import everything, hold
from tests.cast import IN_MAY, Cast

pytestmark = pytest.mark.any_database

WRITING_RESULTS = {
    "submit_class_period",
    "return_class_period",
    "sign_off_class_period",
    "reopen_class_period",
    "request_reopening",
    "decide_reopen_request",
    "submit_record",
    "return_record",
    "sign_off_record",
    "reopen_record",
    "save_subject_results",
    "save_trait_results",
    "save_period_records",
    "save_trait_notes",
    "propose_retest",
    "agree_to_retest",
    "enter_retest_score",
    "confirm_year_decisions",
    "confirm_year_decision",
    "refuse_reward",
    "restore_reward",
    "plan_supplementary_assessment",
    "save_supplementary_results",
    "submit_supplementary_assessment",
    "return_supplementary_assessment",
    "decide_supplementary_assessment",
    "reopen_supplementary_assessment",
}
SENTENCE = (
    "Học bạ năm học này của em Lê Minh Anh đã phát hành. "
    "Muốn sửa kết quả, hãy đề nghị thu hồi học bạ."
)

every_writing_call = pytest.mark.parametrize(
    "call", [call for call in CALLS if call.action in WRITING_RESULTS], ids=str
)
every_other_call = pytest.mark.parametrize(
    "call", [call for call in CALLS if call.action not in WRITING_RESULTS], ids=str
)


def whole_class(cast: Cast) -> list[Enrollment]:
    return [cast.anh, cast.hhen, cast.duc]


def who_may(call: Call, cast: Cast):
    return getattr(cast, call.may.split()[0])


def test_every_writing_action_is_known():
    assert {call.action for call in CALLS} > WRITING_RESULTS


@every_writing_call
def test_an_action_on_results_is_refused_with_a_sentence(cast: Cast, call: Call) -> None:
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
        hold(*whole_class(cast))
        before, events = everything(), AuditEvent.objects.count()
        with pytest.raises(CardInForce) as refusal:
            act(who_may(call, cast))
    assert "hãy đề nghị thu hồi học bạ" in str(refusal.value.message)
    assert (everything(), AuditEvent.objects.count()) == (before, events)


@every_writing_call
def test_it_succeeds_once_the_card_is_withdrawn(cast: Cast, call: Call) -> None:
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
        hold(*whole_class(cast))
        for pupil in whole_class(cast):
            release_enrollment(pupil)
        act(who_may(call, cast))


@every_other_call
def test_any_other_action_goes_on_and_leaves_the_results(cast: Cast, call: Call) -> None:
    with time_machine.travel(call.at, tick=False):
        act = call.ready(cast)
        hold(*whole_class(cast))
        before = everything()
        act(who_may(call, cast))
    assert everything() == before


def test_one_pupil_is_named(cast):
    hold(cast.anh)
    with pytest.raises(CardInForce) as refusal:
        check_not_issued([pupil.pk for pupil in whole_class(cast)])
    assert str(refusal.value.message) == SENTENCE


def test_several_pupils_are_named_in_roll_order(cast):
    hold(cast.duc, cast.anh)
    with pytest.raises(CardInForce) as refusal:
        check_not_issued([pupil.pk for pupil in whole_class(cast)])
    assert "của 2 em đã phát hành (Lê Minh Anh, Võ Trí Đức)" in str(refusal.value.message)


def test_of_many_the_first_are_named(cast, monkeypatch):
    monkeypatch.setattr("assessments.issue_policies.MOST_NAMES", 1)
    hold(cast.duc, cast.anh)
    with pytest.raises(CardInForce) as refusal:
        check_not_issued([pupil.pk for pupil in whole_class(cast)])
    assert "của 2 em đã phát hành (Lê Minh Anh, …)" in str(refusal.value.message)


def test_who_is_not_held_is_not_refused(cast):
    hold(cast.anh)
    check_not_issued([cast.duc.pk, cast.hhen.pk])


def test_a_signed_class_with_an_issued_card_is_not_reopened_as_a_whole(cast):
    signed = states.signed_off(cast)
    hold(cast.anh)
    with pytest.raises(CardInForce, match="Lê Minh Anh"):
        actions.reopen_class_period(class_period=signed, reason="Sai", by=cast.hanh)
    assert set(PeriodRecord.objects.values_list("status", flat=True)) == {Status.SIGNED_OFF}


def test_a_neighbour_is_reopened_corrected_and_signed_alone(cast):
    signed = states.signed_off(cast)
    hold(cast.anh)
    record = signed.records.get(enrollment=cast.duc)
    record = actions.reopen_record(record=record, reason="Sai điểm", by=cast.hanh)
    actions.save_subject_results(
        school_class=cast.school_class,
        period=Period.END_TERM_1,
        subject_code="toan",
        rows=[RowEdit(cast.duc.pk, {"score": Edit(9, 10)})],
        by=cast.ngoc,
    )
    record = actions.submit_record(record=record, by=cast.ngoc)
    record = actions.sign_off_record(record=record, by=cast.hanh)
    assert (record.status, SignOff.objects.filter(record=record).count()) == (Status.SIGNED_OFF, 2)


def test_a_neighbours_row_is_saved_beside_that_of_who_is_held(cast):
    hold(cast.anh)
    actions.save_subject_results(
        school_class=cast.school_class,
        period=Period.END_TERM_1,
        subject_code="toan",
        rows=[subject_row(cast.duc.pk, level="T", score=9)],
        by=cast.ngoc,
    )
    assert SubjectResult.objects.get().record.enrollment == cast.duc


def test_a_save_of_both_writes_neither(cast):
    hold(cast.anh)
    with pytest.raises(CardInForce, match="Lê Minh Anh"):
        actions.save_subject_results(
            school_class=cast.school_class,
            period=Period.END_TERM_1,
            subject_code="toan",
            rows=[subject_row(pupil.pk, level="T", score=9) for pupil in (cast.duc, cast.anh)],
            by=cast.ngoc,
        )
    assert not SubjectResult.objects.exists()


def test_an_earlier_period_that_nobody_signed_is_held_too(cast):
    states.filled(cast)
    with time_machine.travel(IN_MAY, tick=False):
        year_ends.signed_off(cast)
        hold(cast.duc)
        with pytest.raises(CardInForce, match="Võ Trí Đức"):
            states.submit(cast)


def test_the_year_of_the_neighbours_is_confirmed_one_by_one(cast):
    with time_machine.travel(IN_MAY, tick=False):
        year_ends.unconfirmed(cast)
        hold(cast.anh)
        decision = actions.confirm_year_decision(
            school_class=cast.school_class,
            enrollment_id=cast.duc.pk,
            result="excellent",
            by=cast.ngoc,
        )
    assert decision.enrollment_id == cast.duc.pk


def test_a_request_for_a_neighbour_is_heard(cast):
    signed = states.signed_off(cast)
    hold(cast.anh)
    request = actions.request_reopening(
        class_period=signed,
        record=signed.records.get(enrollment=cast.duc),
        reason="Sai điểm",
        by=cast.ngoc,
    )
    actions.decide_reopen_request(request=request, is_granted=True, by=cast.hanh)
    assert signed.records.get(enrollment=cast.duc).status == Status.REOPENED


def test_a_request_from_before_the_issue_is_still_refused_by_the_principal(cast):
    signed = states.signed_off(cast)
    request = actions.request_reopening(class_period=signed, reason="Sai", by=cast.ngoc)
    hold(cast.anh)
    actions.decide_reopen_request(request=request, is_granted=False, by=cast.hanh)
    request.refresh_from_db()
    assert request.is_granted is False
