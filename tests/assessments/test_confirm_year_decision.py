"""One pupil's year: a result that differs from the rule, and the titles of Điều 13."""

import datetime

import pytest

from assessments import actions
from assessments.actions import Recognition
from assessments.deviations import deviations_in
from assessments.errors import InvalidEntry, NotOnRoster, ReasonMissing, StepNotAllowed
from assessments.models import PeriodRecord, SignOff, YearDecision
from assessments.year_results import year_results
from audit.models import AuditEvent
from rulesets import TT27, YearOutcome
from students.models import Enrollment
from tests.assessments import states, year_ends
from tests.assessments.year_ends import END_YEAR, decision_of
from tests.cast import Cast

EXCELLENT, GOOD = YearOutcome.EXCELLENT, YearOutcome.GOOD
COMPLETED, NOT_COMPLETED = YearOutcome.COMPLETED, YearOutcome.NOT_COMPLETED
BY_THE_CLASS = Recognition(datetime.date(2027, 5, 18), outstanding_subject="toan")
REASON = "Em ốm hôm kiểm tra"


@pytest.fixture
def year(in_may: Cast) -> Cast:
    year_ends.unconfirmed(in_may)
    return in_may


def confirm(cast: Cast, pupil: Enrollment, result: YearOutcome, **options: object) -> YearDecision:
    actions.confirm_year_decision(
        school_class=cast.school_class,
        enrollment_id=pupil.pk,
        result=result,
        by=cast.ngoc,
        **options,
    )
    return decision_of(pupil)


def confirm_all(cast: Cast) -> list[YearDecision]:
    return actions.confirm_year_decisions(school_class=cast.school_class, by=cast.ngoc)


def last_event(pupil: Enrollment) -> AuditEvent:
    return AuditEvent.objects.filter(student_id=pupil.student_id).newest_first()[0]


def test_a_result_by_the_rule_needs_no_reason(year: Cast) -> None:
    decision = confirm(year, year.duc, EXCELLENT)
    assert (decision.confirmed_result, decision.deviation_reason) == (EXCELLENT, "")


def test_a_result_that_differs_from_the_rule_needs_a_reason(year: Cast) -> None:
    with pytest.raises(ReasonMissing):
        confirm(year, year.anh, COMPLETED)
    with pytest.raises(ReasonMissing):
        confirm(year, year.anh, COMPLETED, deviation_reason="   ")
    assert not YearDecision.objects.exists()


def test_the_reason_stands_with_both_results(year: Cast) -> None:
    decision = confirm(year, year.anh, COMPLETED, deviation_reason=REASON)
    assert (decision.derived_result, decision.confirmed_result) == (NOT_COMPLETED, COMPLETED)
    assert decision.deviation_reason == REASON
    assert (decision.has_completed, decision.is_promoted) == (True, True)


def test_the_audit_tells_the_deviation_and_why(year: Cast) -> None:
    confirm(year, year.anh, COMPLETED, deviation_reason=REASON)
    event = last_event(year.anh)
    assert event.changes["result"] == [None, "completed"]
    assert event.changes["derived_result"] == [None, "not_completed"]
    assert event.reason == REASON


def test_the_principal_is_shown_the_deviation(year: Cast) -> None:
    confirm(year, year.anh, COMPLETED, deviation_reason=REASON)
    records = PeriodRecord.objects.with_results().filter(enrollment=year.anh)
    assert [row.sentence for row in deviations_in(records, TT27)][-1] == (
        "kết quả năm học “Hoàn thành”, theo quy định là “Chưa hoàn thành”: Em ốm hôm kiểm tra"
    )


def test_a_worse_result_than_the_rules_takes_completion_away(year: Cast) -> None:
    decision = confirm(year, year.duc, NOT_COMPLETED, deviation_reason="Làm bài hộ")
    assert (decision.has_completed, decision.is_promoted, decision.reward) == (False, None, "")


