"""Two act upon one pupil's year, summer, title or class at the same moment: one of them stands."""

from collections.abc import Iterator

import pytest
import time_machine

from assessments import actions
from assessments.errors import ClassIncomplete, InvalidEntry, RecordLocked, StepNotAllowed
from assessments.models import (
    ClassPeriod,
    Commendation,
    Handover,
    SignOff,
    SubjectConfirmation,
    SupplementaryAssessment,
    YearDecision,
)
from assessments.workflow import Status
from audit.models import AuditEvent
from rulesets import Period, YearOutcome
from schools.models import SchoolClass
from tests.assessments import commendations, handovers, year_ends
from tests.assessments.test_races import check_one_is_refused, events
from tests.assessments.year_ends import END_YEAR
from tests.cast import IN_MAY, Cast
from tests.rivals import Rivals, shared_database

pytestmark = shared_database


@pytest.fixture(autouse=True)
def may(cast: Cast) -> Iterator[None]:
    """The end of the year; a summer is put forward within the same days."""
    with time_machine.travel(IN_MAY, tick=False):
        yield


def summer() -> SupplementaryAssessment:
    return SupplementaryAssessment.objects.with_pupil().get()


def status_of_summer() -> str:
    return summer().record.status


def succeeded(outcome: object) -> bool:
    return not isinstance(outcome, Exception)


# The summer


def test_two_principals_decide_upon_one_pupil(cast: Cast, rivals: Rivals) -> None:
    """Whose decision came first stands, whole: with her answer and her reason."""
    assessment = year_ends.put_forward_incomplete(cast)
    decide = actions.decide_supplementary_assessment
    outcomes = rivals.act_at_once(
        lambda: decide(assessment=assessment, is_promoted=True, reason="Kèm thêm", by=cast.hanh),
        lambda: decide(assessment=assessment, is_promoted=False, reason="Học lại", by=cast.phuc),
    )
    assert isinstance(check_one_is_refused(outcomes), StepNotAllowed)
    stored = rivals.see(summer)
    assert (stored.is_promoted, stored.decision_reason, stored.decided_by_id) in {
        (True, "Kèm thêm", cast.hanh.acting_user.pk),
        (False, "Học lại", cast.phuc.acting_user.pk),
    }
    assert rivals.see(lambda: events("supplementary_assessment.decided")) == 1


def test_a_decision_is_signed_once(cast: Cast, rivals: Rivals) -> None:
    assessment = year_ends.put_forward(cast)
    outcomes = rivals.act_at_once(
        *[
            lambda leader=leader: actions.decide_supplementary_assessment(
                assessment=assessment, is_promoted=True, by=leader
            )
            for leader in (cast.hanh, cast.phuc)
        ]
    )
    check_one_is_refused(outcomes)
    assert rivals.see(SignOff.objects.filter(record=assessment.record).count) == 1


def test_a_decision_and_a_return(cast: Cast, rivals: Rivals) -> None:
    assessment = year_ends.put_forward(cast)
    outcomes = rivals.act_at_once(
        lambda: actions.decide_supplementary_assessment(
            assessment=assessment, is_promoted=True, by=cast.hanh
        ),
        lambda: actions.return_supplementary_assessment(
            assessment=assessment, reason="Xem lại điểm", by=cast.phuc
        ),
    )
    check_one_is_refused(outcomes)
    stored = rivals.see(summer)
    assert stored.is_decided == (stored.record.status == Status.SIGNED_OFF)


def test_later_results_are_saved_while_the_case_is_handed_in(cast: Cast, rivals: Rivals) -> None:
    """What the principal has before her is what the result was derived from."""
    assessment = year_ends.reassessed(cast)
    submitted, saved = rivals.act_at_once(
        lambda: actions.submit_supplementary_assessment(assessment=assessment, by=cast.ngoc),
        lambda: year_ends.save_later(cast, assessment, level="T", score=10),
    )
    assert isinstance(submitted, SupplementaryAssessment)
    assert succeeded(saved) or isinstance(saved, RecordLocked)
    scores = rivals.see(lambda: [row.effective_score for row in subject_results()])
    assert scores == [10 if succeeded(saved) else 6]


def subject_results() -> list:
    return list(summer().record.subject_results.prefetch_related("test_scores"))


