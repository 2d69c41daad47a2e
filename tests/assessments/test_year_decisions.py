import datetime
from collections.abc import Iterator

import pytest
import time_machine

from assessments import actions
from assessments.errors import RecordLocked
from assessments.models import SignOff, SubjectResult, TestScore, YearDecision
from assessments.payload import draft_payload
from assessments.year_results import year_results
from audit.errors import NotPermitted
from audit.models import AuditEvent
from rulesets import Period, YearOutcome
from tests.assessments.filling import assign_every_subject, fill_class
from tests.cast import Cast

TEACHERS_IN_MAY = datetime.datetime(2027, 5, 20, 13, tzinfo=datetime.UTC)


@pytest.fixture
def filled(cast: Cast) -> Iterator[Cast]:
    """Class 4A at the year's end: everything T and 9."""
    with time_machine.travel(TEACHERS_IN_MAY, tick=False):
        assign_every_subject(cast.school_class, cast.ngoc)
        fill_class(
            cast.school_class,
            Period.END_YEAR,
            homeroom=cast.ngoc,
            teachers={"ngoai_ngu_1": cast.binh},
        )
        yield cast


def _lower(cast: Cast, score: int) -> None:
    TestScore.objects.filter(
        result__record__enrollment=cast.anh, result__subject_code="toan"
    ).update(score=score)


def test_the_derived_result_is_confirmed(filled: Cast) -> None:
    decision = YearDecision.objects.get(enrollment=filled.anh)
    assert decision.confirmed_result == decision.derived_result == YearOutcome.EXCELLENT
    assert decision.has_completed
    assert decision.is_promoted
    assert decision.reward == "Đạt danh hiệu Học sinh Xuất sắc"
    assert (decision.grade_level, decision.ruleset_key) == (4, "tt27")


def test_the_reason_why_not_better_is_derived(filled: Cast) -> None:
    _lower(filled, 8)
    (anh,) = [row for row in year_results(filled.school_class) if row.enrollment == filled.anh]
    (reason,) = anh.derived.reasons_against(YearOutcome.EXCELLENT)
    assert reason.params == {
        "subject": "toan",
        "score": 8,
        "required": 9,
        "outcome": YearOutcome.EXCELLENT,
    }


def test_confirming_again_follows_the_results(filled: Cast) -> None:
    _lower(filled, 8)
    actions.confirm_year_decisions(school_class=filled.school_class, by=filled.ngoc)
    decision = YearDecision.objects.get(enrollment=filled.anh)
    assert decision.confirmed_result == YearOutcome.GOOD
    assert decision.reward == ""
    event = AuditEvent.objects.filter(
        event="year_decision.confirmed", student_id=filled.anh.student_id
    ).newest_first()[0]
    assert event.changes == {
        "result": ["excellent", "good"],
        "reward": ["Đạt danh hiệu Học sinh Xuất sắc", None],
    }


def test_whoever_has_not_completed_waits_for_her_promotion(filled: Cast) -> None:
    _lower(filled, 4)
    actions.confirm_year_decisions(school_class=filled.school_class, by=filled.ngoc)
    decision = YearDecision.objects.get(enrollment=filled.anh)
    assert not decision.has_completed
    assert decision.is_promoted is None


def test_an_incomplete_pupil_is_passed_over(filled: Cast) -> None:
    YearDecision.objects.all().delete()
    SubjectResult.objects.filter(record__enrollment=filled.anh, subject_code="dao_duc").update(
        level=""
    )
    actions.confirm_year_decisions(school_class=filled.school_class, by=filled.ngoc)
    decided = set(YearDecision.objects.values_list("enrollment", flat=True))
    assert decided == {filled.hhen.pk, filled.duc.pk}


def test_the_last_grade_is_not_promoted_but_completes(filled: Cast) -> None:
    type(filled.anh).objects.filter(pk=filled.anh.pk).update(grade_level=5)
    filled.school_class.highest_grade = 5
    filled.school_class.save(update_fields=["highest_grade"])
    YearDecision.objects.all().delete()
    for offering in filled.school_class.subject_offerings.all():
        offering.pk, offering.grade_level = None, 5
        offering.save()
    actions.confirm_year_decisions(school_class=filled.school_class, by=filled.ngoc)
    decision = YearDecision.objects.get(enrollment=filled.anh)
    assert decision.has_completed
    assert decision.is_promoted is None


def test_somebody_else_does_not_confirm(filled: Cast) -> None:
    for by in (filled.binh, filled.hanh, filled.kien):
        with pytest.raises(NotPermitted):
            actions.confirm_year_decisions(school_class=filled.school_class, by=by)


def test_what_was_submitted_is_not_confirmed_again(filled: Cast) -> None:
    actions.submit_class_period(
        school_class=filled.school_class, period=Period.END_YEAR, by=filled.ngoc
    )
    with pytest.raises(RecordLocked):
        actions.confirm_year_decisions(school_class=filled.school_class, by=filled.ngoc)


def test_signing_the_year_signs_its_decisions(filled: Cast) -> None:
    class_period = actions.submit_class_period(
        school_class=filled.school_class, period=Period.END_YEAR, by=filled.ngoc
    )
    actions.sign_off_class_period(class_period=class_period, by=filled.hanh)
    assert {row.signed_off_by for row in YearDecision.objects.all()} == {filled.hanh.user}
    payload = SignOff.objects.in_force().get(record__enrollment=filled.anh).payload
    assert payload["year_decision"] == {
        "result": "excellent",
        "result_name": "Hoàn thành xuất sắc",
        "has_completed": True,
        "is_promoted": True,
        "reward": "Đạt danh hiệu Học sinh Xuất sắc",
        "extraordinary_reward": "",
    }


def test_a_period_before_the_years_end_holds_no_decision(filled: Cast) -> None:
    class_period = filled.school_class.class_periods.create(period=Period.MID_TERM_1)
    class_period.records.create(enrollment=filled.anh)
    record = class_period.records.with_results().get()
    assert draft_payload(record)["year_decision"] is None