def test_confirming_the_class_leaves_what_a_person_decided_otherwise(year: Cast) -> None:
    confirm(year, year.anh, COMPLETED, deviation_reason=REASON)
    confirmed = {decision.enrollment_id for decision in confirm_all(year)}
    assert confirmed == {year.hhen.pk, year.duc.pk}
    assert decision_of(year.anh).confirmed_result == COMPLETED


def test_a_changed_pupil_who_deviates_is_looked_at_alone(year: Cast) -> None:
    confirm(year, year.anh, GOOD, deviation_reason=REASON)
    confirm_all(year)
    year_ends.edit_maths(year, year.anh, level=("C", "H"), score=(4, 6))
    assert confirm_all(year) == []
    [anh] = [row for row in year_results(year.school_class) if row.enrollment == year.anh]
    assert anh.awaits_confirmation
    assert anh.deviates


def test_a_changed_pupil_who_does_not_is_confirmed_with_the_class(year: Cast) -> None:
    confirm_all(year)
    year_ends.edit_maths(year, year.duc, score=(9, 8))
    assert [decision.enrollment_id for decision in confirm_all(year)] == [year.duc.pk]
    assert decision_of(year.duc).confirmed_result == GOOD


def test_a_pupil_of_another_class_is_refused(year: Cast) -> None:
    with pytest.raises(NotOnRoster):
        confirm(year, year.stranger, GOOD)


def test_an_incomplete_pupil_is_refused(year: Cast) -> None:
    year_ends.edit_maths(year, year.duc, score=(9, None))
    with pytest.raises(InvalidEntry, match="còn thiếu"):
        confirm(year, year.duc, EXCELLENT)


def test_a_pupil_who_was_handed_in_is_refused(year: Cast) -> None:
    confirm_all(year)
    states.submit(year, END_YEAR)
    with pytest.raises(Exception, match="đã gửi"):
        confirm(year, year.duc, EXCELLENT)


# Học sinh Tiêu biểu


def test_recognition_brings_the_title_that_the_result_alone_does_not(year: Cast) -> None:
    assert confirm(year, year.hhen, GOOD).reward == ""
    decision = confirm(year, year.hhen, GOOD, recognition=BY_THE_CLASS)
    assert decision.reward == (
        "Đạt danh hiệu Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"
    )
    assert decision.reward_title == "exemplary_pupil"
    assert decision.outstanding_subject == "toan"
    assert decision.recognised_on == datetime.date(2027, 5, 18)


def test_progress_in_a_trait_is_a_ground_too(year: Cast) -> None:
    recognition = Recognition(datetime.date(2027, 5, 18), progress_trait="trung_thuc")
    assert confirm(year, year.hhen, GOOD, recognition=recognition).progress_trait == "trung_thuc"


@pytest.mark.parametrize(
    ("recognition", "sentence"),
    [
        (Recognition(datetime.date(2027, 5, 18)), "thành tích xuất sắc"),
        (Recognition(datetime.date(2027, 5, 18), "thien_van"), "Môn học không có"),
        (Recognition(datetime.date(2027, 5, 18), "", "thien_van"), "Phẩm chất, năng lực không có"),
        (Recognition(datetime.date(2027, 5, 21), "toan"), "không thể sau hôm nay"),
    ],
)
def test_a_recognition_without_a_true_ground_is_refused(
    year: Cast, recognition: Recognition, sentence: str
) -> None:
    with pytest.raises(InvalidEntry, match=sentence):
        confirm(year, year.hhen, GOOD, recognition=recognition)
    assert not YearDecision.objects.exists()


@pytest.mark.parametrize("result", [EXCELLENT, COMPLETED, NOT_COMPLETED])
def test_only_the_rules_result_is_open_to_recognition(year: Cast, result: YearOutcome) -> None:
    with pytest.raises(InvalidEntry, match="không có danh hiệu"):
        confirm(year, year.hhen, result, deviation_reason="Khác", recognition=BY_THE_CLASS)