def test_a_result_is_cleared_while_the_case_is_handed_in(cast: Cast, rivals: Rivals) -> None:
    """An incomplete summer never lies with the principal."""
    assessment = year_ends.reassessed(cast)
    outcomes = rivals.act_at_once(
        lambda: actions.submit_supplementary_assessment(assessment=assessment, by=cast.ngoc),
        lambda: year_ends.save_later(cast, assessment, level="", score=None),
    )
    check_one_is_refused(outcomes)
    is_submitted = rivals.see(status_of_summer) == Status.SUBMITTED
    levels = rivals.see(lambda: [row.level for row in subject_results()])
    assert levels == (["H"] if is_submitted else [""])


def test_two_hand_ins_of_one_summer(cast: Cast, rivals: Rivals) -> None:
    assessment = year_ends.reassessed(cast)
    outcomes = rivals.act_at_once(
        *[
            lambda: actions.submit_supplementary_assessment(assessment=assessment, by=cast.ngoc)
            for _press in range(2)
        ]
    )
    assert isinstance(check_one_is_refused(outcomes), StepNotAllowed)


def test_two_plans_for_one_pupil_leave_one(cast: Cast, rivals: Rivals) -> None:
    """A double press: neither is told off, and there is one summer."""
    year_ends.signed_off(cast)
    outcomes = rivals.act_at_once(lambda: year_ends.plan(cast), lambda: year_ends.plan(cast))
    assert all(map(succeeded, outcomes))
    assert rivals.see(SupplementaryAssessment.objects.count) == 1


def test_two_reopen_one_decision(cast: Cast, rivals: Rivals) -> None:
    assessment = year_ends.decided(cast)
    outcomes = rivals.act_at_once(
        *[
            lambda leader=leader: actions.reopen_supplementary_assessment(
                assessment=assessment, reason="Nhập nhầm", by=leader
            )
            for leader in (cast.hanh, cast.phuc)
        ]
    )
    check_one_is_refused(outcomes)
    assert not rivals.see(summer).is_decided


def test_the_year_is_reopened_while_the_summer_is_decided(cast: Cast, rivals: Rivals) -> None:
    """Never both: a decision stands upon a year's end that is signed."""
    assessment = year_ends.put_forward(cast)
    record = ClassPeriod.objects.get(period=END_YEAR).records.get(enrollment=cast.anh)
    rivals.act_at_once(
        lambda: actions.decide_supplementary_assessment(
            assessment=assessment, is_promoted=True, by=cast.hanh
        ),
        lambda: actions.reopen_record(record=record, reason="Sai điểm", by=cast.phuc),
    )
    is_decided = rivals.see(lambda: summer().is_decided)
    is_signed = rivals.see(
        lambda: YearDecision.objects.get(enrollment=cast.anh).signed_off_at is not None
    )
    assert is_signed or not is_decided


# Results and titles


def test_a_title_is_refused_while_the_class_is_signed(cast: Cast, rivals: Rivals) -> None:
    """The refusal came before the signature and is signed, or it came too late."""
    submitted = year_ends.submitted(cast)
    decision = year_ends.decision_of(cast.duc)
    refused, signed = rivals.act_at_once(
        lambda: actions.refuse_reward(decision=decision, reason="Chưa đủ", by=cast.hanh),
        lambda: actions.sign_off_class_period(class_period=submitted, by=cast.phuc),
    )
    assert isinstance(signed, ClassPeriod)
    stored = rivals.see(lambda: YearDecision.objects.get(enrollment=cast.duc))
    assert (stored.reward == "") == succeeded(refused)
    payload = rivals.see(lambda: SignOff.objects.get(record__enrollment=cast.duc).payload)
    assert payload["year_decision"]["reward"] == stored.reward


def test_two_refuse_one_title(cast: Cast, rivals: Rivals) -> None:
    year_ends.submitted(cast)
    decision = year_ends.decision_of(cast.duc)
    outcomes = rivals.act_at_once(
        lambda: actions.refuse_reward(decision=decision, reason="Chưa đủ", by=cast.hanh),
        lambda: actions.refuse_reward(decision=decision, reason="Vi phạm", by=cast.phuc),
    )
    assert isinstance(check_one_is_refused(outcomes), InvalidEntry)
    assert rivals.see(lambda: events("year_decision.reward_refused")) == 1


def test_a_class_is_confirmed_while_it_is_handed_in(cast: Cast, rivals: Rivals) -> None:
    """Nothing goes up that nobody confirmed."""
    year_ends.unconfirmed(cast)
    school_class = SchoolClass.objects.get(pk=cast.school_class.pk)
    confirmed, submitted = rivals.act_at_once(
        lambda: actions.confirm_year_decisions(school_class=school_class, by=cast.ngoc),
        lambda: actions.submit_class_period(
            school_class=cast.school_class, period=END_YEAR, by=cast.ngoc
        ),
    )
    assert succeeded(confirmed)
    assert rivals.see(YearDecision.objects.count) == 3
    assert succeeded(submitted) or isinstance(submitted, ClassIncomplete)


