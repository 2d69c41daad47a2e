"""Another test for a pupil whose score is abnormal (Điều 7.1.d), step by step."""

import datetime
from collections.abc import Callable

import pytest
import time_machine

from assessments import actions
from assessments.errors import InvalidEntry, ReasonMissing, StepNotAllowed
from assessments.models import PeriodRecord, Retest
from assessments.retest_workflow import (
    OPEN,
    TRANSITIONS,
    RetestStatus,
    RetestStep,
    retest_transition,
)
from audit.errors import NotPermitted
from audit.models import AuditEvent
from rulesets import Period
from tests import factories
from tests.assessments import states
from tests.assessments.filling import subject_row
from tests.assessments.pages import result_of, save_cells
from tests.assessments.retests import JAN_5, record_of, withdrawn_retest
from tests.cast import Cast

IN_STATUS: dict[RetestStatus, Callable[[Cast], Retest]] = {
    RetestStatus.PROPOSED: states.proposed_retest,
    RetestStatus.AGREED: states.agreed_retest,
    RetestStatus.DECLINED: states.declined_retest,
    RetestStatus.TAKEN: states.taken_retest,
    RetestStatus.WITHDRAWN: withdrawn_retest,
}
TAKE: dict[RetestStep, Callable[[Cast, Retest], object]] = {
    RetestStep.AGREE: lambda cast, retest: actions.agree_to_retest(retest=retest, by=cast.hanh),
    RetestStep.DECLINE: lambda cast, retest: actions.decline_retest(
        retest=retest, reason="Chênh lệch chưa nhiều", by=cast.hanh
    ),
    RetestStep.TAKE: lambda cast, retest: actions.enter_retest_score(
        retest=retest, score=10, taken_on=JAN_5, by=cast.ngoc
    ),
    RetestStep.WITHDRAW: lambda cast, retest: actions.withdraw_retest(
        retest=retest, reason="Em đã khỏe và xin giữ điểm", by=cast.ngoc
    ),
}


def scores_of(cast: Cast) -> list[int]:
    return [attempt.score for attempt in result_of(cast.anh).attempts]


@pytest.mark.parametrize("step", RetestStep)
@pytest.mark.parametrize("status", RetestStatus)
def test_each_step_is_taken_from_its_sources_alone(
    cast: Cast, status: RetestStatus, step: RetestStep
) -> None:
    retest = IN_STATUS[status](cast)
    transition = retest_transition(step)
    if status in transition.sources:
        TAKE[step](cast, retest)
        retest.refresh_from_db()
        assert retest.status == transition.target
        event = AuditEvent.objects.newest_first().filter(event=transition.event)[0]
        assert event.student_id == cast.anh.student_id
        assert event.changes["subject"] == [None, "toan"]
    else:
        with pytest.raises(StepNotAllowed):
            TAKE[step](cast, retest)
        retest.refresh_from_db()
        assert retest.status == status


def test_a_page_that_is_stale_changes_nothing(cast: Cast) -> None:
    """Two leaders answer from the same page; the second is told."""
    retest = states.proposed_retest(cast)
    stale = Retest.objects.get(pk=retest.pk)
    actions.decline_retest(retest=retest, reason="Chênh lệch chưa nhiều", by=cast.hanh)
    with pytest.raises(StepNotAllowed, match="tải lại trang"):
        actions.agree_to_retest(retest=stale, by=cast.phuc)


def test_every_status_is_reached_or_begins() -> None:
    reached = {transition.target for transition in TRANSITIONS}
    assert reached | {RetestStatus.PROPOSED} == set(RetestStatus)


def test_what_is_open_has_a_step_and_what_is_closed_has_none() -> None:
    assert {source for transition in TRANSITIONS for source in transition.sources} == OPEN


@pytest.mark.parametrize("step", [RetestStep.DECLINE, RetestStep.WITHDRAW])
def test_saying_no_needs_a_reason(cast: Cast, step: RetestStep) -> None:
    retest = states.proposed_retest(cast)
    action, by = {
        RetestStep.DECLINE: (actions.decline_retest, cast.hanh),
        RetestStep.WITHDRAW: (actions.withdraw_retest, cast.ngoc),
    }[step]
    with pytest.raises(ReasonMissing):
        action(retest=retest, reason=" \n", by=by)


def test_a_proposal_keeps_the_score_that_it_questions(cast: Cast) -> None:
    retest = states.proposed_retest(cast)
    assert (retest.questioned_score, retest.status) == (9, RetestStatus.PROPOSED)
    event = AuditEvent.objects.get(event="retest.proposed")
    assert event.reason == "Hằng ngày em làm tốt, hôm kiểm tra em mệt"


def test_a_proposal_needs_a_reason(cast: Cast) -> None:
    record = states.filled(cast).records.get(enrollment=cast.anh)
    with pytest.raises(ReasonMissing):
        actions.propose_retest(record=record, subject_code="toan", reason=" ", by=cast.ngoc)


def test_two_proposals_for_one_score_do_not_stand_side_by_side(cast: Cast) -> None:
    states.proposed_retest(cast)
    with pytest.raises(StepNotAllowed, match="đang có một đề nghị"):
        states.proposed_retest(cast, cast.school_class.class_periods.get())


def test_what_was_declined_may_be_proposed_again(cast: Cast) -> None:
    states.declined_retest(cast)
    again = states.proposed_retest(cast, cast.school_class.class_periods.get())
    assert again.status == RetestStatus.PROPOSED