def test_confirming_the_class_never_gives_a_title_that_people_give(year: Cast) -> None:
    confirm_all(year)
    assert decision_of(year.hhen).reward == ""


def test_confirming_the_class_keeps_a_title_that_was_given(year: Cast) -> None:
    confirm(year, year.hhen, GOOD, recognition=BY_THE_CLASS)
    confirm_all(year)
    assert decision_of(year.hhen).reward_title == "exemplary_pupil"


def test_a_title_goes_with_the_result_that_it_was_for(year: Cast) -> None:
    confirm(year, year.hhen, GOOD, recognition=BY_THE_CLASS)
    year_ends.edit_maths(year, year.hhen, score=(7, 6))
    confirm_all(year)
    decision = decision_of(year.hhen)
    assert (decision.reward_title, decision.recognised_on, decision.reward) == ("", None, "")


def test_the_audit_tells_what_the_title_rests_on(year: Cast) -> None:
    confirm(year, year.hhen, GOOD, recognition=BY_THE_CLASS)
    changes = last_event(year.hhen).changes
    assert changes["outstanding_subject"] == [None, "toan"]
    assert changes["reward"][1].startswith("Đạt danh hiệu Học sinh Tiêu biểu")


# The principal decides


@pytest.fixture
def handed_in(in_may: Cast) -> Cast:
    year_ends.submitted(in_may)
    return in_may


def test_the_principal_refuses_a_title_with_a_reason(handed_in: Cast) -> None:
    decision = actions.refuse_reward(
        decision=decision_of(handed_in.duc), reason="Em vi phạm nội quy", by=handed_in.hanh
    )
    assert (decision.reward, decision.reward_refusal) == ("", "Em vi phạm nội quy")
    assert decision.reward_title == "excellent_pupil"
    event = last_event(handed_in.duc)
    assert event.event == "year_decision.reward_refused"
    assert event.reason == "Em vi phạm nội quy"


def test_a_refusal_without_a_reason_is_refused(handed_in: Cast) -> None:
    with pytest.raises(ReasonMissing):
        actions.refuse_reward(decision=decision_of(handed_in.duc), reason=" ", by=handed_in.hanh)


def test_what_was_not_proposed_is_not_refused(handed_in: Cast) -> None:
    with pytest.raises(InvalidEntry):
        actions.refuse_reward(decision=decision_of(handed_in.anh), reason="x", by=handed_in.hanh)


def test_a_refusal_is_taken_back(handed_in: Cast) -> None:
    actions.refuse_reward(decision=decision_of(handed_in.duc), reason="Nhầm", by=handed_in.hanh)
    decision = actions.restore_reward(decision=decision_of(handed_in.duc), by=handed_in.hanh)
    assert (decision.reward, decision.reward_refusal) == ("Đạt danh hiệu Học sinh Xuất sắc", "")
    with pytest.raises(InvalidEntry):
        actions.restore_reward(decision=decision, by=handed_in.hanh)


def test_a_refused_title_is_not_signed(handed_in: Cast) -> None:
    actions.refuse_reward(decision=decision_of(handed_in.duc), reason="Chưa", by=handed_in.hanh)
    class_period = handed_in.school_class.class_periods.get(period=END_YEAR)
    actions.sign_off_class_period(class_period=class_period, by=handed_in.hanh)
    payload = SignOff.objects.in_force().get(record__enrollment=handed_in.duc).payload
    assert payload["year_decision"]["reward"] == ""


def test_titles_are_settled_between_the_hand_in_and_the_signature(in_may: Cast) -> None:
    year_ends.confirmed(in_may)
    with pytest.raises(StepNotAllowed):
        actions.refuse_reward(decision=decision_of(in_may.duc), reason="Sớm", by=in_may.hanh)
    class_period = states.submit(in_may, END_YEAR)
    actions.sign_off_class_period(class_period=class_period, by=in_may.hanh)
    with pytest.raises(StepNotAllowed):
        actions.refuse_reward(decision=decision_of(in_may.duc), reason="Muộn", by=in_may.hanh)
