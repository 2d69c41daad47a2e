"""The summer of Anh from her hand-in to the decision, and the lists that it stands on."""

import pytest

from assessments import actions
from assessments.errors import InvalidEntry, RecordLocked, StepNotAllowed
from assessments.models import (
    PeriodRecord,
    SignOff,
    SupplementaryAssessment,
    YearDecision,
)
from assessments.supplementary import (
    summer_cases,
    summers_awaiting_decision,
    summers_with_teachers,
)
from assessments.workflow import Status
from audit.models import AuditEvent
from rulesets import Period, YearOutcome
from tests.assessments import year_ends
from tests.assessments.summers import (
    decide,
    plan_for,
    planned,
    reassessed,
    still_lacking,
    stored,
    submit,
)
from tests.assessments.year_ends import PLAN
from tests.cast import Cast

SUMMER = Period.SUPPLEMENTARY


__all__ = ["planned", "reassessed", "still_lacking"]

# To the principal


def test_an_incomplete_summer_is_not_handed_in(
    planned: SupplementaryAssessment, cast: Cast
) -> None:
    with pytest.raises(StepNotAllowed, match="chưa có kết quả"):
        submit(planned, cast)


def test_who_has_completed_is_handed_in_without_a_reason(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    submit(reassessed, cast)
    assert stored(reassessed).derived_result == YearOutcome.COMPLETED
    assert stored(reassessed).record.status == Status.SUBMITTED
    assert list(summers_awaiting_decision(cast.school)) == [reassessed]


def test_who_still_lacks_is_put_forward_with_a_reason(
    still_lacking: SupplementaryAssessment, cast: Cast
) -> None:
    with pytest.raises(InvalidEntry, match="lý do trình"):
        submit(still_lacking, cast)
    submit(still_lacking, cast, "Em ốm dài ngày")
    assert stored(still_lacking).case_reason == "Em ốm dài ngày"


def test_what_was_handed_in_does_not_change(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    submit(reassessed, cast)
    with pytest.raises(RecordLocked):
        year_ends.save_later(cast, reassessed, level="T", score=9)
    with pytest.raises(RecordLocked):
        plan_for(cast, cast.anh)


def test_the_principal_returns_it_with_a_reason(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    submit(reassessed, cast)
    actions.return_supplementary_assessment(
        assessment=reassessed, reason="Xem lại điểm", by=cast.hanh
    )
    record = stored(reassessed).record
    assert (record.status, record.status_reason) == (Status.RETURNED, "Xem lại điểm")
    year_ends.save_later(cast, reassessed, level="T", score=9)
    submit(reassessed, cast)


# The decision


def test_who_has_completed_is_promoted(reassessed: SupplementaryAssessment, cast: Cast) -> None:
    decided = decide(submit(reassessed, cast), cast, promoted=True)
    assert (decided.has_completed, decided.is_promoted) == (True, True)
    assert decided.decided_by == cast.hanh.user
    assert decided.locked_at is not None


def test_who_has_completed_is_not_held_back(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    submit(reassessed, cast)
    for promoted in (False, None):
        with pytest.raises(InvalidEntry, match="được lên lớp"):
            decide(reassessed, cast, promoted)


@pytest.mark.parametrize("promoted", [True, False])
def test_who_still_lacks_is_decided_upon_either_way(
    still_lacking: SupplementaryAssessment, cast: Cast, promoted: bool
) -> None:
    submit(still_lacking, cast, "Em ốm dài ngày")
    decided = decide(still_lacking, cast, promoted, "Em theo kịp nếu được kèm")
    assert (decided.has_completed, decided.is_promoted) == (False, promoted)


def test_that_decision_needs_a_reason_and_an_answer(
    still_lacking: SupplementaryAssessment, cast: Cast
) -> None:
    submit(still_lacking, cast, "Em ốm dài ngày")
    with pytest.raises(InvalidEntry, match="lý do của quyết định"):
        decide(still_lacking, cast, promoted=True)
    with pytest.raises(InvalidEntry, match="được lên lớp hay chưa"):
        decide(still_lacking, cast, promoted=None, reason="Chưa rõ")


def test_a_decision_is_audited(reassessed: SupplementaryAssessment, cast: Cast) -> None:
    decide(submit(reassessed, cast), cast, promoted=True)
    event = AuditEvent.objects.get(event="supplementary_assessment.decided")
    assert event.changes == {
        "result": [None, "completed"],
        "has_completed": [None, True],
        "is_promoted": [None, True],
    }


def test_a_decision_signs_the_later_results(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    decide(submit(reassessed, cast), cast, promoted=True)
    payload = SignOff.objects.in_force().get(record=reassessed.record).payload
    assert [entry["code"] for entry in payload["subjects"]] == ["toan"]
    assert payload["traits"] == []
    assert payload["year_decision"]["has_completed"] is True
    assert payload["supplementary"]["plan"] == PLAN
    assert payload["signed_by"]["full_name"] == "Nguyễn Thị Hạnh"


def test_the_first_decision_stays_as_it_was_signed(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    decide(submit(reassessed, cast), cast, promoted=True)
    first = YearDecision.objects.get(enrollment=cast.anh)
    assert (first.confirmed_result, first.has_completed) == (YearOutcome.NOT_COMPLETED, False)


def test_a_decision_is_reopened_and_made_again(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    decide(submit(reassessed, cast), cast, promoted=True)
    actions.reopen_supplementary_assessment(
        assessment=reassessed, reason="Nhập nhầm điểm", by=cast.hanh
    )
    assert stored(reassessed).decided_at is None
    year_ends.save_later(cast, reassessed, level="C", score=3)
    submit(reassessed, cast, "Điểm thật là 3")
    decide(reassessed, cast, promoted=False, reason="Em học lại")
    sign_offs = SignOff.objects.filter(record=reassessed.record)
    assert sign_offs.count() == 2
    assert sign_offs.in_force().get().payload["year_decision"]["is_promoted"] is False


def test_the_years_end_is_not_reopened_under_a_later_decision(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    decide(submit(reassessed, cast), cast, promoted=True)
    class_period = cast.school_class.class_periods.get(period=Period.END_YEAR)
    record = class_period.records.get(enrollment=cast.anh)
    with pytest.raises(RecordLocked, match="Lê Minh Anh"):
        actions.reopen_record(record=record, reason="Sai", by=cast.hanh)
    with pytest.raises(RecordLocked, match="Lê Minh Anh"):
        actions.reopen_class_period(class_period=class_period, reason="Sai", by=cast.hanh)


def test_a_summer_is_not_decided_upon_a_year_that_is_reopened(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    submit(reassessed, cast)
    first = PeriodRecord.objects.select_related("class_period__school_class").get(
        enrollment=cast.anh, class_period__period=Period.END_YEAR
    )
    actions.reopen_record(record=first, reason="Sai điểm", by=cast.hanh)
    with pytest.raises(StepNotAllowed, match="sau khi kết quả cuối năm đã ký duyệt"):
        decide(reassessed, cast, True)
    assert not SupplementaryAssessment.objects.get().is_decided


def test_a_classmate_is_reopened_all_the_same(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    decide(submit(reassessed, cast), cast, promoted=True)
    record = PeriodRecord.objects.get(enrollment=cast.duc, class_period__period=Period.END_YEAR)
    assert actions.reopen_record(record=record, reason="Sai", by=cast.hanh).status == (
        Status.REOPENED
    )


# Lists


def test_the_class_lists_who_has_not_completed(planned: SupplementaryAssessment, cast: Cast):
    [case] = summer_cases(cast.school_class)
    assert (case.enrollment, case.assessment, case.status) == (cast.anh, planned, Status.OPEN)


def test_a_pupil_without_a_plan_is_listed_too(in_july: Cast) -> None:
    [case] = summer_cases(in_july.school_class)
    assert (case.assessment, case.status) == (None, "")


def test_what_waits_for_the_teachers(in_july: Cast) -> None:
    classes = [in_july.school_class]
    assert [case.assessment for case in summers_with_teachers(classes)] == [None]
    assessment = year_ends.plan(in_july)
    assert [case.assessment for case in summers_with_teachers(classes)] == [assessment]
    year_ends.save_later(in_july, assessment, level="H", score=6)
    submit(assessment, in_july)
    assert summers_with_teachers(classes) == []


def test_another_schools_summers_are_not_mine(
    reassessed: SupplementaryAssessment, cast: Cast
) -> None:
    submit(reassessed, cast)
    assert not summers_awaiting_decision(cast.other_school).exists()