def test_a_test_that_was_not_sat_is_not_repeated(cast: Cast) -> None:
    save_cells(cast, cast.anh, level=("", "T"))
    with pytest.raises(StepNotAllowed, match="chưa có điểm"):
        states.proposed_retest(cast, cast.school_class.class_periods.get())


def test_a_mid_term_test_is_not_repeated(cast: Cast) -> None:
    """Điều 7.1.d names the ends of the terms alone; grade 4 has its Toán in mid-term too."""
    with time_machine.travel("2027-03-10T13:00:00Z", tick=False):
        save_cells(cast, cast.anh, period=Period.MID_TERM_2, score=(None, 4))
        with pytest.raises(StepNotAllowed, match="Quy định không cho"):
            states.proposed_retest(cast, cast.school_class.class_periods.get())


def test_a_subject_without_test_has_no_retest(cast: Cast) -> None:
    record = states.filled(cast).records.get(enrollment=cast.anh)
    with pytest.raises(StepNotAllowed, match="Quy định không cho"):
        actions.propose_retest(record=record, subject_code="am_nhac", reason="Sai", by=cast.ngoc)


def test_a_teacher_of_another_grade_proposes_nothing(cast: Cast) -> None:
    """In a multi-grade class she has grade 4 and not grade 5."""
    mixed = factories.make_class(cast.school_year, "45", (4, 5))
    pupil = factories.enroll(factories.make_student("Y Bham Êban"), mixed, grade_level=5)
    factories.assign_teacher(mixed, "toan", cast.suong)
    actions.save_subject_results(
        school_class=mixed,
        period=Period.END_TERM_1,
        subject_code="toan",
        rows=[subject_row(pupil.pk, level="C", score=3)],
        by=cast.suong,
    )
    of_grade_4 = mixed.subject_offerings.get(subject_code="toan", grade_level=4)
    of_grade_4.teaching_assignments.create(staff_member=cast.ngoc, started_on=factories.YEAR_START)
    with pytest.raises(NotPermitted, match="khối"):
        actions.propose_retest(
            record=PeriodRecord.objects.get(enrollment=pupil),
            subject_code="toan",
            reason="Em mệt",
            by=cast.ngoc,
        )


def test_the_new_score_is_a_further_attempt_with_its_day(cast: Cast) -> None:
    retest = states.taken_retest(cast)
    first, second = result_of(cast.anh).attempts
    assert (first.score, first.attempt, first.taken_on) == (9, 1, None)
    assert (second.score, second.attempt, second.taken_on) == (10, 2, JAN_5)
    assert second.retest == retest
    assert result_of(cast.anh).effective_score == 10
    changes = AuditEvent.objects.get(event="retest.taken").changes
    assert changes["score"] == [9, 10]
    assert changes["taken_on"] == [None, "2027-01-05"]


def test_a_third_test_follows_the_second(cast: Cast) -> None:
    states.taken_retest(cast)
    states.taken_retest(cast, cast.school_class.class_periods.get())
    assert scores_of(cast) == [9, 10, 10]


@pytest.mark.parametrize("score", [0, 11, -1])
def test_a_score_off_the_scale_is_refused(cast: Cast, score: int) -> None:
    retest = states.agreed_retest(cast)
    with pytest.raises(InvalidEntry):
        actions.enter_retest_score(retest=retest, score=score, taken_on=JAN_5, by=cast.ngoc)
    assert scores_of(cast) == [9]


@pytest.mark.parametrize(
    ("day", "words"), [("2027-01-06", "sau hôm nay"), ("2027-01-04", "Hiệu trưởng đồng ý ngày")]
)
def test_the_test_was_held_after_the_answer_and_not_tomorrow(
    cast: Cast, day: str, words: str
) -> None:
    retest = states.agreed_retest(cast)
    with pytest.raises(InvalidEntry, match=words):
        actions.enter_retest_score(
            retest=retest, score=8, taken_on=datetime.date.fromisoformat(day), by=cast.ngoc
        )


@pytest.mark.parametrize("typed", [4, None])
@pytest.mark.parametrize("make", [states.proposed_retest, states.agreed_retest])
def test_the_score_in_question_stays_as_it_is(
    cast: Cast, make: Callable[[Cast], Retest], typed: int | None
) -> None:
    """Or the new score would be written over the first."""
    make(cast)
    with pytest.raises(InvalidEntry, match="giữ nguyên"):
        save_cells(cast, cast.anh, score=(9, typed))
    assert scores_of(cast) == [9]


def test_other_cells_and_other_pupils_are_free_meanwhile(cast: Cast) -> None:
    states.agreed_retest(cast)
    save_cells(cast, cast.anh, comment=("", "Có tiến bộ."))
    save_cells(cast, cast.duc, score=(9, 8))
    assert result_of(cast.anh).comment == "Có tiến bộ."
    assert result_of(cast.duc).effective_score == 8


def test_the_grid_corrects_the_last_attempt_and_no_other(cast: Cast) -> None:
    states.taken_retest(cast)
    save_cells(cast, cast.anh, score=(10, 7))
    assert scores_of(cast) == [9, 7]


def test_a_retests_score_is_not_emptied(cast: Cast) -> None:
    states.taken_retest(cast)
    with pytest.raises(InvalidEntry, match="không xóa trống"):
        save_cells(cast, cast.anh, score=(10, None))
    assert scores_of(cast) == [9, 10]


def test_one_wrong_score_does_not_hide_a_retest_of_another_subject(cast: Cast) -> None:
    states.agreed_retest(cast)
    states.correct(cast, "tieng_viet", score=(9, 8))
    record = record_of(cast)
    assert record.subject_results.get(subject_code="tieng_viet").effective_score == 8