def test_one_pupil_is_confirmed_otherwise_while_her_class_is_confirmed(
    cast: Cast, rivals: Rivals
) -> None:
    """What a person decided stands, whoever came first."""
    year_ends.unconfirmed(cast)
    outcomes = rivals.act_at_once(
        lambda: actions.confirm_year_decisions(school_class=cast.school_class, by=cast.ngoc),
        lambda: actions.confirm_year_decision(
            school_class=SchoolClass.objects.get(pk=cast.school_class.pk),
            enrollment_id=cast.hhen.pk,
            result=YearOutcome.COMPLETED,
            deviation_reason="Em chép bài bạn",
            by=cast.ngoc,
        ),
    )
    assert all(map(succeeded, outcomes))
    stored = rivals.see(lambda: YearDecision.objects.get(enrollment=cast.hhen))
    assert (stored.confirmed_result, stored.derived_result) == ("completed", "good")


def test_a_subject_is_confirmed_while_its_class_is_handed_in(cast: Cast, rivals: Rivals) -> None:
    """Nobody stands for results that have gone up already."""
    year_ends.confirmed(cast)
    confirmed, submitted = rivals.act_at_once(
        lambda: actions.confirm_subject(
            school_class=SchoolClass.objects.get(pk=cast.school_class.pk),
            period=Period.END_YEAR,
            subject_code="ngoai_ngu_1",
            by=cast.binh,
        ),
        lambda: actions.submit_class_period(
            school_class=cast.school_class, period=END_YEAR, by=cast.ngoc
        ),
    )
    assert isinstance(submitted, ClassPeriod)
    assert isinstance(confirmed, SubjectConfirmation | RecordLocked)
    stored = rivals.see(SubjectConfirmation.objects.count)
    assert stored == succeeded(confirmed)


# Commendations and handovers


def test_two_leaders_answer_one_proposal(cast: Cast, rivals: Rivals) -> None:
    proposal = commendations.proposed(cast)
    outcomes = rivals.act_at_once(
        lambda: actions.award_commendation(
            commendation=proposal, decision=commendations.DECISION, by=cast.hanh
        ),
        lambda: actions.decline_commendation(
            commendation=Commendation.objects.select_related(
                "enrollment__school_class__school_year__school"
            ).get(pk=proposal.pk),
            reason="Đã khen trước cờ",
            by=cast.phuc,
        ),
    )
    assert isinstance(check_one_is_refused(outcomes), StepNotAllowed)
    stored = rivals.see(Commendation.objects.get)
    assert bool(stored.decision_number) != bool(stored.closing_reason)


def test_a_class_is_received_and_returned(cast: Cast, rivals: Rivals) -> None:
    """A receipt locks what it received; what was returned is received by nobody."""
    handover = handovers.handed_over(cast)
    outcomes = rivals.act_at_once(
        lambda: actions.receive_class(handover=handover, by=cast.suong),
        lambda: actions.return_handover(handover=handover, reason="Thiếu", by=cast.suong),
    )
    check_one_is_refused(outcomes)
    stored = rivals.see(Handover.objects.get)
    assert stored.is_received == (stored.locked_at is not None)
    assert stored.is_received != bool(stored.return_reason)


def test_a_note_is_written_while_the_class_is_handed_over(cast: Cast, rivals: Rivals) -> None:
    """The note came before, or it is refused: what is handed over does not change."""
    handover = handovers.prepared(cast)
    given, saved = rivals.act_at_once(
        lambda: actions.hand_over_class(handover=handover, by=cast.ngoc),
        lambda: handovers.saved(cast, general_note="Lớp có hai em mới đến."),
    )
    assert isinstance(given, Handover)
    stored = rivals.see(Handover.objects.get)
    assert (stored.general_note == "Lớp có hai em mới đến.") == succeeded(saved)


def test_two_first_notes_of_a_class_begin_one_handover(cast: Cast, rivals: Rivals) -> None:
    outcomes = rivals.act_at_once(lambda: handovers.saved(cast), lambda: handovers.saved(cast))
    assert all(map(succeeded, outcomes))
    assert rivals.see(Handover.objects.count) == 1
    kept = rivals.see(AuditEvent.objects.filter(event="handover_note.saved").count)
    assert kept == 1
